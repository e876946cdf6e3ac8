using System.Text;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Credits;
using Monitor.Tests.Programmes.Banks;
using Xunit;

namespace Monitor.Tests.Programmes.Judgements;

/// <summary>A cover milestone judged on the composite of a season.</summary>
public sealed class SeasonCompositeTests
{
    private const string Terms = "composite:\n  season: [\"05-01\", \"09-30\"]\n  dates_min: 3\n  enough_min: 0.90\n" +
        "  assumed: for the test\n";

    private static readonly WetlandProgramme Programme = Read(Terms);

    private static readonly MilestonePart Cover = Programme.FindPart("cover")!;

    // One line per scene: its clear fraction; 30 September ends at 16:00 of Greenwich.
    private static readonly Reading[] Scenes =
    [
        Of(Measurands.ClearFraction, At(4, 30), 1.00m), //      out of season
        Of(Measurands.ClearFraction, At(5, 8), 0.97m), //       a date
        Of(Measurands.ClearFraction, At(6, 2), 0.69m), //       not clear: 0.70 is asked
        Of(Measurands.ClearFraction, At(6, 22), 0.70m), //      a date
        Of(Measurands.ClearFraction, At(7, 15), 1.00m), //      a date
        Of(Measurands.ClearFraction, At(9, 30, 15), 0.80m), //  a date, on the last day
        Of(Measurands.ClearFraction, At(9, 30, 16), 0.80m), //  out of season: 1 October at +08:00
    ];

    [Fact]
    public void The_rule_picks_every_scene_of_the_season_that_is_clear_enough()
    {
        Assert.Equal([At(5, 8), At(6, 22), At(7, 15)], SeasonComposite.Scenes(Programme, At(7, 15), Scenes));
        Assert.Equal(
            [At(5, 8), At(6, 22), At(7, 15), At(9, 30, 15)], SeasonComposite.Scenes(Programme, At(9, 30, 16), Scenes));
        Assert.Empty(SeasonComposite.Scenes(Programme, At(4, 30), Scenes));
    }

    [Fact]
    public void The_judgement_rests_on_the_composite_and_lists_every_candidate()
    {
        MilestoneAssessment passed = Assess(At(7, 15), Composite(At(7, 15), 0.95m, 0.61m, [At(5, 8), At(6, 22), At(7, 15)]))!;
        Assert.Equal(CriterionOutcome.Pass, passed.Outcome);
        Assert.Equal(new CoverBand(0.61m, 0.66m, 0.71m), passed.Cover);
        Assert.Equal((3, 0.95m), (passed.Composite!.Dates, passed.Composite.Enough));
        Assert.Equal("ndvi-median-1", passed.Algorithm);
        Assert.Equal(
            [
                (At(4, 30), "out-of-season"), (At(5, 8), null), (At(6, 2), "not-clear"), (At(6, 22), null),
                (At(7, 15), null),
            ],
            passed.Scenes.Select(s => (s.Time, s.Reason)));
        using JsonDocument json = JsonDocument.Parse(MilestoneJudgement.Write(passed));
        Assert.Equal(
            """{"statistic":"median","season":["2025-05-01","2025-09-30"],"datesMin":3,"dates":3,""" +
            "\"enoughMin\":\"0.9\",\"enoughFraction\":\"0.95\"}",
            json.RootElement.GetProperty("composite").GetRawText());
        Assert.Equal("0.61", json.RootElement.GetProperty("cover").GetProperty("low").GetString());
    }

    // enough, low cover: high is 0.10 more, 0.60 is asked of the low, 0.90 of the share.
    [Theory]
    [InlineData("0.90", "0.60", CriterionOutcome.Pass)]
    [InlineData("0.899999", "0.60", CriterionOutcome.Inconclusive)]
    [InlineData("0.90", "0.599999", CriterionOutcome.Inconclusive)]
    [InlineData("0.90", "0.50", CriterionOutcome.Inconclusive)]
    [InlineData("0.90", "0.499999", CriterionOutcome.Fail)]
    [InlineData("0.10", "0.10", CriterionOutcome.Inconclusive)]
    public void It_passes_by_the_low_cover_fails_by_the_high_and_asks_for_enough_pixels(
        string enough, string low, CriterionOutcome outcome)
    {
        Reading[] composite = Composite(At(7, 15), Decimal(enough), Decimal(low), [At(5, 8), At(6, 22), At(7, 15)]);
        Assert.Equal(outcome, Assess(At(7, 15), composite)!.Outcome);
    }

