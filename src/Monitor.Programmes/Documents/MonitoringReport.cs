using System.Globalization;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;

namespace Monitor.Programmes.Documents;

/// <summary>
/// The monitoring report of a bank for a year (湿地监测报告), in the form of RGL 06-03: at most ten pages with permit, party,
/// dates, area, type and place, a short statement whether standards are met, what is required against what was measured,
/// corrective actions, and a field for recommendations. A printable page in HTML; the same context gives the same bytes.
/// </summary>
public static class MonitoringReport
{
    // So that the report stays within ten pages however long the schedule is: lines of evidence of all milestones together,
    // of one milestone at most and at least, and rows of actions.
    private const int LinesMax = 170, LinesOfOneMax = 24, LinesOfOneMin = 3, ActionsMax = 24;

    /// <summary>The report's UTF-8 bytes.</summary>
    public static byte[] Render(MonitoringContext c) => DocumentPage.RenderLong(
        $"{c.Year} 年度湿地监测报告 {c.Bank.Name.Chinese}", Body(c));

    private static string Body(MonitoringContext c) => Html.Of($$"""
        <div class="head">{{c.Programme.Issuer.Chinese}}</div>
        <hr class="rule">
        {{DocumentPage.Caution(c.Account.Award?.Caution)}}
        <h1>{{c.Year}} 年度湿地监测报告</h1>
        <div class="sub">（{{c.Bank.Name.Chinese}} {{c.Bank.Id}}）</div>
        <p class="en">Monitoring report of {{c.Bank.Name.English}} for {{c.Year}}, in the form of RGL 06-03. Readings count up
        to the end of the year, documents whenever they were filed. The Chinese text rules.</p>
        <h3>一、概况 <span class="en">The bank</span></h3>
        <table class="form">
        {{Html.Join(Facts(c))}}
        </table>
        <h3>二、结论 <span class="en">Are the standards met?</span></h3>
        {{new Markup(Statement(c))}}
        <h3>三、要求与实测 <span class="en">Required and measured</span></h3>
        <table>
        <colgroup><col style="width:27mm"><col style="width:33mm"><col><col style="width:27mm"></colgroup>
        <thead><tr><th>里程碑 <span class="en">Milestone</span></th><th>要求 <span class="en">Required</span></th>
        <th>实测与证据 <span class="en">Measured, evidence</span></th><th>结果 <span class="en">Result</span></th></tr></thead>
        <tbody>
        {{Html.Join(c.Standings.Select(f => Row(c, f)))}}
        </tbody>
        </table>
        <h3>四、纠正措施 <span class="en">Corrective actions of the year</span></h3>
        {{new Markup(Actions(c))}}
        <h3>五、建议 <span class="en">Recommendations</span></h3>
        {{new Markup(Open(c))}}
        <div class="write"></div>
        <div class="two"><div>报告人（签章） <span class="en">Reported by</span></div><div>日期 <span class="en">Date</span></div></div>
        <p class="proof">据存证记录 #1 至 #{{c.Head}}，最近记录摘要 <span class="mono">{{c.HeadHash}}</span>；规则摘要
        <span class="mono">{{c.Programme.Text.Sha256}}</span>。<br>Made of ledger entries #1 to #{{c.Head}}; the same ledger
        gives the same report. 每一条证据可用 monitor bundle 导出并独立复核。</p>
        """);

    private static IEnumerable<string> Facts(MonitoringContext c)
    {
        yield return Fact("许可与规则", "Permit, terms", $"{c.Programme.Title.Chinese}（{c.Programme.Id}，第 {c.Programme.Version} 版）"
            + (c.Account.AwardEntry is long award ? $"；授予记录 #{award}" : "；尚未授予信用"));
        yield return Fact("责任人", "Responsible party", c.Sponsor ?? "—");
        yield return Fact("监测期间", "Period", $"{c.Year}-01-01 – {c.Year}-12-31");
        yield return Fact("授予日期", "Awarded on", c.AwardedOn is DateOnly day ? Day.Words(day) : "—");
        string unit = BankWords.AreaUnit(c.Programme.CreditUnit) ?? "（核定所用单位）";
        yield return Fact(
            "面积", "Area", $"{CanonicalAssessment.Plain(c.Bank.Area)} {unit}（信用单位 {c.Programme.CreditUnit}）");
        yield return Fact("类型", "Type", c.Bank.Class);
        (double minX, double minY, double maxX, double maxY) = c.Bank.Outline.Bounds();
        yield return Fact("位置", "Place", string.Create(CultureInfo.InvariantCulture,
            $"{c.Bank.Crs}：东 {minX:0} – {maxX:0}，北 {minY:0} – {maxY:0}（外包范围，米）"));
        yield return Fact("信用", "Credits", $"授予 {CreditAward.Text(c.Account.Awarded)}，已释放 {CreditAward.Text(c.Account.Released)}"
            + $"，可用 {CreditAward.Text(c.Account.Holdings.Available)}");
    }

    private static string Fact(string name, string english, string value) => Html.Of(
        $"<tr><th>{name}<span class=\"en\">{english}</span></th><td>{value}</td></tr>\n");

