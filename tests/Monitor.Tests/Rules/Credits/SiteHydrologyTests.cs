using FsCheck;
using FsCheck.Fluent;
using Monitor.Rules.Credits;
using Xunit;

namespace Monitor.Tests.Rules.Credits;

public sealed class SiteHydrologyTests
{
    private static readonly HydrologyTerms Terms = new(0.30m, 14, 0.125m, 0.90m, 1);
    private static readonly SiteHydrologyTerms Site = new(2, 0.75m, 0.30m, 0.70m);

    // 40 days: 12.5 % are 5, so 14 are needed; 36 must be measured.
    private static readonly decimal?[] WetEnough = [.. Days(14, 0.30m), .. Days(26, 0.31m)];
    private static readonly decimal?[] TooDry = [.. Days(13, 0.30m), .. Days(27, 0.31m)];
    private static readonly decimal?[] Silent = [.. Days(20, 0.10m), .. Enumerable.Repeat<decimal?>(null, 20)];
    private static readonly decimal?[] Bridged = [.. Days(7, 0.10m), null, .. Days(6, 0.10m), .. Days(26, 0.31m)];

    [Fact]
    public void Three_of_four_wells_are_enough_where_three_quarters_are_asked() =>
        AssertIs(CriterionOutcome.Pass, null, RainfallClass.Normal, WetEnough, WetEnough, WetEnough, TooDry);

    [Fact]
    public void Two_of_four_are_not() => AssertIs(
        CriterionOutcome.Fail, HydrologyReason.NotMet, RainfallClass.Normal, WetEnough, WetEnough, TooDry, TooDry);

    // 2 pass, 1 fails, 1 open: 3 of 4 if it passed.
    [Fact]
    public void A_well_with_too_few_days_leaves_the_site_open_where_it_would_decide() => AssertIs(
        CriterionOutcome.Inconclusive, HydrologyReason.OpenWells, RainfallClass.Normal, WetEnough, WetEnough, TooDry, Silent);

    [Fact]
    public void Fewer_wells_than_asked_decide_nothing() => AssertIs(
        CriterionOutcome.Inconclusive, HydrologyReason.TooFewWells, RainfallClass.Normal, WetEnough, Silent);

    [Theory]
    [InlineData(RainfallClass.Dry, CriterionOutcome.Pass, null)]
    [InlineData(RainfallClass.Normal, CriterionOutcome.Pass, null)]
    [InlineData(RainfallClass.Wet, CriterionOutcome.Review, HydrologyReason.WetYear)]
    [InlineData(null, CriterionOutcome.Inconclusive, HydrologyReason.UnknownRainfall)]
    public void What_is_met_in_a_wet_year_goes_to_people(
        RainfallClass? year, CriterionOutcome outcome, HydrologyReason? reason) =>
        AssertIs(outcome, reason, year, WetEnough, WetEnough);

    [Fact]
    public void What_is_not_met_in_a_wet_year_fails_all_the_same() =>
        AssertIs(CriterionOutcome.Fail, HydrologyReason.NotMet, RainfallClass.Wet, TooDry, TooDry);

    // 7 + 1 missing + 6 are 14 only with the day that nobody measured.
    [Fact]
    public void A_run_that_needs_a_missing_day_goes_to_people() => AssertIs(
        CriterionOutcome.Review, HydrologyReason.Bridged, RainfallClass.Normal, WetEnough, Bridged);

    [Theory]
    [InlineData(0.29, RainfallClass.Dry)]
    [InlineData(0.30, RainfallClass.Normal)]
    [InlineData(0.70, RainfallClass.Normal)]
    [InlineData(0.71, RainfallClass.Wet)]
    public void A_year_is_dry_below_and_wet_above_its_limits(double rank, RainfallClass expected) =>
        Assert.Equal(expected, Site.ClassOf((decimal)rank));

    // Each day of each well lost for itself: a dry day that is lost between wet ones would else be bridged.
    [Fact]
    public void Missing_days_never_turn_anything_into_a_pass() => Prop.ForAll(
        Seasons().ToArbitrary(), Gen.Choose(0, 2).ToArbitrary(), (wells, gap) =>
        {
            HydrologyTerms terms = Terms with { GapDaysMax = gap, CompletenessMin = 0.6m };
            bool passes = Judge(wells, terms).Outcome == CriterionOutcome.Pass;
            return Enumerable.Range(0, wells.Length * 40).All(lost =>
            {
                decimal?[][] fewer = [.. wells.Select((well, w) => well.Select(
                    (depth, day) => (w * 40) + day == lost ? null : depth).ToArray())];
                return passes || Judge(fewer, terms).Outcome != CriterionOutcome.Pass;
            });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void A_wetter_day_never_unmakes_a_pass() => Prop.ForAll(
        Seasons().ToArbitrary(), Gen.Choose(0, 2).ToArbitrary(), ArbMap.Default.ArbFor<PositiveInt[]>(), (wells, gap, wetter) =>
        {
            HydrologyTerms terms = Terms with { GapDaysMax = gap, CompletenessMin = 0.6m };
            int day = 0;
            decimal?[][] wet = [.. wells.Select(w => w.Select(
                d => wetter.Length > 0 ? d - (wetter[day++ % wetter.Length].Get / 100m) : d).ToArray())];
            return Judge(wells, terms).Outcome != CriterionOutcome.Pass || Judge(wet, terms).Outcome == CriterionOutcome.Pass;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Asking_for_more_never_makes_a_pass() => Prop.ForAll(
        Seasons().ToArbitrary(), Gen.Choose(0, 10).ToArbitrary(), Gen.Choose(0, 20).ToArbitrary(), (wells, days, centimetres) =>
        {
            HydrologyTerms terms = Terms with { CompletenessMin = 0.6m };
            HydrologyTerms more = terms with { DaysMin = terms.DaysMin + days, DepthMax = terms.DepthMax - (centimetres / 100m) };
            return Judge(wells, terms).Outcome == CriterionOutcome.Pass || Judge(wells, more).Outcome != CriterionOutcome.Pass;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    // Wells of forty days, wet four days of five, the others dry or missing: some pass, most lack a day or two.
    private static Gen<decimal?[][]> Seasons()
    {
        Gen<decimal?> day = Gen.Frequency(
            (8, Gen.Choose(0, 30).Select(cm => (decimal?)(cm / 100m))),
            (1, Gen.Choose(31, 60).Select(cm => (decimal?)(cm / 100m))),
            (1, Gen.Constant<decimal?>(null)));
        return day.ArrayOf(40).ArrayOf(2);
    }

    private static SiteHydrologyFinding Judge(decimal?[][] wells, HydrologyTerms terms) =>
        SiteHydrology.Judge(wells, terms, Site with { WellsMin = 1, WellsShare = 0.5m }, RainfallClass.Normal);

    private static void AssertIs(
        CriterionOutcome outcome, HydrologyReason? reason, RainfallClass? year, params decimal?[][] wells)
    {
        SiteHydrologyFinding found = SiteHydrology.Judge(wells, Terms, Site, year);
        Assert.Equal((outcome, reason), (found.Outcome, found.Reason));
    }

    private static IEnumerable<decimal?> Days(int count, decimal depth) => Enumerable.Repeat<decimal?>(depth, count);
}
