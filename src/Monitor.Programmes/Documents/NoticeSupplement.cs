using System.Globalization;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;

namespace Monitor.Programmes.Documents;

/// <summary>
/// What a notice on a revised judgement prints in other words: that and why it supersedes the former one, and that the
/// difference only is to be paid. Null or empty where the ordinary words hold.
/// </summary>
internal static class NoticeSupplement
{
    /// <summary>The document's title.</summary>
    internal static string Title(NoticeContext c) =>
        c.Revision is { IsSupplement: true } ? "生态补偿补充通知书" : "生态补偿通知书";

    /// <summary>The former notice and why it no longer holds.</summary>
    internal static string Ground(RiverAssessment a, NoticeContext c)
    {
        if (c.Revision is not NoticeRevision r) return "";
        string chinese = $"{r.FormerNumber}（存证记录 #{r.Former}）封存之后，又有 {r.Readings} 条读数、"
            + $"{r.Records} 条复核、暂停或校准记录入库，现予重新评判。前次结果为{Former(a, r)}；"
            + $"自本通知{(c.IsIssued ? "" : "正式签发")}之日起，前次通知由本通知取代。"
            + "前次通知及其依据原样保留，不作修改。";
        string english = $": {r.Readings} readings and {r.Records} records came after it. Nothing that was sealed is changed.";
        return "\n" + Html.Of($"<p><b class=\"t\">关于前次通知。</b>{chinese}</p>")
            + "\n" + Html.Of($"<p class=\"en\">Supersedes entry #{r.Former} ")
            + Html.Of($"<span class=\"mono\">{r.FormerHash}</span>{english}</p>");
    }

    /// <summary>What the amount comes to beside what was issued before.</summary>
    internal static string? Amount(RiverAssessment a, NoticeContext c)
    {
        if (c.Revision is not { IsSupplement: true } r) return null;
        if (r.Difference is null)
        {
            return "本次评判不能确定金额，<b>差额待定</b>：前次通知项下已付款项暂不变动，结果确定之后一并结算。";
        }
        return Difference(r) == 0
            ? "本次评判应付与前次通知相同，差额为零，<b>无须另行支付</b>。"
            : Html.Of($"本次评判应付与前次通知项下之差额，由{Payer(a, r)}向{Payee(a, r)}支付：");
    }

    /// <summary>Former and new amount, and the difference.</summary>
    internal static string? Table(RiverAssessment a, NoticeContext c)
    {
        if (c.Revision is not { IsSupplement: true } r) return null;
        string now = NoticeRevision.Owed(a.Direction.Name(), CanonicalAssessment.Plain(a.AmountYuan)) is decimal owed
            ? Words(a, owed)
            : "未定";
        string rows = Html.Of($$"""
            <tr><td>前次通知项下</td><td>{{Words(a, NoticeRevision.Number(r.Settled!))}}</td></tr>
            <tr><td>本次评判应付</td><td>{{now}}</td></tr>
            """);
        if (r.Difference is not null && Difference(r) != 0)
        {
            decimal yuan = Math.Abs(Difference(r));
            rows += Html.Of($$"""

                <tr><td>付款方</td><td>{{Payer(a, r)}}</td></tr>
                <tr><td>收款方</td><td>{{Payee(a, r)}}</td></tr>
                <tr><td>差额（大写）</td><td><b>{{ChineseAmount.Write(yuan)}}</b></td></tr>
                <tr><td>差额（小写）</td><td>¥{{yuan.ToString("N2", CultureInfo.InvariantCulture)}}</td></tr>
                """);
        }
        return $"<table class=\"pay\">\n{rows}\n</table>";
    }

    /// <summary>Until when the difference is to be paid.</summary>
    internal static string? Payment(RiverAssessment a, NoticeContext c)
    {
        if (c.Revision is not { IsSupplement: true } r) return null;
        if (r.Difference is null) return "结果确定之后另行通知，此前无须支付或退还。";
        return Difference(r) == 0
            ? "本次无须支付。"
            : $"前次通知项下已付清的，请{Payer(a, r)}自收到正式签发的本通知之日起 {a.Programme.Payment.Days} 日内将差额支付至"
                + $"{a.Programme.Payment.Account.Chinese}；前次通知尚未付清的，按本次评判应付一并结清。逾期未付的，在年终财政结算时扣缴。";
    }

    private static decimal Difference(NoticeRevision r) => NoticeRevision.Number(r.Difference!);

    private static string Payer(RiverAssessment a, NoticeRevision r) =>
        Difference(r) > 0 ? a.Section.Upstream.Chinese : a.Section.Downstream.Chinese;

    private static string Payee(RiverAssessment a, NoticeRevision r) =>
        Difference(r) > 0 ? a.Section.Downstream.Chinese : a.Section.Upstream.Chinese;

    private static string Former(RiverAssessment a, NoticeRevision r)
    {
        string index = r.FormerIndex is null ? "" : $"指数 {r.FormerIndex}，";
        string direction = DirectionNames.TryParse(r.FormerDirection, out Direction d) ? d.Chinese() : r.FormerDirection;
        return NoticeRevision.Owed(r.FormerDirection, r.FormerAmount) is decimal owed
            ? $"{index}{direction}（{Words(a, owed)}）"
            : $"{index}{direction}";
    }

    private static string Words(RiverAssessment a, decimal owed)
    {
        if (owed == 0) return "互不支付";
        (string payer, string payee) = owed > 0
            ? (a.Section.Upstream.Chinese, a.Section.Downstream.Chinese)
            : (a.Section.Downstream.Chinese, a.Section.Upstream.Chinese);
        return $"{payer}向{payee}支付 ¥{Math.Abs(owed).ToString("N2", CultureInfo.InvariantCulture)}";
    }
}
