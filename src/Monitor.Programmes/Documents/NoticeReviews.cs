using Monitor.Domain.Readings;
using Monitor.Programmes.Judgements;
using Monitor.Programmes.Records;

namespace Monitor.Programmes.Documents;

/// <summary>What people decided beside the readings, as the annex of a notice shows it: nothing where nobody did.</summary>
internal static class NoticeReviews
{
    // A long span is told by its ends; every value is in the data set.
    private const int RawShownMax = 3;

    internal static string Render(RiverAssessment a) => Reviews(a) + Approval(a);

    private static string Reviews(RiverAssessment a) => a.Reviews.Count == 0 ? "" : Html.Of($$"""
        <h3>人工复核 <span class="en">Reviewed by persons</span></h3>
        <table>
        <tr><th>指标</th><th>时段</th><th>结论</th><th>原始读数</th><th>采用值</th><th>理由</th><th>复核人</th></tr>
        {{Html.Join(a.Reviews.Select(r => Row(a, r)))}}
        </table>
        <p class="note">原始读数不作修改；复核记录连同签名列入数据集，编号为其位置。</p>
        """);

    private static string Row(RiverAssessment a, AppliedReview applied)
    {
        Review r = applied.Review;
        string counted = r.Verdict switch
        {
            ReviewVerdict.Accept => "按原始读数",
            ReviewVerdict.Correct => r.Value!.Value.ToString(),
            _ => "不计入",
        };
        return Html.Of($$"""
            <tr><td>{{NoticeAnnex.Name(r.Series.Measurand)}}{{(r.Series.Instrument is null ? "" : " " + r.Series.Instrument)}}</td><td>{{Span(a, r)}}</td><td>{{Words(r.Verdict)}}</td><td class="n">{{Raw(applied.Raw)}}</td><td class="n">{{counted}}</td><td>{{r.Reason}}</td><td>{{r.Person.Name}} #{{r.Position}}</td></tr>

            """);
    }

    private static string Approval(RiverAssessment a) => a.Suspension is not Suspension s ? "" : Html.Of($$"""
        <h3>暂停评判的批准 <span class="en">Approval of the suspension</span></h3>
        <table>
        <tr><th>时段</th><td>{{s.Period}}</td></tr>
        <tr><th>理由</th><td>{{s.Reason}}</td></tr>
        <tr><th>批准人</th><td>{{s.Person.Name}}（位置 {{s.Position}}，密钥 <span class="mono">{{s.Person.Key}}</span>）</td></tr>
        </table>
        """);

    private static string Words(ReviewVerdict verdict) => verdict switch
    {
        ReviewVerdict.Accept => "认可",
        ReviewVerdict.Correct => "更正",
        _ => "剔除",
    };

    private static string Raw(IReadOnlyList<ReportedValue> raw) => raw.Count <= RawShownMax
        ? string.Join('、', raw)
        : $"{raw[0]} … {raw[^1]}（{raw.Count} 次）";

    private static string Span(RiverAssessment a, Review r) => $"{Local(a, r.From)} 至 {Local(a, r.To)}";

    private static string Local(RiverAssessment a, Instant moment) =>
        TimeZoneInfo.ConvertTime(moment.ToDateTimeOffset(), a.Programme.Zone)
            .ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
