using System.Globalization;
using Monitor.Domain.Readings;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Documents;

/// <summary>The annex of a notice: how the index came about, which row applied, which data counted, what was assumed.</summary>
internal static class NoticeAnnex
{
    // Digits for reading only; the judgement used the unrounded figures.
    private const int ShownDigits = 4;

    internal static string Render(RiverAssessment a, NoticeContext c) => Html.Of($$"""
        <p class="plain">附件</p>
        <h2>指数计算与数据明细表</h2>
        <h3>表1　指数计算 <span class="en">Index</span></h3>
        <table>
        <tr><th>指标</th><th>有效/应测</th><th>本期值</th><th>基准值</th><th>比值</th><th>权重</th><th>贡献</th></tr>
        {{Html.Join(a.Terms.Select(TermRow))}}
        <tr><td colspan="6" class="n">E（未修约 {{Shown(a.UnroundedIndex, 10)}}）</td><td class="n"><b>{{NoticeDocument.IndexText(a) ?? "—"}}</b></td></tr>
        </table>
        <p class="note">注：比值 = 本期值 ÷ 基准值；贡献 = 权重 × 比值；E 为各贡献之和，只在此处修约一次，保留 {{a.Programme.Index.Digits}} 位小数（{{RoundingWords(a)}}）。基准：{{a.Section.BaselineLabel.Chinese}}。表内数值为便于阅读显示 {{ShownDigits}} 位小数，计算用未修约值。</p>
        <h3>表2　判定 <span class="en">Band table, class {{a.Section.Target.Name()}}</span></h3>
        <table>
        <tr>{{Html.Join(Rows(a).Select(r => Html.Of($"<th>{r.Id}　{r.Direction.Chinese()}</th>")))}}<th>本期</th></tr>
        <tr>{{Html.Join(Rows(a).Select(r => Html.Of($"<td class=\"n{(r == a.Band ? " on" : "")}\">{Words(r.Interval)}</td>")))}}<td class="n"><b>{{NoticeDocument.IndexText(a) ?? a.Direction.Chinese()}}</b></td></tr>
        </table>
        <p class="note">出处：{{a.Programme.BandsSource}}。本期实测类别：{{a.MeasuredClass?.Chinese() ?? "不能定类"}}；水质目标：{{a.Section.Target.Chinese()}}；查表类别：{{(a.Programme.ClassBasis == Definitions.ClassBasis.Target ? "水质目标" : "实测类别")}}。</p>
        <h3>表3　逐月均值与有效数据 <span class="en">Monthly means</span></h3>
        {{new Markup(MonthTable(a))}}
        <h3>表4　未计入的读数 <span class="en">Readings not counted</span></h3>
        {{new Markup(ExclusionTable(a))}}
        {{new Markup(NoticeReviews.Render(a) + NoticeParts.Render(a))}}
        <h3>表5　假定事项 <span class="en">Assumed, since no source says so</span></h3>
        <ol>{{Html.Join(Assumed(a))}}</ol>{{new Markup(NoticeAlternatives.Render(a, c, number: 6))}}
        <h3>表{{(c.Printing is { Ways.Count: > 0 } ? 7 : 6)}}　存证 <span class="en">Proof</span></h3>
        <table>
        {{new Markup(DraftRow(c))}}
        <tr><th>评判记录</th><td class="mono">#{{c.AssessmentEntry}} {{c.AssessmentHash}}</td></tr>
        <tr><th>数据集摘要</th><td class="mono">{{c.Evidence}}（读至位置 {{c.Position}}）</td></tr>
        <tr><th>规则摘要</th><td class="mono">{{a.Programme.Text.Sha256}}</td></tr>{{new Markup(TermsRow(c))}}
        <tr><th>标准摘要</th><td class="mono">{{a.Programme.Standard.Text.Sha256}}</td></tr>
        <tr><th>筛查限值版本</th><td>{{a.Programme.Screening.Version}}</td></tr>
        <tr><th>程序</th><td>{{c.Software}}</td></tr>
        </table>
        {{new Markup(SignatureTable.Render(c.Signers))}}
        <p class="note">抄送：{{string.Join('、', a.Programme.Issuer.Copies)}}。</p>
        """);

    private static IEnumerable<string> Assumed(RiverAssessment a) =>
        a.Programme.AssumptionsFor(a.Section).Select(x => Html.Of($"<li>{x}</li>"));

    private static string DraftRow(NoticeContext c) => c.Draft is null
        ? ""
        : Html.Of($"<tr><th>草案记录</th><td class=\"mono\">#{c.Draft.Entry} {c.Draft.Hash}</td></tr>");

    // Before the end of a line, so that a notice of before there were adoptions is printed as it was.
    private static string TermsRow(NoticeContext c) => c.Terms is not NoticeTerms terms ? "" : terms.Adopted is long entry
        ? Html.Of($"\n<tr><th>规则采纳</th><td class=\"mono\">#{entry} {terms.Hash}</td></tr>")
        : "\n<tr><th>规则采纳</th><td>该规则文本尚未经两人采纳 <span class=\"en\">not adopted</span></td></tr>";

    private static IEnumerable<BandRow> Rows(RiverAssessment a)
    {
        SurfaceWaterClass? basis = a.Programme.ClassBasis == Definitions.ClassBasis.Target ? a.Section.Target : a.MeasuredClass;
        return a.Programme.Bands
            .Where(b => b.IsFor(basis))
            .OrderBy(b => b.Interval.Low ?? decimal.MinValue).ThenBy(b => b.Interval.LowIncluded ? 0 : 1);
    }

