using Monitor.Domain.Readings;

namespace Monitor.Rules.Screening;

/// <summary>Limits of <see cref="FlatLine"/>.</summary>
public sealed record FlatLineLimits
{
    /// <summary>Limits. The default tolerance 0 never flags, since nothing is less than nothing.</summary>
    /// <exception cref="ArgumentException">A threshold or the tolerance is negative or beyond 10¹².</exception>
    public FlatLineLimits(decimal? suspectSeconds, decimal? failSeconds, decimal tolerance = 0)
    {
        SuspectSeconds = Thresholds.Checked(suspectSeconds, nameof(suspectSeconds));
        FailSeconds = Thresholds.Checked(failSeconds, nameof(failSeconds));
        Tolerance = Thresholds.Checked(tolerance, nameof(tolerance))!.Value;
    }

    /// <summary>Flat for so long, a value is suspect; null is off. A part of a second is cut off.</summary>
    public decimal? SuspectSeconds { get; }

    /// <summary>Flat for so long, a value fails; null is off. A part of a second is cut off.</summary>
    public decimal? FailSeconds { get; }

    /// <summary>Flat is a range strictly less than it, in the unit of the values.</summary>
    public decimal Tolerance { get; }
}

/// <summary>
/// QARTOD test 8, flat line. A threshold is turned into a count of steps, ⌊seconds ÷ median step⌋; the window is the
/// count + 1 values that end at the value, missing ones left out. Values before the first whole window are good, and so
/// are all of a series of fewer than three.
/// </summary>
public static class FlatLine
{
    private const int ValuesMin = 3;

    /// <summary>One flag per value; where all times are the same nothing can be evaluated.</summary>
    /// <exception cref="ArgumentException">The times go back, or are not as many as the values.</exception>
    public static QcFlag[] Test(ReadOnlySpan<Instant> times, ReadOnlySpan<decimal?> values, FlatLineLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        Thresholds.CheckLengths(times.Length, values.Length);
        Thresholds.CheckOrder(times);
        bool few = values.Length < ValuesMin;
        decimal step = few ? 0 : Thresholds.MedianStep(times);
        long? suspect = step == 0 ? null : Count(limits.SuspectSeconds, step);
        long? fail = step == 0 ? null : Count(limits.FailSeconds, step);
        var flags = new QcFlag[values.Length];
        for (int i = 0; i < flags.Length; i++)
        {
            flags[i] = values[i] is null ? QcFlag.Missing
                : few ? QcFlag.Good
                : step == 0 ? QcFlag.NotEvaluated
                : IsFlat(values, i, fail, limits.Tolerance) ? QcFlag.Fail
                : IsFlat(values, i, suspect, limits.Tolerance) ? QcFlag.Suspect
                : QcFlag.Good;
        }
        return flags;
    }

    private static long? Count(decimal? seconds, decimal stepMilliseconds) =>
        seconds is decimal s ? (long)decimal.Floor(decimal.Truncate(s) * 1000 / stepMilliseconds) : null;

    private static bool IsFlat(ReadOnlySpan<decimal?> values, int last, long? count, decimal tolerance)
    {
        if (count is not long steps || last < steps) return false;
        (decimal low, decimal high) = (values[last]!.Value, values[last]!.Value);
        for (int i = last; i >= last - steps; i--)
        {
            if (values[i] is not decimal value) continue;
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
            if (high - low >= tolerance) return false;
        }
        return high - low < tolerance;
    }
}
