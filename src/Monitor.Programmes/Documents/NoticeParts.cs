using System.Globalization;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Documents;

/// <summary>
/// What a notice says of an outcome in several parts, of payments among several parties, and of an agreement's own clauses:
/// nothing where the agreement is one table between two parties.
/// </summary>
internal static class NoticeParts
{
    // The annex lists what paid; what kept its limit is in the data set.
    private const int ItemsShownMax = 60;
    private const int ShownDigits = 4;

    /// <summary>Whether the agreement reckons in parts.</summary>
    internal static bool Has(RiverAssessment a) => !a.Programme.Outcome.IsTableAlone;

    /// <summary>What each part came to, and the sum.</summary>
    internal static string ResultWords(RiverAssessment a)
    {
        IEnumerable<string> parts = a.Parts.Select(p => Html.Of($"{p.Part.Label.Chinese}：{Words(p)}"));
        return a.Direction == Direction.UndefinedInSource
            ? Html.Of($"{Html.Join(Joined(parts))}；{string.Join('；', a.Reasons.Select(r => r.Chinese))}，<b>规则未定</b>，须由双方协商或上级裁定。")
            : Html.Of($"{Html.Join(Joined(parts))}；{CapWords(a)}合计判定为<b>{a.Direction.Chinese()}</b>。");
    }

    /// <summary>What a month's amount is: reckoned by itself, settled with the year.</summary>
    internal static string MonthWords(RiverAssessment a) => Html.Of(
        $"月度评判为初步结果，<b>不产生支付义务</b>。本月核算由{a.Payer!.Chinese}向{a.Payee!.Chinese}支付，按年清算：");

    /// <summary>Who pays whom, where an amount is divided or paid in instalments.</summary>
    internal static string Payments(RiverAssessment a)
    {
        if (a.Payments.Count < 2 && a.Payments.All(p => p.Instalments.Count == 0)) return "";
        IEnumerable<string> rows = a.Payments.Select(p => Html.Of($$"""
            <tr><td>{{p.Payer.Chinese}}</td><td>{{p.Payee.Chinese}}</td><td class="n">¥{{Money(p.Yuan)}}</td>
            <td class="n">{{(p.Instalments.Count == 0 ? "一次付清" : string.Join("；", p.Instalments.Select(Money)))}}</td></tr>

            """));
        return Html.Of($$"""

            <table>
            <tr><th>付款方</th><th>收款方</th><th>金额</th><th>分期</th></tr>
            {{Html.Join(rows)}}
            </table>
            """);
    }

    /// <summary>The agreement's own clauses.</summary>
    internal static string Clauses(RiverAssessment a) => string.Concat(a.Programme.NoticeClauses.Select(c => Html.Of($$"""

        <p>{{c.Chinese}} <span class="en">{{c.English}}</span></p>
        """)));

    /// <summary>The annex's table: each part with what it was reckoned from.</summary>
    internal static string Render(RiverAssessment a) => !Has(a) || a.Parts.Count == 0 ? "" : Html.Of($$"""

        <h3>各部分核算 <span class="en">Parts of the outcome</span></h3>
        <table>
        <tr><th>部分</th><th>项目</th><th>数值</th><th>限值</th><th>入境</th><th>计入</th><th>适用行</th><th>金额（元）</th></tr>
        {{Html.Join(a.Parts.Select(PartRows))}}
        </table>
        <p class="note">金额为正由下游支付，为负由上游支付；各部分相加后{{CapWords(a)}}修约一次，保留 {{a.Programme.Outcome.Digits}} 位小数。</p>
        """);

    private static string PartRows(PartOutcome part)
    {
        List<PartItem> shown = [.. part.Items.Where(i => i.Yuan != 0).Take(ItemsShownMax)];
        int left = part.Items.Count - shown.Count;
        string label = part.Part.Label.Chinese;
        string rest = left == 0 ? "" : Html.Of($"<tr><td>{label}</td><td colspan=\"7\">另 {left} 项见数据集</td></tr>\n");
        string cap = part.Part.CapYuan is decimal most ? $"（上限 {Money(most)}）" : "";
        return string.Concat(shown.Select(i => ItemRow(label, i))) + rest + Html.Of(
            $"<tr><td colspan=\"7\">{label}小计{cap}</td><td class=\"n\"><b>{Signed(part.Yuan)}</b></td></tr>\n");
    }

    private static string ItemRow(string label, PartItem i) => Html.Of($$"""
        <tr><td>{{label}}</td><td>{{ItemName(i.Name)}}</td>
        <td class="n">{{Value(i, i.Value)}}</td><td class="n">{{Value(i, i.Limit)}}</td>
        <td class="n">{{Shown(i.Inflow)}}</td><td class="n">{{Shown(i.Counts)}}</td>
        <td>{{i.Row ?? "—"}}</td><td class="n">{{Signed(i.Yuan)}}</td></tr>

        """);

    // "2018-03 w01018", "2018-03 class", "class", "index" or "months".
    private static string ItemName(string name) =>
        string.Join(' ', name.Split(' ').Select(word => word switch
        {
            "class" => "类别",
            "index" => "指数",
            "months" => "达标月数",
            _ => NoticeAnnex.Name(word),
        }));

    private static string Value(PartItem item, decimal? value) =>
        value is decimal v && item.Name.EndsWith("class", StringComparison.Ordinal)
            ? ((SurfaceWaterClass)(int)v).Chinese()
            : Shown(value);

    private static string Words(PartOutcome part) => part.Yuan is decimal yuan
        ? yuan == 0 ? "无应付金额" : $"{part.Direction.Chinese()} {Money(Math.Abs(yuan))} 元"
        : part.Direction.Chinese();

    private static string CapWords(RiverAssessment a) =>
        a.Programme.Outcome.CapYuan is decimal cap ? $"以 {Money(cap)} 元为限，" : "";

    private static IEnumerable<string> Joined(IEnumerable<string> parts) =>
        parts.SelectMany((part, i) => i == 0 ? [part] : new[] { "；", part });

    private static string Signed(decimal? yuan) => yuan is decimal y ? Money(y) : "—";

    private static string Money(decimal yuan) => yuan.ToString("N2", CultureInfo.InvariantCulture);

    private static string Shown(decimal? value) => value is decimal v
        ? CanonicalAssessment.Plain(decimal.Round(v, ShownDigits, MidpointRounding.ToEven))!
        : "—";
}
