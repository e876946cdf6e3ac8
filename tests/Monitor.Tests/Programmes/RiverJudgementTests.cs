using FsCheck;
using Xunit;
using FsCheck.Fluent;
using Monitor.Domain.Readings;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Tests.Programmes;

public sealed class RiverJudgementTests
{
    [Theory]
    [InlineData("OJ-05", "0.949", Direction.DownstreamPays, "III-1")]
    [InlineData("OJ-05", "0.95", Direction.None, "III-3")]
    [InlineData("OJ-05", "1", Direction.None, "III-3")]
    [InlineData("OJ-05", "1.001", Direction.UndefinedInSource, "III-gap")]
    [InlineData("OJ-05", "1.05", Direction.UndefinedInSource, "III-gap")]
    [InlineData("OJ-05", "1.051", Direction.UpstreamPays, "III-2")]
    [InlineData("OJ-01", "0.899", Direction.DownstreamPays, "II-1")]
    [InlineData("OJ-01", "1.1", Direction.None, "II-3")]
    [InlineData("OJ-01", "1.101", Direction.UpstreamPays, "II-2")]
    public void A_year_at_a_multiple_of_its_baseline_has_that_index(
        string section, string factor, Direction direction, string row)
    {
        decimal e = decimal.Parse(factor, System.Globalization.CultureInfo.InvariantCulture);
        RiverAssessment a = OuRiver.Assess(section, OuRiver.Year(section, e));
        Assert.Equal(e, a.Index);
        Assert.Equal((direction, row), (a.Direction, a.Band?.Id));
    }

    // E = 0.6 × 1 × (0.25 r₁ + 0.25 r₂ + 0.25 r₃ + 0.25 r₄) + 0.2 W/W₀ + 0.2 U/U₀
    [Fact]
    public void The_index_is_the_weighted_sum_of_the_ratios()
    {
        List<Reading> year = OuRiver.Year("OJ-05", 1);
        year.RemoveAll(r => r.Measurand == Measurands.WaterUse);
        year.Add(OuRiver.Reading(Measurands.WaterUse, year[0].Time.UnixMilliseconds, 12800m * 1.5m));
        RiverAssessment a = OuRiver.Assess("OJ-05", year);
        Assert.Equal((0.6m * 1) + (0.2m * 1.5m) + (0.2m * 1), a.Index);
        Assert.Equal([0.15m, 0.15m, 0.15m, 0.15m, 0.2m, 0.2m], a.Terms.Select(t => t.Weight));
    }

    [Fact]
    public void The_index_is_rounded_once_before_the_table_is_looked_up()
    {
        // 1.0004 rounds to 1.000, which the table calls none; unrounded it would lie in the hole.
        RiverAssessment a = OuRiver.Assess("OJ-05", OuRiver.Year("OJ-05", 1.0004m));
        Assert.Equal(1.0004m, a.UnroundedIndex);
        Assert.Equal((1.000m, Direction.None), (a.Index!.Value, a.Direction));
    }

    [Fact]
    public void Who_pays_whom_follows_the_direction()
    {
        RiverAssessment better = OuRiver.Assess("OJ-05", OuRiver.Year("OJ-05", 0.8m));
        Assert.Equal(
            ("莲都区人民政府", "缙云县人民政府", 8_000_000m),
            (better.Payer!.Chinese, better.Payee!.Chinese, better.AmountYuan!.Value));
        RiverAssessment worse = OuRiver.Assess("OJ-05", OuRiver.Year("OJ-05", 1.2m));
        Assert.Equal(("缙云县人民政府", "莲都区人民政府"), (worse.Payer!.Chinese, worse.Payee!.Chinese));
        RiverAssessment open = OuRiver.Assess("OJ-05", OuRiver.Year("OJ-05", 1.02m));
        Assert.Equal((null, null, null), (open.Payer, open.Payee, open.AmountYuan));
        RiverAssessment even = OuRiver.Assess("OJ-05", OuRiver.Year("OJ-05", 1m));
        Assert.Equal((null, 0m), (even.Payer, even.AmountYuan!.Value));
    }

    [Fact]
    public void A_year_with_a_month_of_too_few_days_is_suspended_and_says_which_measurand()
    {
        Period july = Period.OfMonth(2025, 7, OuRiver.Programme.Zone);
        // 31 days × 60 % = 18.6: 18 valid days are too few, 19 are enough.
        static bool Keep(Reading r, Period month, int days) =>
            r.Measurand != "w21003" || !month.Contains(r.Time)
            || r.Time.UnixMilliseconds < month.Start.UnixMilliseconds + (days * 86_400_000L);
        List<Reading> year = OuRiver.Year("OJ-05", 1);
        RiverAssessment few = OuRiver.Assess("OJ-05", year.Where(r => Keep(r, july, 18)));
        Assert.Equal((Direction.Suspended, null, null), (few.Direction, few.Index, few.AmountYuan));
        Assert.Contains(few.Reasons, r => r.English == "w21003: only 11 of 12 months are valid");
        Assert.Equal(Direction.None, OuRiver.Assess("OJ-05", year.Where(r => Keep(r, july, 19))).Direction);
    }

    [Fact]
    public void A_year_without_any_reading_is_suspended()
    {
        RiverAssessment a = OuRiver.Assess("OJ-05", []);
        Assert.Equal((Direction.Suspended, null, null), (a.Direction, a.Index, a.MeasuredClass));
    }

    [Fact]
    public void A_month_is_judged_by_water_quality_alone()
    {
        RiverAssessment march = OuRiver.Assess("OJ-05", OuRiver.Year("OJ-05", 1.2m), "2025-03");
        Assert.Equal(1.2m, march.Index);
        Assert.Equal([0.25m, 0.25m, 0.25m, 0.25m], march.Terms.Select(t => t.Weight));
        Assert.Equal(31 * 6, march.Terms[0].Expected);
    }

