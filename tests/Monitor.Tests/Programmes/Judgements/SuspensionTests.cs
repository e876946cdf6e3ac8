using System.Text;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Xunit;

namespace Monitor.Tests.Programmes.Judgements;

public sealed class SuspensionTests
{
    // One event after the other: + suspends, - lifts; judged is the month 2025-03.
    [Theory]
    [InlineData("", false)]
    [InlineData("+2025-03", true)]
    [InlineData("+2025", true)]
    [InlineData("+2025-03 -2025-03", false)]
    [InlineData("+2025-03 -2025-03 +2025-03", true)]
    [InlineData("+2025 -2025-03", true)]
    [InlineData("+2025 +2025-03 -2025", true)]
    public void What_holds_is_the_newest_word_on_the_month_and_on_its_year(string events, bool suspended)
    {
        Scene scene = Complete();
        foreach (string one in events.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            scene.Suspend(one[1..], "施工", lift: one[0] == '-');
        }
        RiverAssessment judged = Assess(scene);
        Assert.Equal(suspended, judged.Suspension is not null);
        Assert.Equal(suspended, judged.Direction == Direction.Suspended);
        Assert.Equal(suspended, judged.Index is null);
        Assert.Equal(suspended, judged.AmountYuan is null);
    }

    [Fact]
    public void A_suspended_judgement_says_why_and_by_whom_and_keeps_its_figures()
    {
        RiverAssessment judged = Assess(Complete().Suspend("2025-03", "上游施工"));
        Assert.Equal(
            "经批准暂停（上游施工），批准人：示例复核人", Assert.Single(judged.Reasons).Chinese);
        Assert.Equal(4, judged.Terms.Count(t => t.Value is not null));
        Assert.Null(judged.Band);

        string canonical = Encoding.UTF8.GetString(CanonicalAssessment.Write(judged));
        Assert.Contains("\"index\":null,\"direction\":\"suspended\"", canonical, StringComparison.Ordinal);
        Assert.Contains("suspended by approval of 示例复核人: 上游施工", canonical, StringComparison.Ordinal);
    }

    [Fact]
    public void The_notice_names_the_approver_and_the_reviewer_and_shows_the_raw_value()
    {
        string suspended = Notice(Complete().Suspend("2025-03", "上游<施工>"));
        Assert.Contains("暂停评判的批准", suspended, StringComparison.Ordinal);
        Assert.Contains("上游&lt;施工&gt;", suspended, StringComparison.Ordinal);
        Assert.Contains("示例复核人", suspended, StringComparison.Ordinal);
        Assert.Contains(Scene.Person.Key, suspended, StringComparison.Ordinal);

        string reviewed = Notice(Complete().Review(0, 0, "0.612"));
        Assert.Contains("人工复核", reviewed, StringComparison.Ordinal);
        Assert.Contains("<td class=\"n\">0.400</td><td class=\"n\">0.612</td>", reviewed, StringComparison.Ordinal);
        Assert.DoesNotContain("人工复核", Notice(Complete()), StringComparison.Ordinal);
    }

    private static Scene Complete()
    {
        Scene scene = new();
        foreach ((string code, string value) in new[]
        {
            ("w01001", "7.40"), ("w01009", "8.10"), ("w01019", "3.30"), ("w21001", "2.25"), ("w21003", "0.400"),
            ("w21011", "0.105"),
        })
        {
            scene.Reading(0, value, measurand: code).Reading(1, value, measurand: code);
        }
        return scene;
    }

    private static RiverAssessment Assess(Scene scene) =>
        RiverJudgement.Assess(Scene.Programme, Scene.Section, Scene.March, scene.Inputs);

    private static string Notice(Scene scene) => Encoding.UTF8.GetString(NoticeDocument.Render(
        Assess(scene), new NoticeContext
        {
            Entry = 2,
            PreviousHash = new string('0', 64),
            AssessmentEntry = 1,
            AssessmentHash = new string('0', 64),
            Evidence = new string('0', 64),
            Position = 99,
            Software = "test",
            Date = new DateOnly(2025, 4, 5),
            IsIssued = false,
        }));
}
