using Monitor.Rules.Credits;
using Xunit;

namespace Monitor.Tests.Rules.Credits;

public sealed class HydrologyCriterionTests
{
    private static readonly HydrologyTerms Terms = new(0.30m, 14, 0.125m, 0.90m, 1);

    // L = 240: 5 % is 12 and 12 % is 29, 12.5 % is 30; L = 214: 27; L = 270: 34. Never below 14.
    [Theory]
    [InlineData(240, 0.05, 14)]
    [InlineData(240, 0.12, 29)]
    [InlineData(240, 0.125, 30)]
    [InlineData(214, 0.125, 27)]
    [InlineData(270, 0.125, 34)]
    public void A_run_needs_14_days_or_its_share_of_the_season(int season, double share, int needed) =>
        Assert.Equal(needed, (Terms with { SeasonShare = (decimal)share }).DaysNeeded(season));

    [Fact]
    public void Thirty_days_within_thirty_centimetres_pass_a_season_of_240() =>
        AssertRun(CriterionOutcome.Pass, 30, 0, [.. Dry(100), .. Wet(30), .. Dry(110)]);

    [Fact]
    public void Twenty_nine_days_fail_it() =>
        AssertRun(CriterionOutcome.Fail, 29, 0, [.. Dry(100), .. Wet(29), .. Dry(111)]);

    [Fact]
    public void Thirty_centimetres_are_still_wet() =>
        AssertRun(CriterionOutcome.Pass, 30, 0, [.. Enumerable.Repeat<decimal?>(0.30m, 30), .. Dry(210)]);

    [Fact]
    public void One_missing_day_between_wet_days_is_bridged_and_told() =>
        AssertRun(CriterionOutcome.Pass, 31, 1, [.. Dry(100), .. Wet(15), null, .. Wet(15), .. Dry(109)]);

    [Fact]
    public void Two_missing_days_break_a_run() =>
        AssertRun(CriterionOutcome.Fail, 29, 0, [.. Wet(29), null, null, .. Wet(29), .. Dry(180)]);

    [Fact]
    public void A_missing_day_before_a_dry_one_bridges_nothing() =>
        AssertRun(CriterionOutcome.Fail, 29, 0, [.. Wet(29), null, .. Dry(210)]);

    // 25 of 240 days missing: 215 / 240 = 0.896, below 0.90.
    [Fact]
    public void A_season_with_too_few_days_decides_nothing_however_wet_it_was() => AssertRun(
        CriterionOutcome.Inconclusive, 60, 0, [.. Wet(60), .. Enumerable.Repeat<decimal?>(null, 25), .. Dry(155)]);

    [Fact]
    public void A_season_of_216_days_of_240_is_just_enough() => AssertRun(
        CriterionOutcome.Pass, 60, 0, [.. Wet(60), .. Enumerable.Repeat<decimal?>(null, 24), .. Dry(156)]);

    [Fact]
    public void No_season_decides_nothing() =>
        Assert.Equal(CriterionOutcome.Inconclusive, HydrologyCriterion.Judge([], Terms).Outcome);

    private static void AssertRun(CriterionOutcome outcome, int run, int bridged, decimal?[] season)
    {
        HydrologyFinding found = HydrologyCriterion.Judge(season, Terms);
        Assert.Equal((240, outcome, run, bridged), (season.Length, found.Outcome, found.LongestRun, found.BridgedDays));
    }

    private static IEnumerable<decimal?> Wet(int days) => Enumerable.Repeat<decimal?>(0.10m, days);

    private static IEnumerable<decimal?> Dry(int days) => Enumerable.Repeat<decimal?>(0.31m, days);
}
