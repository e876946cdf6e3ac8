using System.Globalization;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Documents;

/// <summary>The annex's table of other ways of reckoning; nothing in the first printing, and of a month.</summary>
internal static class NoticeAlternatives
{
    // The style's own sheet is the first printing's too, and stays as it is.
    private static readonly Markup Whole = new(" style=\"white-space: nowrap\"");

    /// <summary>The table, as number <paramref name="number"/> of the annex.</summary>
    internal static string Render(RiverAssessment a, NoticeContext c, int number)
    {
        if (c.Printing is not { Ways.Count: > 0 } printing) return "";
        string head = Html.Of($"\n<h3>表{number}　换一种算法会变吗 <span class=\"en\">Would it change?</span></h3>\n");
        // A person's suspension, and too few data in every way, leave nothing to hold against it.
        if (printing.Ways.All(w => w.Assessment.Direction == Direction.Suspended))
        {
            return head + "<p class=\"note\">换任何一种算法都不能评判。No way of reckoning gives a result.</p>";
        }
        return head + Html.Of($$"""
            <table>
            <tr><th>算法</th><th>类别</th><th{{Whole}}>指数 E</th><th>结果</th><th{{Whole}}>金额（元）</th><th{{Whole}}>与本通知</th></tr>
            {{Html.Join([AgreedRow(a), .. printing.Ways.Select(Row)])}}
            </table>
            <p class="note">每一行只改变一处，其余与本通知相同，由同一数据集算出。只作对照，不改变本通知的结果。
            <span class="en">Each row changes one thing, from the same sealed data. For comparison only.</span></p>
            """);
    }

    private static string AgreedRow(RiverAssessment a) =>
        Row("本通知", "as agreed", a, "<td>—</td>");

    private static string Row(Alternative way) => Row(
        way.Label.Chinese, way.Label.English, way.Assessment,
        way.IsSame ? "<td>不变 <small>same</small></td>" : "<td><b>改变</b> <small>changes</small></td>");

    private static string Row(string chinese, string english, RiverAssessment a, string outcome) => Html.Of($$"""
        <tr><td>{{chinese}} <small>{{english}}</small></td><td{{Whole}}>{{a.MeasuredClass?.Chinese() ?? "—"}}</td>
        <td class="n">{{NoticeDocument.IndexText(a) ?? "—"}}</td><td{{Whole}}>{{a.Direction.Chinese()}}</td>
        <td class="n">{{a.AmountYuan?.ToString("N2", CultureInfo.InvariantCulture) ?? "—"}}</td>{{new Markup(outcome)}}</tr>

        """);
}
