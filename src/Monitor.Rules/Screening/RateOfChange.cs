using Monitor.Domain.Readings;

namespace Monitor.Rules.Screening;

/// <summary>Limits of <see cref="RateOfChange"/>, in units per second. Null is off; 0 flags every change.</summary>
public sealed record RateOfChangeLimits
{
    /// <summary>Limits.</summary>
    /// <exception cref="ArgumentException">A threshold is negative or beyond 10¹².</exception>
    public RateOfChangeLimits(decimal? suspectPerSecond, decimal? failPerSecond)
    {
        SuspectPerSecond = Thresholds.Checked(suspectPerSecond, nameof(suspectPerSecond));
        FailPerSecond = Thresholds.Checked(failPerSecond, nameof(failPerSecond));
    }

    /// <summary>Above it a value is suspect.</summary>
    public decimal? SuspectPerSecond { get; }

    /// <summary>Above it a value fails.</summary>
    public decimal? FailPerSecond { get; }
}

/// <summary>
/// QARTOD test 7, rate of change: |step| ÷ seconds above a threshold (strictly). The first value, and one after a
/// missing value, are good. Two different values at one moment have an infinite rate.
/// </summary>
public static class RateOfChange
{
    /// <summary>One flag per value.</summary>
    /// <exception cref="ArgumentException">The times go back, or are not as many as the values.</exception>
    public static QcFlag[] Test(ReadOnlySpan<Instant> times, ReadOnlySpan<decimal?> values, RateOfChangeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        Thresholds.CheckLengths(times.Length, values.Length);
        Thresholds.CheckOrder(times);
        var flags = new QcFlag[values.Length];
        for (int i = 0; i < flags.Length; i++)
        {
            if (values[i] is not decimal value) flags[i] = QcFlag.Missing;
            else if (i == 0 || values[i - 1] is not decimal before) flags[i] = QcFlag.Good;
            else
            {
                // Multiplied out, so that nothing is rounded: |step| × 1000 > threshold × milliseconds.
                decimal step = Math.Abs(value - before) * 1000;
                long milliseconds = times[i].UnixMilliseconds - times[i - 1].UnixMilliseconds;
                flags[i] = step > limits.FailPerSecond * milliseconds ? QcFlag.Fail
                    : step > limits.SuspectPerSecond * milliseconds ? QcFlag.Suspect
                    : QcFlag.Good;
            }
        }
        return flags;
    }
}