    [Fact]
    public void Too_few_dates_leave_it_open_and_a_composite_that_is_not_made_yet_is_no_judgement()
    {
        MilestoneAssessment few = Assess(At(6, 22), [])!;
        Assert.Equal(CriterionOutcome.Inconclusive, few.Outcome);
        Assert.Equal((2, null), (few.Composite!.Dates, few.Composite.Enough));
        Assert.Equal(
            ["out-of-season", "too-few-dates", "not-clear", "too-few-dates"], few.Scenes.Select(s => s.Reason));
        Assert.Null(Assess(At(7, 15), []));
        Assert.Null(Assess(At(4, 30), []));
        Assert.Null(Assess(At(7, 16), []));
    }

    [Fact]
    public void A_composite_is_that_of_its_own_moment_and_a_scene_that_came_after_it_is_not_in_it()
    {
        // Made at 15 July, when the scene of 22 June had not come in: it would have been too few, so with another before.
        Reading early = Of(Measurands.ClearFraction, At(5, 20), 0.9m);
        Reading[] first = Composite(At(7, 15), 1.00m, 0.70m, [At(5, 8), At(5, 20), At(7, 15)]);
        Reading[] second = Composite(At(9, 30, 15), 1.00m, 0.20m, [At(5, 8), At(5, 20), At(6, 22), At(7, 15), At(9, 30, 15)]);
        MilestoneAssessment july = Assess(At(7, 15), [early, .. first, .. second])!;
        Assert.Equal(CriterionOutcome.Pass, july.Outcome);
        Assert.Equal("came-late", july.Scenes.Single(s => s.Time == At(6, 22)).Reason);
        MilestoneAssessment september = Assess(At(9, 30, 15), [early, .. first, .. second])!;
        Assert.Equal(CriterionOutcome.Fail, september.Outcome);
        Assert.Equal(5, september.Scenes.Count(s => s.Reason is null));
    }

    [Theory]
    [InlineData("season: [\"09-30\", \"05-01\"]", "composite.season")]
    [InlineData("season: [\"05-01\"]", "composite.season")]
    [InlineData("season: [\"02-30\", \"05-01\"]", "composite.season[0]")]
    [InlineData("season: [\"May\", \"09-30\"]", "composite.season[0]")]
    [InlineData("dates_min: 0", "composite.dates_min")]
    [InlineData("dates_min: 129", "composite.dates_min")]
    [InlineData("enough_min: 1.1", "composite.enough_min")]
    [InlineData("enough: 0.9", "composite.enough_min")]
    public void A_wrong_term_is_a_fault_at_its_place(string line, string field)
    {
        string key = field.Split('.', '[')[1];
        string text = string.Join('\n', Terms.Split('\n').Select(l => l.TrimStart().StartsWith(key, StringComparison.Ordinal)
            ? "  " + line : l));
        InputException fault = Assert.Throws<InputException>(() => Read(text));
        Assert.Equal(field, fault.Field);
    }

    [Fact]
    public void The_last_of_February_is_a_day_of_every_year()
    {
        var winter = new CompositeTerms(new DayOfYear(1, 1), new DayOfYear(2, 29), 1, 0.5m);
        Assert.Equal("2025-02-28T16:00:00.000Z", winter.SeasonOf(2025, Programme.Zone).To.ToString());
        Assert.Equal("2024-02-29T16:00:00.000Z", winter.SeasonOf(2024, Programme.Zone).To.ToString());
    }

    private static MilestoneAssessment? Assess(Instant time, IEnumerable<Reading> composite) =>
        MilestoneJudgement.Assess(Programme, BankHistory.Bank, Cover, time, [.. Scenes, .. composite]);

    private static Reading[] Composite(Instant time, decimal enough, decimal low, IReadOnlyList<Instant> dates) =>
    [
        Median(Measurands.EnoughFraction, time, enough), Median(Measurands.CoverLow, time, low),
        Median(Measurands.Cover, time, low + 0.05m), Median(Measurands.CoverHigh, time, low + 0.1m),
        .. dates.Select(d => Median(Measurands.CompositeAt, d, time.UnixMilliseconds)),
    ];

    private static Reading Median(string measurand, Instant time, decimal value) =>
        Of(measurand, time, value) with { Instrument = "ndvi-median-1" };

    private static Reading Of(string measurand, Instant time, decimal value)
    {
        Assert.True(ReportedValue.TryFrom(value, Qualifier.None, out ReportedValue reported));
        return new Reading
        {
            Index = 0, Measurand = measurand, Time = time, Value = reported, Unit = "1",
            Statistic = Statistic.Instantaneous, Instrument = "ndvi-1",
        };
    }

    private static decimal Decimal(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static Instant At(int month, int day, int hour = 2) =>
        Instant.From(new DateTimeOffset(2025, month, day, hour, 0, 0, TimeSpan.Zero));

    private static WetlandProgramme Read(string composite) => WetlandProgrammeReader.Read(
        new DefinitionText("w.yaml", Encoding.UTF8.GetBytes(WetlandText.WithComposite(composite))));
}
