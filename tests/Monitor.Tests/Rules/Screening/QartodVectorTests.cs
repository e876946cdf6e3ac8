using System.Globalization;
using Monitor.Domain.Readings;
using Monitor.Rules.Screening;
using Xunit;

namespace Monitor.Tests.Rules.Screening;

/// <summary>The published numbers of ioos_qc's tests/test_qartod.py (Apache-2.0, commit 9c1853a4).</summary>
public sealed class QartodVectorTests
{
    private const string Steps = "2 10 2.1 3 4 5 7 10 0 2 2.2 2 1 2 3 90 91 92 93 1 2 3 4 5";

    [Fact]
    public void Gross_range()
    {
        var limits = new GrossRangeLimits(new(10, 50), new ValueRange(20, 40));
        Assert.Equal("4 3 3 1 1 1 1 1 3 4",
            Series.Text(GrossRange.Test(Series.Values("5 10 15 20 25 30 35 40 45 51"), limits)));
    }

    [Theory]
    [InlineData("10 12 999.99 13 15 40 9 9", "2 4 4 4 1 3 1 2")]
    [InlineData("-10 -12 -999.99 -13 -15 -40 -9 -9", "2 4 4 4 1 3 1 2")]
    [InlineData("10 12 999.99 13 15 40 9 9 _ 10 10 999.99 10 _", "2 4 4 4 1 3 1 2 9 2 4 4 2 9")]
    public void Spike_by_the_mean_of_the_neighbours(string values, string flags) =>
        Assert.Equal(flags, Series.Text(Spike.Test(Series.Values(values), new SpikeLimits(25, 50))));

    [Theory]
    [InlineData(SpikeMethod.Average, "2 3 1 1 4 3 1 3 1 1 3 1 4 4 2 9 2 2")]
    [InlineData(SpikeMethod.Differential, "2 1 1 1 4 1 1 3 1 1 3 1 1 4 2 9 2 2")]
    public void Spike_by_both_methods(SpikeMethod method, string flags)
    {
        decimal?[] values = Series.Values("3 4.99 5 6 8 6 6 6.75 6 6 5.3 6 6 9 5 _ 4 4");
        Assert.Equal(flags, Series.Text(Spike.Test(values, new SpikeLimits(0.5m, 1, method))));
    }

    // 10/900 as a decimal is a little less than ten in 900 s, so the step of exactly 10 exceeds it, as in the original.
    [Theory]
    [InlineData(Steps, false, "1 3 3 1 1 1 1 1 3 1 1 1 1 1 1 3 1 1 1 3 1 1 1 1")]
    [InlineData(Steps, true, "1 3 3 1 1 1 1 1 4 1 1 1 1 1 1 4 1 1 1 4 1 1 1 1")]
    [InlineData("2 10 2 3 _ _ 7 10", false, "1 3 3 1 9 9 1 1")]
    public void Rate_of_change(string text, bool fails, string flags)
    {
        decimal?[] values = Series.Values(text);
        var limits = new RateOfChangeLimits(5m / 900, fails ? 10m / 900 : null);
        Assert.Equal(flags, Series.Text(RateOfChange.Test(Series.Times(values.Length, 900), values, limits)));
    }

    [Theory]
    [InlineData(900, 3000, 4800, "0.01", "1 2 2.0001 2 2.0001 2 2.0001 2 4 5 3 3.0001 3.0005 3.00001",
        "1 1 1 1 3 3 4 4 1 1 1 1 1 3")]
    [InlineData(900, 3000, 4800, "0.01", "1 _ _ 2 2.0001 2 2.0001 2 4 _ 3 _ _ 3.00001",
        "1 9 9 1 3 3 4 4 1 9 1 9 9 3")]
    [InlineData(1, 3, 5, "0.1", "5 5 5 5 5 5", "1 1 1 3 3 4")]
    [InlineData(1, 3, 6, "4", "1 1 1 1 1 6 5 4 3 2", "1 1 1 3 3 1 1 1 3 3")]
    public void Flat_line(int step, int suspect, int fail, string tolerance, string text, string flags)
    {
        decimal?[] values = Series.Values(text);
        var limits = new FlatLineLimits(suspect, fail, decimal.Parse(tolerance, CultureInfo.InvariantCulture));
        Assert.Equal(flags, Series.Text(FlatLine.Test(Series.Times(values.Length, step), values, limits)));
    }

