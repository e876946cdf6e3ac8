using System.Text;
using System.Text.Json;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Credits;
using Monitor.Tests.Programmes.Banks;
using Xunit;

namespace Monitor.Tests.Programmes.Judgements;

/// <summary>Which scenes a judgement lists, and why they did not count.</summary>
public sealed class MilestoneScenesTests
{
    // The shipped programme without its composite: each scene is judged for itself.
    private static readonly DefinitionText Text = new(
        "wetland.yaml", Encoding.UTF8.GetBytes(WetlandText.WithComposite("")));

    private static readonly WetlandProgramme Programme = WetlandProgrammeReader.Read(Text);

    private static readonly MilestonePart Cover = Programme.FindPart("cover")!;

    private static Instant At(int year, int month, int day) =>
        Instant.From(new DateTimeOffset(year, month, day, 2, 40, 0, TimeSpan.Zero));

    private static IEnumerable<Reading> Scene(Instant taken, decimal clear, decimal low, string algorithm = "ndvi-1")
    {
        (string Measurand, decimal Value)[] figures =
        [
            (Measurands.ClearFraction, clear), (Measurands.CoverLow, low), (Measurands.Cover, low + 0.05m),
            (Measurands.CoverHigh, low + 0.1m),
        ];
        foreach ((string measurand, decimal value) in figures)
        {
            Assert.True(ReportedValue.TryFrom(value, Qualifier.None, out ReportedValue reported));
            yield return new Reading
            {
                Index = 0, Measurand = measurand, Time = taken, Value = reported, Unit = "1",
                Statistic = Statistic.Instantaneous, Instrument = algorithm,
            };
        }
    }

    // One line per scene: time, clear, low cover; what an assessment of 8 May says of it.
    private static readonly Reading[] Season =
    [
        .. Scene(At(2024, 12, 30), 1.00m, 0.30m), //  another year: not listed
        .. Scene(At(2025, 1, 18), 0.99m, 0.35m), //   rejected, earlier
        .. Scene(At(2025, 3, 14), 0.38m, 0.90m), //   rejected, not clear
        .. Scene(At(2025, 5, 8), 0.97m, 0.65m), //    used
        .. Scene(At(2025, 5, 8), 0.10m, 0.10m, "ndvi-2"), // another algorithm: another series
        .. Scene(At(2025, 7, 15), 1.00m, 0.80m), //   later: not known yet
    ];

    private static MilestoneAssessment Assess(Instant taken) =>
        MilestoneJudgement.Assess(Programme, BankHistory.Bank, Cover, taken, Season)!;

    [Fact]
    public void Scenes_of_the_year_up_to_the_judged_one_are_listed_with_what_became_of_them()
    {
        MilestoneAssessment assessment = Assess(At(2025, 5, 8));
        Assert.Equal(CriterionOutcome.Pass, assessment.Outcome);
        Assert.Equal("ndvi-1", assessment.Algorithm);
        Assert.Equal(
        [
            (At(2025, 1, 18), 0.99m, "earlier"),
            (At(2025, 3, 14), 0.38m, "not-clear"),
            (At(2025, 5, 8), 0.97m, null),
        ], assessment.Scenes.Select(s => (s.Time, s.ClearFraction, s.Reason)));
    }

    [Fact]
    public void A_scene_under_cloud_is_judged_inconclusive_and_rejected_in_its_own_list()
    {
        MilestoneAssessment assessment = Assess(At(2025, 3, 14));
        Assert.Equal(CriterionOutcome.Inconclusive, assessment.Outcome);
        Assert.Equal("not-clear", assessment.Scenes[^1].Reason);
        Assert.DoesNotContain(assessment.Scenes, s => s.Reason is null);
    }

    [Fact]
    public void The_canonical_bytes_name_algorithm_water_and_scenes_and_the_older_form_does_not()
    {
        MilestoneAssessment assessment = Assess(At(2025, 5, 8));
        byte[] now = MilestoneJudgement.Write(assessment), before = MilestoneJudgement.Write(assessment, withScenes: false);
        Assert.True(MilestoneJudgement.ListsScenes(now));
        Assert.False(MilestoneJudgement.ListsScenes(before));
        using JsonDocument json = JsonDocument.Parse(now);
        Assert.Equal("ndvi-1", json.RootElement.GetProperty("algorithm").GetString());
        Assert.Equal("counted", json.RootElement.GetProperty("water").GetString());
        Assert.Equal(
            """{"time":"2025-03-14T02:40:00.000Z","clearFraction":"0.38","use":"rejected","reason":"not-clear"}""",
            json.RootElement.GetProperty("scenes")[1].GetRawText());
        Assert.DoesNotContain("algorithm", Encoding.UTF8.GetString(before), StringComparison.Ordinal);
    }

    [Fact]
    public void The_year_begins_at_the_programmes_own_midnight()
    {
        (Instant from, Instant to) = MilestoneJudgement.Season(Programme, At(2025, 5, 8));
        // Midnight of 1 January at +08:00.
        Assert.Equal("2024-12-31T16:00:00.000Z", from.ToString());
        Assert.Equal(At(2025, 5, 8).UnixMilliseconds + 1, to.UnixMilliseconds);
    }

    [Theory]
    [InlineData("water: counted", false)]
    [InlineData("water: left-out", true)]
    [InlineData("", false)]
    public void The_programme_says_whether_open_water_is_in_the_denominator(string line, bool leavesOut)
    {
        string text = Encoding.UTF8.GetString(Text.Bytes.Span);
        Assert.Contains("  water: counted\n", text, StringComparison.Ordinal);
        text = text.Replace("  water: counted\n", line.Length == 0 ? "" : $"  {line}\n", StringComparison.Ordinal);
        WetlandProgramme programme = WetlandProgrammeReader.Read(new DefinitionText("w.yaml", Encoding.UTF8.GetBytes(text)));
        Assert.Equal(leavesOut, programme.Cover.LeavesOutWater);
    }
}
