using Monitor.Domain.Readings;

namespace Monitor.Rules.Screening;

/// <summary>Limits of <see cref="TimeGap"/>. Null is off.</summary>
public sealed record TimeGapLimits
{
    /// <summary>Limits.</summary>
    /// <exception cref="ArgumentException">A threshold is negative or beyond 10¹².</exception>
    public TimeGapLimits(decimal? suspectSeconds, decimal? failSeconds)
    {
        SuspectSeconds = Thresholds.Checked(suspectSeconds, nameof(suspectSeconds));
        FailSeconds = Thresholds.Checked(failSeconds, nameof(failSeconds));
    }

    /// <summary>After a longer gap a value is suspect.</summary>
    public decimal? SuspectSeconds { get; }

    /// <summary>After a longer gap a value fails.</summary>
    public decimal? FailSeconds { get; }
}

/// <summary>
/// QARTOD test 1, time gap: more time than a threshold (strictly) since the row before. The value after the gap is
/// flagged; the first has no row before it and is not evaluated.
/// </summary>
public static class TimeGap
{
    /// <summary>One flag per value.</summary>
    /// <exception cref="ArgumentException">The times go back, or are not as many as the values.</exception>
    public static QcFlag[] Test(ReadOnlySpan<Instant> times, ReadOnlySpan<decimal?> values, TimeGapLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        Thresholds.CheckLengths(times.Length, values.Length);
        Thresholds.CheckOrder(times);
        var flags = new QcFlag[values.Length];
        for (int i = 0; i < flags.Length; i++)
        {
            decimal gap = i == 0 ? 0 : times[i].UnixMilliseconds - times[i - 1].UnixMilliseconds;
            flags[i] = values[i] is null ? QcFlag.Missing
                : i == 0 ? QcFlag.NotEvaluated
                : gap > limits.FailSeconds * 1000 ? QcFlag.Fail
                : gap > limits.SuspectSeconds * 1000 ? QcFlag.Suspect
                : QcFlag.Good;
        }
        return flags;
    }
}