    [Theory]
    [InlineData(SignalCheck.StandardDeviation, "0.75", "0.5", null, null, "1 2 3 4", "1 1 1 1")]
    [InlineData(SignalCheck.StandardDeviation, "5", "0", null, null, "1 2 3 4", "3 3 3 3")]
    [InlineData(SignalCheck.StandardDeviation, "10", "8", null, null, "1 1 1 1", "4 4 4 4")]
    [InlineData(SignalCheck.StandardDeviation, "100000", "1000", null, null, "10 20 30 40", "4 4 4 4")]
    [InlineData(SignalCheck.Range, "50", "31", null, null, "10 20 30 40", "4 4 4 4")]
    [InlineData(SignalCheck.Range, "31", "10", null, null, "10 20 30 40", "3 3 3 3")]
    [InlineData(SignalCheck.Range, "100", "10", 2, 0, "1 2 3 100 1000", "4 4 4 3 1")]
    [InlineData(SignalCheck.Range, "100", "10", 2, 2, "1 2 3 100 1000", "2 4 4 3 1")]
    [InlineData(SignalCheck.Range, "100", "50", 2, 2, "1 _ 10 100 1000", "2 9 2 3 1")]
    public void Attenuated_signal(
        SignalCheck check, string suspect, string fail, int? days, int? valuesMin, string text, string flags)
    {
        decimal?[] values = Series.Values(text);
        var limits = new AttenuatedSignalLimits(
            decimal.Parse(suspect, CultureInfo.InvariantCulture), decimal.Parse(fail, CultureInfo.InvariantCulture),
            check, days * 86_400, valuesMin);
        Assert.Equal(flags, Series.Text(AttenuatedSignal.Test(Series.Times(values.Length, 86_400), values, limits)));
    }

    [Theory]
    [InlineData(ClimatologyPeriod.Month, 0, 3)]
    [InlineData(ClimatologyPeriod.Week, 0, 12)]
    [InlineData(ClimatologyPeriod.DayOfYear, 0, 90)]
    [InlineData(ClimatologyPeriod.Quarter, 0, 1)]
    public void Climatology_by_a_period(ClimatologyPeriod period, int first, int last)
    {
        var limits = new ClimatologyLimits([ClimatologyMember.Of(period, first, last, new ValueRange(10, 20))]);
        Instant[] times = [Day(2011, 2, 2), Day(2013, 2, 3), Day(2011, 4, 1), Day(2011, 12, 31), Day(2020, 2, 29)];
        Assert.Equal("3 1 2 2 1", Series.Text(Climatology.Test(times, Series.Values("9 11 21 21 15"), limits)));
    }

    [Fact]
    public void Climatology_by_dates_and_depth_with_all_ends_inside()
    {
        var member = new ClimatologyMember(
            null, null, (Day(2019, 11, 1), Day(2020, 2, 4)),
            new ValueRange(50, 60), new ValueRange(40, 70), new ValueRange(0, 10));
        var limits = new ClimatologyLimits([member]);
        (Instant Time, decimal? Value, decimal? Depth, int Flag)[] rows =
        [
            (Day(2019, 11, 1), 50, 0, 1),    // every first end
            (Day(2020, 2, 4), 60, 10, 1),    // every last end
            (Day(2020, 1, 1), 40, 5, 3),     // on the end of failing: suspect
            (Day(2020, 1, 1), 70, 5, 3),
            (Day(2020, 1, 1), 39, 5, 4),
            (Day(2020, 1, 1), 71, 5, 4),
            (Day(2020, 1, 1), 61, 5, 3),
            (Day(2020, 1, 1), 55, 11, 2),    // too deep
            (Day(2020, 1, 1), 55, null, 2),  // no depth
            (Day(2019, 10, 31), 55, 5, 2),   // too early
            (Day(2020, 2, 5), 55, 5, 2),     // too late
            (Day(2020, 1, 1), null, 5, 9),
        ];
        QcFlag[] flags = Climatology.Test(
            [.. rows.Select(r => r.Time)], [.. rows.Select(r => r.Value)], limits, [.. rows.Select(r => r.Depth)]);
        Assert.Equal(rows.Select(r => (QcFlag)r.Flag), flags);
    }

    [Fact]
    public void Flags_roll_up_in_the_order_9_2_1_3_4()
    {
        QcFlag[][] tests =
        [
            Series.Flags("1 1 1 9 1 1 9 9"),
            Series.Flags("2 1 1 1 1 1 9 9"),
            Series.Flags("1 3 3 4 3 1 2 9"),
        ];
        Assert.Equal("1 3 3 4 3 1 2 9", Series.Text(FlagRollUp.Combine(tests)));
    }

    private static Instant Day(int year, int month, int day) =>
        Instant.From(new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero));
}
