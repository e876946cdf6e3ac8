using FsCheck;
using FsCheck.Fluent;
using Monitor.Domain.Readings;
using Monitor.Rules.Screening;
using Xunit;

namespace Monitor.Tests.Rules.Screening;

public sealed class ScreeningTests
{
    private static readonly ScreeningLimits AllTests = new()
    {
        GrossRange = new GrossRangeLimits(new(0, 100), new ValueRange(1, 50)),
        Climatology = new ClimatologyLimits([ClimatologyMember.Of(ClimatologyPeriod.Month, 1, 12, new(0, 90))]),
        Spike = new SpikeLimits(5, 10),
        RateOfChange = new RateOfChangeLimits(0.01m, 0.1m),
        FlatLine = new FlatLineLimits(3600, 7200, 0.001m),
        Attenuated = new AttenuatedSignalLimits(0.01m, 0.001m, SignalCheck.StandardDeviation, 7200),
        Gap = new TimeGapLimits(900, 3600),
    };

    [Fact]
    public void Nothing_in_gives_nothing_out()
    {
        ScreeningOutcome outcome = SeriesScreening.Run([], [], AllTests);
        Assert.Empty(outcome.Flags);
        Assert.Equal(
            ["gross_range", "climatology", "spike", "rate_of_change", "flat_line", "attenuated", "gap"],
            outcome.Tests.Select(t => t.Test));
        Assert.All(outcome.Tests, t => Assert.Empty(t.Flags));
    }

    [Fact]
    public void One_value_alone_is_judged_by_what_needs_no_neighbour()
    {
        ScreeningOutcome outcome = SeriesScreening.Run(Series.Times(1, 900), [51m], AllTests);
        Assert.Equal("3 1 2 1 1 4 2", Series.Text(outcome.Tests.Select(t => t.Flags[0])));
        Assert.Equal(QcFlag.Fail, outcome.Flags[0]);
    }

    // 2 stands 2 − (1 + 1)/2 = 1 above its neighbours' mean.
    [Theory]
    [InlineData("1", "2 1 2")]
    [InlineData("0.99", "2 3 2")]
    [InlineData("0", "2 1 2")]
    [InlineData("_", "2 1 2")]
    public void A_spike_must_exceed_its_threshold_and_zero_is_off(string suspect, string flags) =>
        Assert.Equal(flags, Series.Text(Spike.Test([1m, 2m, 1m], new SpikeLimits(Series.Values(suspect)[0], null))));

    [Fact]
    public void A_rate_of_zero_is_a_real_threshold()
    {
        Instant[] times = Series.Times(3, 900);
        Assert.Equal("1 1 3", Series.Text(RateOfChange.Test(times, Series.Values("1 1 1.001"), new(0, null))));
        Assert.Equal("1 1 1", Series.Text(RateOfChange.Test(times, Series.Values("1 1 1.001"), new(null, null))));
    }

    [Fact]
    public void A_rate_exactly_at_the_threshold_is_good()
    {
        // (3.25 − 1) / 900 s = 0.0025
        decimal?[] values = Series.Values("1 3.25");
        Assert.Equal("1 1", Series.Text(RateOfChange.Test(Series.Times(2, 900), values, new(0.0025m, null))));
        Assert.Equal("1 3", Series.Text(RateOfChange.Test(Series.Times(2, 900), values, new(0.00249m, null))));
    }

    [Fact]
    public void The_default_tolerance_never_calls_a_line_flat() =>
        Assert.Equal("1 1 1 1", Series.Text(FlatLine.Test(Series.Times(4, 1), Series.Values("5 5 5 5"), new(1, 2))));

    [Fact]
    public void A_gap_flags_the_value_after_it_and_only_when_longer()
    {
        Instant[] times = [new(0), new(900_000), new(1_800_001), new(9_000_000), new(9_000_000)];
        Assert.Equal("2 1 3 4 9", Series.Text(TimeGap.Test(times, Series.Values("1 1 1 1 _"), new(900, 3600))));
    }

    [Fact]
    public void Months_count_in_the_calendar_of_the_offset()
    {
        // 2024-12-31T16:00Z is 2025-01-01T00:00+08:00.
        Instant[] times = [Instant.From(new DateTimeOffset(2024, 12, 31, 16, 0, 0, TimeSpan.Zero))];
        ClimatologyMember january = ClimatologyMember.Of(ClimatologyPeriod.Month, 1, 1, new(0, 10));
        Assert.Equal("2", Series.Text(Climatology.Test(times, [5m], new([january]))));
        Assert.Equal("1", Series.Text(Climatology.Test(times, [5m], new([january], TimeSpan.FromHours(8)))));
    }

    [Fact]
    public void The_last_member_that_applies_decides()
    {
        ClimatologyMember year = ClimatologyMember.Of(ClimatologyPeriod.Month, 1, 12, new(0, 10));
        ClimatologyMember january = ClimatologyMember.Of(ClimatologyPeriod.Month, 1, 1, new(4, 6));
        Instant[] times = Series.Times(1, 1);
        Assert.Equal("3", Series.Text(Climatology.Test(times, [8m], new([year, january]))));
        Assert.Equal("1", Series.Text(Climatology.Test(times, [8m], new([january, year]))));
    }

