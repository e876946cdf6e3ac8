using Monitor.Domain.Readings;

namespace Monitor.Rules.Screening;

/// <summary>The flags of one test.</summary>
/// <param name="Test">Its word in the limits: <c>gross_range</c>, <c>spike</c> and so on; <c>device_status</c>.</param>
/// <param name="Flags">One per value.</param>
public sealed record TestFlags(string Test, IReadOnlyList<QcFlag> Flags);

/// <summary>What screening says of a series.</summary>
/// <param name="Flags">One flag per value, rolled up.</param>
/// <param name="Tests">The tests that were run, in a fixed order.</param>
public sealed record ScreeningOutcome(IReadOnlyList<QcFlag> Flags, IReadOnlyList<TestFlags> Tests);

/// <summary>All tests of one series at once: the same series and limits give the same flags for ever.</summary>
public static class SeriesScreening
{
    /// <summary>
    /// Screens a series. A value that its device marks as other than normal gets the flag of its mark, and to the other
    /// tests it is missing, so that it does not condemn its neighbours. A missing value is always
    /// <see cref="QcFlag.Missing"/>; a value that no test evaluates is <see cref="QcFlag.NotEvaluated"/>.
    /// </summary>
    /// <param name="times">Moments, not descending.</param>
    /// <param name="values">Values; null is missing.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="statuses">The devices' marks, as many as the values; empty where all are normal.</param>
    /// <exception cref="ArgumentException">The times go back, or lengths differ.</exception>
    public static ScreeningOutcome Run(
        ReadOnlySpan<Instant> times,
        ReadOnlySpan<decimal?> values,
        ScreeningLimits limits,
        ReadOnlySpan<string> statuses = default)
    {
        ArgumentNullException.ThrowIfNull(limits);
        Thresholds.CheckLengths(times.Length, values.Length);
        Thresholds.CheckOrder(times);
        var tests = new List<TestFlags>();
        var usable = values.ToArray();
        QcFlag[]? marks = statuses.IsEmpty ? null : Marks(statuses, usable);
        if (limits.GrossRange is { } range) tests.Add(new("gross_range", GrossRange.Test(usable, range)));
        if (limits.Climatology is { } years) tests.Add(new("climatology", Climatology.Test(times, usable, years)));
        if (limits.Spike is { } spike) tests.Add(new("spike", Spike.Test(usable, spike)));
        if (limits.RateOfChange is { } rate) tests.Add(new("rate_of_change", RateOfChange.Test(times, usable, rate)));
        if (limits.FlatLine is { } flat) tests.Add(new("flat_line", FlatLine.Test(times, usable, flat)));
        if (limits.Attenuated is { } weak) tests.Add(new("attenuated", AttenuatedSignal.Test(times, usable, weak)));
        if (limits.Gap is { } gap) tests.Add(new("gap", TimeGap.Test(times, usable, gap)));
        if (marks is not null) tests.Add(new("device_status", marks));

        var flags = new QcFlag[values.Length];
        for (int i = 0; i < flags.Length; i++)
        {
            flags[i] = QcFlag.NotEvaluated;
            foreach (TestFlags test in tests) flags[i] = FlagRollUp.Worse(flags[i], test.Flags[i]);
            if (values[i] is null) flags[i] = QcFlag.Missing;
        }
        return new ScreeningOutcome(flags, tests);
    }

    // Also takes the marked values out of the series.
    private static QcFlag[] Marks(ReadOnlySpan<string> statuses, decimal?[] usable)
    {
        Thresholds.CheckLengths(statuses.Length, usable.Length);
        var flags = new QcFlag[usable.Length];
        for (int i = 0; i < flags.Length; i++)
        {
            QcFlag? mark = DeviceStatusFlag.Of(statuses[i]);
            flags[i] = usable[i] is null ? QcFlag.Missing : mark ?? QcFlag.NotEvaluated;
            if (mark is not null) usable[i] = null;
        }
        return flags;
    }
}
