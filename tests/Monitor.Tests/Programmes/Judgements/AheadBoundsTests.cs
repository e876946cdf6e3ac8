using FsCheck;
using FsCheck.Fluent;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Monitor.Rules.Screening;
using Monitor.Tests.Programmes.Families;
using Xunit;

namespace Monitor.Tests.Programmes.Judgements;

/// <summary>Tiers, tonnes and months attained, looked ahead between their two ends. Samples and ranges are made up.</summary>
public sealed class AheadBoundsTests
{
    private static readonly RiverProgramme Chishui = Ranged(
        "chishui-2014", ("w01019", 20), ("w21003", 3), ("w21011", 1), ("w00000", 40_000));
    private static readonly RiverProgramme Jiuzhou = Ranged(
        "jiuzhou", ("w01001", 14), ("w01019", 20), ("w21003", 3), ("w21011", 1), ("w01017", 20));
    private static readonly RiverProgramme Dongjiang = Ranged(
        "dongjiang", ("w01001", 14), ("w01019", 20), ("w21003", 3), ("w21011", 1), ("w01017", 20));
    private static readonly RiverProgramme Zhoukou = Ranged("zhoukou", ("w01018", 200), ("w21003", 20));

    [Fact]
    public void Without_an_instruments_range_nothing_bounds_the_rest_and_it_says_so()
    {
        LookAhead ahead = Ahead(Family.Of("zhoukou").Programme, "ZK-01", 2018, [], 3);
        Assert.Null(ahead.Possible);
        Assert.Contains("w01018 has no instrument range", ahead.WhyNot!.English, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_made_with_the_flow_pair_by_pair_is_not_looked_ahead() => Assert.Contains(
        "made with the flow",
        Ahead(Family.At("fixtures/programmes/made-up-flow.yaml").Programme, "FL-01", 2025, [], 3).WhyNot!.English,
        StringComparison.Ordinal);

    // 75 % of twelve months are nine: four bad ones are too many, whatever comes.
    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void Too_many_missed_months_are_certain_before_the_year_ends(int bad, bool isCertain)
    {
        List<Reading> readings = [.. Enumerable.Range(1, bad).SelectMany(m => Months(Jiuzhou, 2018, m, 7, 3, 0.3m, 0.25m, 2))];
        LookAhead ahead = Ahead(Jiuzhou, "JZ-SJ", 2018, readings, bad);
        Assert.Equal(isCertain ? Direction.UndefinedInSource : null, ahead.Certain?.Direction);
    }

    // Eleven months are asked for: each factor has its eleven, but only ten months have them all.
    [Fact]
    public void Months_that_lack_one_factor_each_add_up_to_a_year_that_is_suspended()
    {
        RiverProgramme terms = Jiuzhou with { Validity = Jiuzhou.Validity with { YearMonthsMin = 11 } };
        List<Reading> year = [.. Enumerable.Range(1, 12).SelectMany(m => Months(terms, 2018, m, 7, 2, 0.3m, 0.1m, 2))];
        year.RemoveAll(r => (r.Measurand, r.Time) == ("w01019", Period.OfMonth(2018, 3, terms.Zone).Start));
        Assert.NotEqual(Direction.Suspended, Ahead(terms, "JZ-SJ", 2018, year, 4).Certain?.Direction);
        year.RemoveAll(r => (r.Measurand, r.Time) == ("w21003", Period.OfMonth(2018, 4, terms.Zone).Start));
        Assert.Equal(Direction.Suspended, Ahead(terms, "JZ-SJ", 2018, year, 4).Certain?.Direction);
        Assert.Equal(Direction.Suspended, Assess(terms, "JZ-SJ", 2018, year).Direction);
    }

    // CODMn 5 where II allows 4, 20 m³/s: January comes to 53,568 yuan. What is left can carry up to 40 m³/s
    // at 20 mg/L, or be clean.
    [Fact]
    public void Tonnes_so_far_are_priced_and_the_rest_lies_between_clean_and_full()
    {
        LookAhead ahead = Ahead(Chishui, "CS-BJ", 2018, [.. Months(Chishui, 2018, 1, 5, 0.5m, 0.1m, 20_000)], 1);
        Assert.Equal((Direction.UpstreamPays, 53_568m), (ahead.SoFar.Direction, ahead.SoFar.Yuan!.Value));
        Assert.Equal(
            [Direction.DownstreamPays, Direction.UpstreamPays, Direction.None],
            ahead.Possible!.Select(o => o.Direction).Order());
        Assert.Contains(
            ahead.Warnings, w => w.Kind == AheadWarningKind.NextMonth && w.Beyond.Direction == Direction.DownstreamPays);
    }

    // The last month is over: the amount itself is certain.
    [Fact]
    public void At_the_years_end_the_one_outcome_is_the_judgements_own()
    {
        List<Reading> year = [.. Enumerable.Range(1, 12).SelectMany(m => Months(Chishui, 2018, m, 5, 0.5m, 0.1m, 20_000))];
        LookAhead ahead = Ahead(Chishui, "CS-BJ", 2018, year, 12);
        Assert.Equal((Direction.UpstreamPays, 630_720m), (ahead.Certain!.Direction, ahead.Certain.Yuan!.Value));
    }

    // pH is the mean of [H+]. January at 5.5 is balanced by eleven months at 7.5: −lg((10^−5.5 + 11 × 10^−7.5) ÷ 12) = 6.53,
    // class I; and one December at 2 makes eleven months at 7.5 a 3.08, inferior V.
    [Theory]
    [InlineData(1, 5.5, 12, 7.5, Direction.DownstreamPays)]
    [InlineData(11, 7.5, 12, 2, Direction.UndefinedInSource)]
    public void What_sour_months_make_of_the_years_ph_is_not_certain_before_they_are_over(
        int over, double before, int all, double after, Direction comes)
    {
        List<Reading> year = [.. Enumerable.Range(1, all).SelectMany(
            m => Months(Dongjiang, 2018, m, (decimal)(m <= over ? before : after), 2, 0.3m, 0.1m, 2))];
        LookAhead ahead = Ahead(Dongjiang, "DJ-01", 2018, year, over);
        Assert.Null(ahead.Certain);
        Assert.Contains(comes, ahead.Possible!.Select(o => o.Direction));
        Assert.Equal(comes, Assess(Dongjiang, "DJ-01", 2018, year).Direction);
    }

    // Any year, run forward month by month: what it comes to was always possible, and what was certain came.
    [Fact]
    public void What_is_certain_comes_and_what_comes_was_possible() => Prop.ForAll(
        (from which in Gen.Choose(0, 3) from values in Gen.Choose(0, 1_000).ArrayOf(72) select (which, values)).ToArbitrary(),
        made =>
        {
            (RiverProgramme terms, string section, decimal[] most) = made.which switch
            {
                0 => (Chishui, "CS-BJ", new[] { 8m, 1, 0.2m, 40_000 }),
                1 => (Jiuzhou, "JZ-SJ", new[] { 14m, 8, 1.2m, 0.25m, 5 }),
                2 => (Dongjiang, "DJ-01", new[] { 14m, 6, 1m, 0.2m, 4 }),
                _ => (Zhoukou, "ZK-01", [80m, 4]),
            };
            List<Reading> year = [];
            for (int m = 1; m <= 12; m++)
            {
                decimal[] values = [.. most.Select((top, i) => top * made.values[((m - 1) * 6) + i] / 1_000)];
                year.AddRange(Months(terms, 2018, m, values));
                if (terms.Inflow is null) continue;
                year.AddRange(Months(terms, 2018, m, values).Select(r => r with { Instrument = terms.Inflow.Instrument }));
            }
            RiverAssessment end = Assess(terms, section, 2018, year);
            for (int month = 0; month <= 12; month++)
            {
                LookAhead ahead = Ahead(terms, section, 2018, year, month);
                AheadOutcome[] found = [.. ahead.Possible!.Where(o => o.Direction == end.Direction)];
                if (!Array.Exists(found, o => o.Yuan is null || o.Yuan == end.AmountYuan)) return false;
            }
            return true;
        }).QuickCheckThrowOnFailure();

    private static RiverProgramme Ranged(string family, params (string Code, decimal Most)[] ranges) =>
        Family.Of(family).Programme with
    {
        Screening = new ScreeningTerms("t", ranges.ToDictionary(
            r => r.Code, r => new ScreeningLimits { GrossRange = new GrossRangeLimits(new ValueRange(0, r.Most), null) })),
    };

    private static LookAhead Ahead(RiverProgramme terms, string section, int year, List<Reading> readings, int month)
    {
        Instant until = month == 0 ? Period.OfYear(year, terms.Zone).Start : Period.OfMonth(year, month, terms.Zone).End;
        return AheadJudgement.Of(Assess(terms, section, year, [.. readings.Where(r => r.Time < until)]), until);
    }

    private static RiverAssessment Assess(RiverProgramme terms, string section, int year, List<Reading> readings) =>
        RiverJudgement.Assess(terms, terms.FindSection(section)!, Period.OfYear(year, terms.Zone), readings);

    // A sample on the first of the month, of each measurand of the ranges in their order.
    private static IEnumerable<Reading> Months(RiverProgramme terms, int year, int month, params decimal[] values) =>
        terms.Screening.Limits.Keys.Zip(values, (code, value) => (code, value)).Select(each =>
        {
            Assert.True(ReportedValue.TryFrom(each.value, Qualifier.None, out ReportedValue reported));
            return new Reading
            {
                Index = 0,
                Measurand = each.code,
                Time = Period.OfMonth(year, month, terms.Zone).Start,
                Value = reported,
                Statistic = terms.Statistic,
                Unit = Measurands.Find(each.code)?.Unit ?? "",
            };
        });
}
