using System.Globalization;
using System.Text;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Documents;

/// <summary>
/// The compensation notice (生态补偿通知书): a printable A4 page in HTML, Chinese with an English gloss, and its annex. One
/// self-contained file; the same judgement and context give the same bytes.
/// </summary>
public static class NoticeDocument
{
    /// <summary>
    /// The notice's number, as 丽环补（草）〔2025〕OJ-05号; a draft says so in it, and a revision which one it is: OJ-05-补1号.
    /// </summary>
    public static string Number(RiverAssessment a, bool isIssued, int round = 0)
    {
        string revised = round == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"-补{round}");
        return $"{a.Programme.Issuer.Short}{(isIssued ? "" : "（草）")}〔{a.Period.Label}〕{a.Section.Id}{revised}号";
    }

    /// <summary>The document's UTF-8 bytes.</summary>
    public static byte[] Render(RiverAssessment a, NoticeContext c)
    {
        string stamp = c.IsIssued ? "" : Html.Of($"<div class=\"stamp\">草案 · 未经签发 · DRAFT</div>");
        string page = Html.Of($$"""
            <!DOCTYPE html>
            <html lang="zh-CN">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>{{Number(a, c)}} {{NoticeSupplement.Title(c)}} {{a.Section.Name.Chinese}} {{a.Period.Label}}</title>
            <style>
            {{new Markup(NoticeStyle.Css)}}
            </style>
            </head>
            <body>
            <section class="page">
            {{new Markup(stamp)}}
            {{new Markup(FirstPage(a, c))}}
            </section>
            <section class="page">
            {{new Markup(stamp)}}
            {{new Markup(NoticeAnnex.Render(a, c))}}
            </section>
            </body>
            </html>

            """);
        return Encoding.UTF8.GetBytes(page);
    }

    private static string Number(RiverAssessment a, NoticeContext c) => Number(a, c.IsIssued, c.Revision?.Round ?? 0);

    private static string FirstPage(RiverAssessment a, NoticeContext c)
    {
        RiverProgramme p = a.Programme;
        string caution = c.Caution is null
            ? ""
            : Html.Of($"<p class=\"caution\">{c.Caution.Chinese}<br>{c.Caution.English}</p>");
        return Html.Of($$"""
            <div class="head">{{p.Issuer.Name.Chinese}}</div>
            <hr class="rule">
            <div class="number">{{Number(a, c)}}</div>
            {{new Markup(caution)}}
            <h1>{{NoticeSupplement.Title(c)}}</h1>
            <div class="sub">（{{a.Section.Name.Chinese}}断面　{{PeriodWords(a)}}）</div>
            <p class="to">{{a.Section.Upstream.Chinese}}、{{a.Section.Downstream.Chinese}}：</p>
            <p>依据{{BasisWords(p)}}和评判规则 {{p.Id}}（{{p.Version}}），我局对{{a.Section.Name.Chinese}}断面（{{a.Section.Id}}，{{a.Section.River.Chinese}}，水质目标{{a.Section.Target.Chinese()}}）{{PeriodWords(a)}}的监测数据作出{{(a.Period.Month is null ? "年度" : "月度初步")}}评判，现通知如下。</p>
            <p class="en">Judgement of section {{a.Section.Name.English}} ({{a.Section.River.English}}, target class {{a.Section.Target.Name()}}), {{a.Period.Label}}, under {{p.Title.English}}. The Chinese text rules.</p>
            <p><b class="t">一、评判结果。</b>{{new Markup(ResultWords(a))}}</p>
            <p class="en">1. Result: index {{IndexText(a) ?? "—"}}; {{a.Direction.English()}}. {{string.Join(' ', a.Reasons.Select(r => Sentence(r.English)))}}</p>{{new Markup(NoticeSupplement.Ground(a, c))}}
            <p><b class="t">二、补偿金额。</b>{{new Markup(NoticeSupplement.Amount(a, c) ?? AmountWords(a))}}</p>
            {{new Markup((NoticeSupplement.Table(a, c) ?? PayTable(a)) + NoticeParts.Payments(a))}}
            <p><b class="t">三、支付期限。</b>{{NoticeSupplement.Payment(a, c) ?? PaymentWords(a)}}</p>
            <p><b class="t">四、异议。</b>如有异议，请于收到本通知之日起 {{p.Objection.WorkingDays}} 个工作日内以书面形式向{{p.Objection.Office.Chinese}}提出，并说明所涉读数或条款；异议期间不停止支付，另有决定的除外。</p>
            <p><b class="t">五、资金用途。</b>补偿资金用于流域生态环境保护、修复和民生改善，任何单位和个人不得截留、占用、挪用或者滞留。</p>{{new Markup(NoticeParts.Clauses(a))}}
            <p class="en">2–5. {{NoticeGloss.Payment(a, c)}}, objection in writing within {{p.Objection.WorkingDays}} working days, use for protection and restoration only.</p>
            <p>附件：指数计算与数据明细表</p>
            <div class="sign"><div class="seal">印章位置</div>{{p.Issuer.Name.Chinese}}<br>{{DateWords(c.Date)}}</div>
            <p class="proof">本通知由存证记录 #{{c.Entry}} 封存，前一条记录摘要 <span class="mono">{{c.PreviousHash}}</span>。任何一方可用原始读数离线重新计算本通知的每个数字。<br>
            Sealed as ledger entry #{{c.Entry}}; anyone can recompute every figure from the raw readings, offline.</p>
            <hr class="rule foot">
            """);
    }

    private static string PeriodWords(RiverAssessment a) => a.Period.Month is int month
        ? string.Create(CultureInfo.InvariantCulture, $"{a.Period.Year}年{month}月")
        : string.Create(CultureInfo.InvariantCulture, $"{a.Period.Year}年度");

    private static string BasisWords(RiverProgramme p) => string.Join('、', p.Basis.Select(b => b.Chinese));

    private static string DateWords(DateOnly d) =>
        string.Create(CultureInfo.InvariantCulture, $"{d.Year}年{d.Month}月{d.Day}日");

    /// <summary>The index with the programme's digits; null where there is none.</summary>
    internal static string? IndexText(RiverAssessment a) => CanonicalAssessment.Fixed(a.Index, a.Programme.Index.Digits);

    private static string ResultWords(RiverAssessment a) => a.Direction switch
    {
        Direction.Suspended when a.Suspension is not null => Html.Of(
            $"<b>暂停评判</b>：{string.Join('；', a.Reasons.Select(r => r.Chinese))}。"),
        Direction.Suspended => Html.Of(
            $"有效数据不足，<b>暂停评判</b>：{string.Join('；', a.Reasons.Select(r => r.Chinese))}。"),
        _ when NoticeParts.Has(a) => NoticeParts.ResultWords(a),
        Direction.UndefinedInSource when a.Band is not null => Html.Of(
            $"{a.Programme.Index.Name.Chinese} E 为 <b>{IndexText(a)}</b>，对应关系表{NoticeAnnex.ClassWords(a.Band)}没有规定 {NoticeAnnex.Words(a.Band.Interval)} 时的补偿结果，<b>规则未定</b>，须由双方协商或上级裁定。"),
        Direction.UndefinedInSource => Html.Of(
            $"{a.Programme.Index.Name.Chinese} E 为 <b>{IndexText(a)}</b>；{string.Join('；', a.Reasons.Select(r => r.Chinese))}，<b>规则未定</b>，须由双方协商或上级裁定。"),
        _ => Html.Of(
            $"{a.Programme.Index.Name.Chinese} E 为 <b>{IndexText(a)}</b>（数值越低水质与用水越好），适用对应关系表{a.Band!.Class?.Chinese()}第 {a.Band.Id} 行（{NoticeAnnex.Words(a.Band.Interval)}），判定为<b>{a.Direction.Chinese()}</b>。"),
    };

    private static string AmountWords(RiverAssessment a) => a.Direction switch
    {
        Direction.DownstreamPays or Direction.UpstreamPays when a.Period.Month is not null && NoticeParts.Has(a) =>
            NoticeParts.MonthWords(a),
        Direction.DownstreamPays or Direction.UpstreamPays when a.Period.Month is not null => Html.Of(
            $"月度评判为初步结果，<b>不产生支付义务</b>。若年度评判结果与本月相同，由{a.Payer!.Chinese}向{a.Payee!.Chinese}支付全年金额："),
        Direction.DownstreamPays or Direction.UpstreamPays => Html.Of($"由{a.Payer!.Chinese}向{a.Payee!.Chinese}支付："),
        Direction.None => "本期互不补偿，无应付金额。",
        Direction.UndefinedInSource => "在裁定之前不确定付款方和金额。",
        _ when a.Suspension is not null => "暂停期间不确定付款方和金额；暂停解除后重新评判。",
        _ => "不确定付款方和金额；数据补齐或另行认定后重新评判。",
    };

    private static string PayTable(RiverAssessment a) => a.Payer is null || a.AmountYuan is not decimal yuan ? "" : Html.Of($$"""
        <table class="pay">
        <tr><td>付款方</td><td>{{a.Payer.Chinese}} <span class="en">{{a.Payer.English}}</span></td></tr>
        <tr><td>收款方</td><td>{{a.Payee!.Chinese}} <span class="en">{{a.Payee.English}}</span></td></tr>
        <tr><td>金额（大写）</td><td><b>{{ChineseAmount.Write(yuan)}}</b></td></tr>
        <tr><td>金额（小写）</td><td>¥{{yuan.ToString("N2", CultureInfo.InvariantCulture)}}</td></tr>
        </table>
        """);

    private static string PaymentWords(RiverAssessment a) => a.Direction == Direction.None ? "本期无须支付。"
        : a.Direction == Direction.UndefinedInSource ? "裁定之后另行通知，此前无须支付。"
        : a.Payer is null ? "重新评判之后另行通知，此前无须支付。"
        : a.Period.Month is not null ? "本期无须支付；按年清算，以年度评判的通知书为准。"
        : $"请{a.Payer.Chinese}自收到正式签发的通知之日起 {a.Programme.Payment.Days} 日内支付至{a.Programme.Payment.Account.Chinese}；" +
          "逾期未付的，在年终财政结算时扣缴。";

    private static string Sentence(string text) => text.Length == 0 ? "" : char.ToUpperInvariant(text[0]) + text[1..] + ".";
}