    [Fact]
    public void A_huge_value_is_judged_and_does_not_overflow()
    {
        decimal?[] values = [1m, 9_223_372_036_854_775_807m, 1.000000000000000001m, -9_223_372_036_854_775_807m];
        ScreeningOutcome outcome = SeriesScreening.Run(Series.Times(4, 900), values, AllTests);
        Assert.Equal(QcFlag.Fail, outcome.Flags[1]);
        Assert.Equal(QcFlag.Fail, outcome.Flags[3]);
    }

    [Theory]
    [InlineData("N", null)]
    [InlineData("", null)]
    [InlineData("T", 3)]
    [InlineData("L", 3)]
    [InlineData("S", 3)]
    [InlineData("M", 4)]
    [InlineData("C", 4)]
    [InlineData("D", 4)]
    [InlineData("F", 4)]
    [InlineData("B", 4)]
    [InlineData("P", 4)]
    [InlineData("Z", 4)]
    [InlineData("sc", 4)]
    [InlineData("cz", 4)]
    [InlineData("cs", 4)]
    [InlineData("hd", 4)]
    [InlineData("n", 4)]
    [InlineData("xx", 4)]
    public void A_mark_of_the_device_has_its_flag(string status, int? flag) =>
        Assert.Equal((QcFlag?)flag, DeviceStatusFlag.Of(status));

    [Fact]
    public void A_value_its_device_doubts_does_not_condemn_its_neighbours()
    {
        var limits = new ScreeningLimits { Spike = new SpikeLimits(25, 50) };
        decimal?[] values = Series.Values("10 12 999.99 13 15 14");
        Assert.Equal("2 4 4 4 1 2", Series.Text(SeriesScreening.Run(Series.Times(6, 900), values, limits).Flags));
        ScreeningOutcome marked = SeriesScreening.Run(
            Series.Times(6, 900), values, limits, ["N", "N", "D", "N", "N", "N"]);
        Assert.Equal("2 2 4 2 1 2", Series.Text(marked.Flags));
    }

    [Fact]
    public void A_missing_value_is_missing_whatever_the_tests_and_marks()
    {
        ScreeningOutcome outcome = SeriesScreening.Run(Series.Times(2, 900), [null, null], AllTests, ["D", "N"]);
        Assert.Equal("9 9", Series.Text(outcome.Flags));
        Assert.Equal("2", Series.Text(SeriesScreening.Run(Series.Times(1, 1), [1m], new ScreeningLimits()).Flags));
    }

    [Fact]
    public void Limits_that_contradict_themselves_and_series_out_of_order_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new ValueRange(2, 1));
        Assert.Throws<ArgumentException>(() => new GrossRangeLimits(new(0, 10), new ValueRange(-1, 5)));
        Assert.Throws<ArgumentException>(() => new SpikeLimits(-1, null));
        Assert.Throws<ArgumentException>(() => new AttenuatedSignalLimits(1, 1, SignalCheck.Range, 10, 1, 1));
        Assert.Throws<ArgumentException>(() => SeriesScreening.Run([new(2), new(1)], [1m, 1m], AllTests));
        Assert.Throws<ArgumentException>(() => SeriesScreening.Run([new(2)], [1m, 1m], AllTests));
    }

    [Fact]
    public void Every_value_gets_a_flag_and_exactly_the_missing_ones_are_missing()
    {
        Gen<decimal?> value = Gen.OneOf(
            Gen.Constant<decimal?>(null), Gen.Choose(-200, 20_000).Select(n => (decimal?)(n / 100m)));
        Prop.ForAll(value.ArrayOf().ToArbitrary(), values =>
        {
            ScreeningOutcome outcome = SeriesScreening.Run(Series.Times(values.Length, 900), values, AllTests);
            return outcome.Flags.Count == values.Length && outcome.Flags.Zip(values).All(
                p => p.First == QcFlag.Missing == (p.Second is null) && Enum.IsDefined(p.First));
        }).QuickCheckThrowOnFailure();
    }

    // The window slides with exact sums; the twin sums each window afresh.
    [Fact]
    public void A_sliding_deviation_equals_one_computed_afresh()
    {
        var limits = new AttenuatedSignalLimits(2, 1, SignalCheck.StandardDeviation, 4 * 900);
        Prop.ForAll(Gen.Choose(-3, 9).ArrayOf().ToArbitrary(), numbers =>
        {
            decimal?[] values = [.. numbers.Select(n => (decimal?)n)];
            QcFlag[] flags = AttenuatedSignal.Test(Series.Times(values.Length, 900), values, limits);
            for (int i = 0; i < numbers.Length; i++)
            {
                int[] window = numbers[Math.Max(0, i - 3)..(i + 1)];
                double mean = window.Average();
                double variance = window.Sum(n => (n - mean) * (n - mean)) / window.Length;
                var expected = variance < 1 - 1e-9 ? QcFlag.Fail : variance < 4 - 1e-9 ? QcFlag.Suspect : QcFlag.Good;
                if (flags[i] != expected) return false;
            }
            return true;
        }).QuickCheckThrowOnFailure();
    }
}
