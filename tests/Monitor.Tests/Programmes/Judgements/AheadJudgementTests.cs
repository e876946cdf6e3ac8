using FsCheck;
using FsCheck.Fluent;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Monitor.Rules.Screening;
using Xunit;

namespace Monitor.Tests.Programmes.Judgements;

public sealed class AheadJudgementTests
{
    private static readonly string[] Nutrients = ["w01019", "w21003", "w21011", "w21001"];

    // No month's mean above 1.6 times the baseline: then a year has an end that can be seen.
    private static RiverProgramme Bounded(ClassBasis basis = ClassBasis.Target) => AheadYear.Programme with
    {
        ClassBasis = basis,
        Screening = new ScreeningTerms("t", Nutrients.ToDictionary(c => c, c => new ScreeningLimits
        {
            GrossRange = new GrossRangeLimits(new ValueRange(0, AheadYear.Section.Baseline[c] * 1.6m)),
        })),
    };

    // Six months at 0.8: E = 0.6 × 0.8 + 0.4 = 0.88. To end under 0.95, rounded to three digits half-even, E < 0.9495, so
    // that the quality must be under (0.9495 − 0.4) ÷ 0.6 = 0.91583… and the other six months under twice that less 0.8.
    [Fact]
    public void The_rest_that_a_row_needs_is_solved()
    {
        LookAhead ahead = AheadYear.Ahead([.. AheadYear.Readings(0.8m)], 6);
        Assert.Equal((6, 0.88m, Direction.DownstreamPays), (ahead.MonthsOver, ahead.Index, ahead.SoFar.Direction));
        AheadNeed need = ahead.Needs.Single(n => n.Row.Id == "III-1");
        Assert.Equal((Rounded((2 * 0.5495m / 0.6m) - 0.8m), 0m), (Rounded(need.Together!.High), need.Together.Low));
        // Alone: 0.15 × r = 0.9495 − (0.88 − 0.15 × 0.8), and the mean of twelve months is r × 3.30.
        decimal alone = ((0.9495m - 0.76m) / 0.15m * 2 * 3.30m) - (0.8m * 3.30m);
        Assert.Equal(Rounded(alone), Rounded(need.Terms.Single(t => t.Measurand == "w01019").Mean!.High));
        Assert.All(ahead.Terms.Where(t => t.MonthsLeft == 1), t => Assert.True(t.IsAssumed));
    }

    [Fact]
    public void The_terms_that_push_most_come_first()
    {
        List<Reading> year = AheadYear.Readings(1m);
        year.RemoveAll(r => r.Measurand is "w21003" or "w21011");
        foreach (int month in Enumerable.Range(1, 12))
        {
            year.Add(AheadYear.Reading("w21003", month, 0.55m * 1.4m));
            year.Add(AheadYear.Reading("w21011", month, 0.105m * 0.4m));
        }
        LookAhead ahead = AheadYear.Ahead(year, 5);
        Assert.Equal(["w21011", "w21003"], ahead.Terms.Take(2).Select(t => t.Measurand));
        Assert.Equal([-0.09m, 0.06m], ahead.Terms.Take(2).Select(t => decimal.Round(t.Push, 9)));
    }

    [Fact]
    public void A_month_that_is_lost_where_twelve_are_needed_is_certain_to_suspend()
    {
        List<Reading> year = AheadYear.Readings(1m);
        year.RemoveAll(r => r.Measurand == "w21003" && Period.DayOf(r.Time, AheadYear.Programme.Zone).Month == 3);
        Assert.Null(AheadYear.Ahead(year, 2).Certain);
        Assert.Equal(Direction.Suspended, AheadYear.Ahead(year, 3).Certain?.Direction);
    }

    [Fact]
    public void Nothing_is_certain_without_an_upper_bound_while_the_water_is_good() =>
        Assert.All(Enumerable.Range(0, 12), m => Assert.Null(AheadYear.Ahead(AheadYear.Readings(0.5m), m).Certain));

    [Fact]
    public void The_outcome_that_is_called_certain_is_never_wrong()
    {
        int certain = 0;
        Prop.ForAll(Years().ToArbitrary(), year =>
        {
            RiverProgramme terms = Bounded(year.Factors[0] % 2 == 0 ? ClassBasis.Target : ClassBasis.Measured);
            List<Reading> readings = Readings(year);
            RiverAssessment end = AheadYear.Assess(readings, terms);
            for (int month = 0; month <= 12; month++)
            {
                LookAhead ahead = AheadYear.Ahead(readings, month, terms);
                Assert.Contains(
                    ahead.Possible!, o => o.Direction == end.Direction && (o.Yuan is null || o.Yuan == end.AmountYuan));
                if (ahead.Certain is not AheadOutcome sure) continue;
                if (month < 12) certain++;
                Assert.Equal((end.Direction, end.AmountYuan), (sure.Direction, sure.Yuan ?? end.AmountYuan));
            }
            Assert.NotNull(AheadYear.Ahead(readings, 12, terms).Certain);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
        // A property about what never happens would prove nothing.
        Assert.True(certain > 20, $"only {certain} were certain before the end");
    }

    [Fact]
    public void A_warning_comes_before_each_band_that_is_crossed()
    {
        int crossed = 0;
        Prop.ForAll(Years().ToArbitrary(), year =>
        {
            RiverProgramme terms = Bounded();
            List<Reading> readings = Readings(year);
            LookAhead before = AheadYear.Ahead(readings, 1, terms);
            for (int month = 2; month <= 12; month++)
            {
                LookAhead now = AheadYear.Ahead(readings, month, terms);
                if (now.SoFar != before.SoFar)
                {
                    crossed++;
                    Assert.Contains(before.Warnings, w => w.Beyond.Direction == now.SoFar.Direction);
                }
                before = now;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
        Assert.True(crossed > 50, $"only {crossed} were crossed");
    }

    // 0.6 × q + 0.4 = 0.97 is 0.02 from 0.95 and 0.03 from 1.0.
    [Fact]
    public void Set_distances_are_kept_from_both_edges()
    {
        LookAhead ahead = AheadYear.Ahead(AheadYear.Readings(0.95m), 6);
        Assert.Equal(0.97m, ahead.Index);
        Assert.Equal(
            [(0.02m, 0.95m, Direction.DownstreamPays), (0.05m, 1.0m, Direction.UndefinedInSource)],
            ahead.Warnings.Where(w => w.Kind == AheadWarningKind.Near)
                .Select(w => (w.Distance!.Value, w.Edge!.Value, w.Beyond.Direction)));
    }

    private static decimal Rounded(decimal? number) => decimal.Round(number!.Value, 20);

    // Hundredths of the baseline for each month, and of the yearly figures.
    private static Gen<(int[] Factors, int Yearly)> Years() =>
        from level in Gen.Choose(0, 160)
        from swing in Gen.Choose(0, 60)
        from months in Gen.ArrayOf(Gen.Choose(-swing, swing), 12)
        from yearly in Gen.Choose(60, 140)
        select (months.Select(m => Math.Clamp(level + m, 0, 160)).ToArray(), yearly);

    private static List<Reading> Readings((int[] Factors, int Yearly) year)
    {
        List<Reading> readings = [.. year.Factors.SelectMany((f, i) => AheadYear.Month(i + 1, f / 100m))];
        // The bureau's yearly figures come in August, so that some years have an end before their end.
        readings.AddRange(new[] { Measurands.WaterUse, Measurands.WaterIntensity }.Select(
            code => AheadYear.Reading(code, 8, AheadYear.Section.Baseline[code] * year.Yearly / 100m, day: 3)));
        return readings;
    }
}