    [Fact]
    public void Days_begin_at_midnight_in_Beijing()
    {
        // 2024-12-31T16:00Z is 2025-01-01T00:00+08:00, the first reading of the year; four hours before is not in it.
        Period year = Period.OfYear(2025, OuRiver.Programme.Zone);
        Assert.Equal("2024-12-31T16:00:00.000Z", year.Start.ToString());
        List<Reading> readings = OuRiver.Year("OJ-05", 1);
        readings.Add(OuRiver.Reading("w21003", year.Start.UnixMilliseconds - 1, 9));
        readings.Add(OuRiver.Reading("w21003", year.End.UnixMilliseconds, 9));
        Assert.Equal(1m, OuRiver.Assess("OJ-05", readings).Index);
    }

    [Theory]
    [InlineData("M")]
    [InlineData("C")]
    [InlineData("D")]
    [InlineData("T")]
    [InlineData("sc")]
    public void A_value_that_its_device_doubts_is_not_counted(string status)
    {
        List<Reading> year = OuRiver.Year("OJ-05", 1);
        int at = year.FindIndex(r => r.Measurand == "w21003");
        year[at] = OuRiver.Reading("w21003", year[at].Time.UnixMilliseconds, 9.9m, status);
        RiverAssessment a = OuRiver.Assess("OJ-05", year);
        Assert.Equal(1m, a.Index);
        MeasurandFigure figure = a.Figures.Single(f => f.Measurand == "w21003");
        Assert.Equal((2189, 2190), (figure.Count, figure.Expected));
        Assert.Equal(("status-" + status, 1), (figure.Excluded[0].Reason, figure.Excluded[0].Count));
    }

    [Fact]
    public void A_value_below_detection_counts_as_half_its_limit()
    {
        List<Reading> year = OuRiver.Year("OJ-05", 1);
        Period year2025 = Period.OfYear(2025, OuRiver.Programme.Zone);
        year.RemoveAll(r => r.Measurand == "w21003");
        for (long t = year2025.Start.UnixMilliseconds; t < year2025.End.UnixMilliseconds; t += 4 * 3_600_000)
        {
            year.Add(OuRiver.Reading("w21003", t, 0.025m, qualifier: Qualifier.Below));
        }
        MeasurandFigure figure = OuRiver.Assess("OJ-05", year).Figures.Single(f => f.Measurand == "w21003");
        Assert.Equal((0.0125m, 2190), (figure.Value!.Value, figure.BelowDetection));
    }

    [Fact]
    public void Different_values_at_one_moment_are_set_aside_until_a_person_says_which_holds()
    {
        List<Reading> year = OuRiver.Year("OJ-05", 1);
        int at = year.FindIndex(r => r.Measurand == "w21003");
        year.Add(OuRiver.Reading("w21003", year[at].Time.UnixMilliseconds, 0.9m));
        MeasurandFigure figure = OuRiver.Assess("OJ-05", year).Figures.Single(f => f.Measurand == "w21003");
        Assert.Equal([new Exclusion("conflict", QcFlag.Suspect, 2)], figure.Excluded);
    }

    // −log₁₀((10⁻⁶·⁹ + 10⁻⁷·¹) ÷ 2) = 6.9 − log₁₀((1 + 10⁻⁰·²) ÷ 2) = 6.988587392869641495…, not 7.
    [Fact]
    public void Ph_is_averaged_as_hydrogen_ions()
    {
        List<Reading> year = OuRiver.Year("OJ-05", 1);
        for (int i = 0; i < year.Count; i++)
        {
            Reading r = year[i];
            if (r.Measurand != "w01001") continue;
            bool even = r.Time.UnixMilliseconds / (4 * 3_600_000) % 2 == 0;
            year[i] = OuRiver.Reading("w01001", r.Time.UnixMilliseconds, even ? 6.9m : 7.1m);
        }
        decimal ph = OuRiver.Assess("OJ-05", year).Figures.Single(f => f.Measurand == "w01001").Value!.Value;
        Assert.Equal(6.988587392869641m, decimal.Round(ph, 15));
    }

    [Fact]
    public void The_measured_class_is_that_of_the_worst_mean()
    {
        // CODMn 3.30, NH₃-N 0.55, TP 0.105: class II, III, III; pH 7 and DO 8 are class I.
        Assert.Equal(SurfaceWaterClass.III, OuRiver.Assess("OJ-05", OuRiver.Year("OJ-05", 1)).MeasuredClass);
    }

    [Fact]
    public void Order_and_repeats_of_readings_change_no_byte() => Prop.ForAll(
        Gen.Choose(int.MinValue, int.MaxValue).ToArbitrary(),
        seed =>
        {
            var random = new Random(seed);
            List<Reading> year = [.. OuRiver.Year("OJ-05", 1.02m).Select(r => Wobble(r, random))];
            byte[] straight = CanonicalAssessment.Write(OuRiver.Assess("OJ-05", year));
            Reading[] mixed = [.. year, .. year.Where(_ => random.Next(5) == 0)];
            random.Shuffle(mixed);
            Assert.Equal(straight, CanonicalAssessment.Write(OuRiver.Assess("OJ-05", mixed)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10));

    private static Reading Wobble(Reading r, Random random)
    {
        decimal value = decimal.Round(r.Value.ToDecimal() * (decimal)(0.9 + (0.2 * random.NextDouble())), 3);
        return OuRiver.Reading(r.Measurand, r.Time.UnixMilliseconds, value, random.Next(50) == 0 ? "M" : "N");
    }
}
