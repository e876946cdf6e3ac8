using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Monitor.Rules.Screening;
using Xunit;

namespace Monitor.Tests.Programmes.Judgements;

public sealed class AlternativesTests
{
    [Fact]
    public void Readings_without_any_doubt_change_nothing_and_each_way_has_both_names()
    {
        List<Reading> year = AheadYear.Readings(1m);
        IReadOnlyList<Alternative> found = Alternatives.Of(AheadYear.Assess(year), year);
        Assert.Equal(
            ["doubtful-counted", "excluded-counted", "all-values", "median", "measured-class", "misprint"],
            found.Select(a => a.Name));
        Assert.All(found.Take(4), a => Assert.Equal((true, 1m), (a.IsSame, a.Assessment.Index)));
        Assert.All(found, a => Assert.True(a.Label.Chinese.Length > 0 && a.Label.English.Length > 0));
    }

    // Eleven months at the baseline and one of twelve at 14 times it: the mean is (11 + 14) ÷ 12 = 25/12, the median 1.
    [Fact]
    public void A_median_stands_for_means_of_months()
    {
        List<Reading> year = AheadYear.Readings(1m, changed: (12, 14m));
        RiverAssessment agreed = AheadYear.Assess(year);
        Assert.Equal(decimal.Round((0.6m * 25 / 12) + 0.4m, 3), agreed.Index);
        Alternative median = Alternatives.Of(agreed, year).Single(a => a.Name == "median");
        Assert.Equal((1m, Direction.None, false), (median.Assessment.Index, median.Assessment.Direction, median.IsSame));
    }

    // A thirteenth reading per measurand, marked M by its device, twice the baseline: December becomes (1 + 2) ÷ 2.
    [Fact]
    public void Excluded_readings_count_where_they_are_asked_to_and_qc_samples_never()
    {
        List<Reading> year = AheadYear.Readings(1m);
        year.AddRange(AheadYear.Month(12, 2m, day: 9, status: "M"));
        RiverAssessment agreed = AheadYear.Assess(year);
        Assert.Equal(1m, agreed.Index);
        IReadOnlyList<Alternative> found = Alternatives.Of(agreed, year);
        Assert.Equal(1m, found.Single(a => a.Name == "doubtful-counted").Assessment.Index);
        Assert.Equal(
            decimal.Round((0.6m * 12.5m / 12) + 0.4m, 3), found.Single(a => a.Name == "excluded-counted").Assessment.Index);

        List<Reading> sampled = [.. AheadYear.Readings(1m), .. AheadYear.Month(12, 2m, day: 9, status: "sc")];
        Assert.Equal(
            1m, Alternatives.Of(AheadYear.Assess(sampled), sampled)
                .Single(a => a.Name == "excluded-counted").Assessment.Index);
    }

    // Beyond the range of suspicion, inside the instrument's: waits for a person, and counts only in the way that says so.
    [Fact]
    public void Doubtful_readings_can_change_who_pays()
    {
        RiverProgramme strict = AheadYear.Programme with
        {
            Screening = new ScreeningTerms("t", new Dictionary<string, ScreeningLimits>
            {
                ["w01019"] = new() { GrossRange = new GrossRangeLimits(new ValueRange(0, 200), new ValueRange(0, 10)) },
            }),
        };
        List<Reading> year = AheadYear.Readings(1m);
        year.Add(AheadYear.Reading("w01019", 12, 66m, day: 9));
        RiverAssessment agreed = AheadYear.Assess(year, strict);
        Alternative doubtful = Alternatives.Of(agreed, year).Single(a => a.Name == "doubtful-counted");
        // OJ-05's baseline is 3.30, so that 66 is 20 times it: December is 21 ÷ 2, the year (11 + 10.5) ÷ 12.
        Assert.Equal(decimal.Round((0.15m * 21.5m / 12) + 0.85m, 3), doubtful.Assessment.Index);
        Assert.Equal((Direction.None, Direction.UpstreamPays), (agreed.Direction, doubtful.Assessment.Direction));
        Assert.Equal("changed", AlternativeAnswer.Of(doubtful).Outcome);
    }
}