    private static string Statement(MonitoringContext c)
    {
        int met = c.Standings.Count(f => f.IsMet), all = c.Standings.Count;
        int failed = c.Standings.Count(f => f.Outcome == "fail");
        int open = c.Standings.Count(f => f.Outcome is "inconclusive" or "review");
        string chinese = met == all
            ? $"共 {all} 项里程碑，均有判定达到或已报送的文件证明。"
            : $"共 {all} 项里程碑：{met} 项达到或已报送文件，{failed} 项未达到，{open} 项不能判定，{all - met - failed - open} 项尚无证据。";
        string english = met == all
            ? $"All {all} milestones are judged as met or shown by a filed document."
            : $"Of {all} milestones {met} are met or shown by a filed document, {failed} not met, {open} open, " +
                $"{all - met - failed - open} without evidence yet.";
        string stopped = c.Account.Suspended is SuspendedPart s ? $"银行现处于中止状态（存证记录 #{s.Entry}）：{s.Suspension.Reason}。" : "";
        return Html.Of($"<p><b class=\"t\">{chinese}</b>{stopped}</p><p class=\"en\">{english}</p>");
    }

    private static string Row(MonitoringContext c, MilestoneStanding f)
    {
        int most = Math.Clamp(LinesMax / c.Standings.Count, LinesOfOneMin, LinesOfOneMax);
        Bilingual required = CriterionWords.Of(f.Milestone.Criterion);
        // The result has its own column, and the entry's hash its own place at the end.
        List<EvidenceLine> lines = [.. f.Evidence.Where(l => !l.Name.StartsWith("判定", StringComparison.Ordinal))];
        List<EvidenceLine> shown = lines.Count <= most ? lines : [.. lines.Take(most - 1), lines[^1]];
        string left = lines.Count > shown.Count ? Html.Of($"<li>另 {lines.Count - shown.Count} 行见该存证记录</li>") : "";
        string counts = string.Join("，", f.Year.Select(y => $"{MilestoneStanding.Words(y.Outcome)} {y.Count}"));
        string year = counts.Length == 0 ? "" : Html.Of($"<li><b>本年判定 Judged this year</b> {counts}</li>");
        return Html.Of($$"""
            <tr><td>{{f.Milestone.Name.Chinese}} <span class="en">{{f.Milestone.Name.English}}</span>
            {{CanonicalAssessment.Plain(f.Milestone.SharePercent)}} %</td>
            <td>{{required.Chinese}} <span class="en">{{required.English}}</span></td>
            <td><ul class="lines">{{Html.Join(shown.Select(Line))}}{{new Markup(left)}}{{new Markup(year)}}</ul></td>
            <td><span class="met">{{MilestoneStanding.Words(f.Outcome)}}</span><br><span class="day">{{Iso(f.On)}}</span>
            <br>{{State(f)}}</td></tr>

            """);
    }

    private static string Line(EvidenceLine line) => Html.Of(
        $"<li><b>{line.Name}</b> <span class=\"{(line.IsCode ? "mono" : "")}\">{line.Value}</span></li>");

    private static string State(MilestoneStanding f) => f.Release is long release
        ? $"已释放 #{release}"
        : f.Proposal is ProposedPart p ? $"提案 #{p.Case.Entry}（{MilestoneStanding.Words(p.Case)}）" : "未提案";

    private static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Actions(MonitoringContext c)
    {
        if (c.Actions.Count == 0) return Html.Of(
            $"<p class=\"plain\">本年无中止、更正或驳回，亦无提案、措施或文书变动。<span class=\"en\">None.</span></p>");
        IEnumerable<ReportAction> shown = c.Actions.Skip(Math.Max(0, c.Actions.Count - ActionsMax));
        string left = c.Actions.Count > ActionsMax ? $"另有更早的 {c.Actions.Count - ActionsMax} 项，见存证。" : "";
        return Html.Of($$"""
            <table>
            <colgroup><col style="width:22mm"><col style="width:16mm"><col style="width:34mm"><col></colgroup>
            <thead><tr><th>日期</th><th>存证</th><th>措施 <span class="en">Action</span></th>
            <th>事由 <span class="en">Reason</span></th></tr></thead>
            <tbody>
            {{Html.Join(shown.Select(Row))}}
            </tbody>
            </table>
            <p class="note">{{left}}</p>
            """);
    }

    private static string Row(ReportAction action) => Html.Of($$"""
        <tr><td class="n">{{Iso(action.On)}}</td><td class="n">#{{action.Entry}}</td><td>{{action.What}}</td>
        <td>{{action.Reason}}</td></tr>

        """);

    private static string Open(MonitoringContext c)
    {
        List<MilestoneStanding> open = [.. c.Standings.Where(f => f.Release is null)];
        string names = string.Join("、", open.Select(f => $"{f.Milestone.Name.Chinese}（{State(f)}）"));
        return open.Count == 0
            ? Html.Of($"<p class=\"note\">全部里程碑均已释放。<span class=\"en\">Every milestone is released.</span></p>")
            : Html.Of($"<p class=\"note\">尚未释放 Not released yet：{names}。</p>");
    }
}