    private static string TermRow(IndexTerm t) => Html.Of($$"""
        <tr><td>{{Name(t.Name)}}{{new Markup(FlowWords(t.Flow))}}</td><td class="n">{{t.Count}} / {{t.Expected}}</td><td class="n">{{Shown(t.Value)}}</td><td class="n">{{CanonicalAssessment.Plain(t.Baseline)}}</td><td class="n">{{Shown(t.Ratio)}}</td><td class="n">{{CanonicalAssessment.Plain(t.Weight)}}</td><td class="n">{{Shown(t.Contribution)}}</td></tr>

        """);

    private static string FlowWords(FlowTerm? flow) => flow is null ? "" : Html.Of(
        $"（{(flow.Statistic == "load" ? "通量，吨" : "流量加权均值")}）") + Html.Of(
        $"<small>与流量成对；另有无流量的值 {flow.ValuesAlone} 个、无值的流量 {flow.FlowsAlone} 个不计入</small>");

    // The index's measurands and those that set the class; the others are in the data set.
    private static string MonthTable(RiverAssessment a)
    {
        HashSet<string> shown = [.. a.Terms.Select(t => t.Name), .. a.Programme.ClassIndicators];
        List<MeasurandFigure> figures = [.. a.Figures.Where(f => f.Months.Count > 0 && shown.Contains(f.Measurand))];
        if (figures.Count == 0) return "<p class=\"note\">无。</p>";
        IEnumerable<string> rows = figures[0].Months.Select((month, i) => Html.Of($$"""
            <tr><td class="n">{{month.Period.Label}}</td>{{Html.Join(figures.Select(f => Cell(f.Months[i].Value, f.Months[i].Count)))}}</tr>

            """));
        return Html.Of($$"""
            <table>
            <tr><th>月份</th>{{Html.Join(figures.Select(f => Html.Of($"<th>{Symbol(f.Measurand)}</th>")))}}</tr>
            {{Html.Join(rows)}}
            <tr><td>本期</td>{{Html.Join(figures.Select(f => Cell(f.Value, f.Count)))}}</tr>
            </table>
            <p class="note">小字为有效读数次数，每日应测 {{24 / a.Programme.IntervalHours}} 次；“—”为有效数据不足。低于检出限：{{BelowWords(figures)}}。</p>
            """);
    }

    private static string Cell(decimal? value, int count) =>
        Html.Of($"<td class=\"n\">{Shown(value, 3)} <small>{count}</small></td>");

    private static string BelowWords(List<MeasurandFigure> figures)
    {
        List<string> below = [.. figures.Where(f => f.BelowDetection > 0).Select(f => $"{Name(f.Measurand)} {f.BelowDetection} 次")];
        return below.Count == 0 ? "无" : string.Join("，", below) + "，按检出限的规定份额计入";
    }

    private static string ExclusionTable(RiverAssessment a)
    {
        List<string> rows = [.. a.Figures.SelectMany(f => f.Excluded.Select(e => Html.Of(
            $"<tr><td>{Name(f.Measurand)}</td><td>{ReasonWords(e.Reason)}</td><td>{FlagWords(e.Flag)}</td><td class=\"n\">{e.Count}</td></tr>\n")))];
        return rows.Count == 0
            ? "<p class=\"note\">无。</p>"
            : Html.Of($"<table><tr><th>指标</th><th>原因</th><th>处理</th><th>次数</th></tr>{Html.Join(rows)}</table>");
    }

    private static string FlagWords(QcFlag flag) => flag == QcFlag.Suspect ? "存疑，待复核" : "剔除";

    private static string ReasonWords(string reason) => reason switch
    {
        "gross_range" => "超出合理范围",
        "spike" => "单点突变",
        "rate_of_change" => "变化过快",
        "flat_line" => "数值不变",
        "climatology" => "超出同期范围",
        "attenuated" => "信号衰减",
        "gap" => "读数间断",
        "review" => "人工复核剔除",
        "clock" => "设备时钟存疑",
        "calibration" => "仪器核查未通过期间",
        "status-sc" => "标样核查样，非河水",
        "status-cz" => "零点核查样，非河水",
        "status-cs" => "跨度核查样，非河水",
        "conflict" => "同一时刻有不同读数",
        "above-range" => "超出量程",
        _ => reason.StartsWith("status-", StringComparison.Ordinal) ? $"设备状态 {reason["status-".Length..]}" : reason,
    };

    private static string RoundingWords(RiverAssessment a) =>
        a.Programme.Index.Rounding == MidpointRounding.ToEven ? "四舍六入五成双，GB/T 8170" : "截尾";

    /// <summary>对Ⅱ类断面, or nothing where the table knows no classes.</summary>
    internal static string ClassWords(BandRow row) => row.Class is SurfaceWaterClass c ? $"对{c.Chinese()}断面" : "";

    /// <summary>An interval of the index as people write it: <c>1.0＜E≤1.05</c>.</summary>
    internal static string Words(Interval i)
    {
        string low = i.Low is decimal l ? $"{l}{(i.LowIncluded ? "≤" : "＜")}" : "";
        string high = i.High is decimal h ? $"{(i.HighIncluded ? "≤" : "＜")}{h}" : "";
        // One end only: the sign turns with the side.
        return i.High is null && i.Low is decimal above ? $"E{(i.LowIncluded ? "≥" : "＞")}{above}" : $"{low}E{high}";
    }

    internal static string Name(string code) => Measurands.Find(code)?.Chinese ?? code;

    private static string Symbol(string code) => Measurands.Find(code)?.Symbol ?? code;

    private static string Shown(decimal? value, int digits = ShownDigits) => value is decimal v
        ? CanonicalAssessment.Plain(decimal.Round(v, digits, MidpointRounding.ToEven))!.ToString(CultureInfo.InvariantCulture)
        : "—";
}
