using Monitor.Domain.Readings;

namespace Monitor.Rules.Screening;

/// <summary>How a spike is measured.</summary>
public enum SpikeMethod
{
    /// <summary>Distance from the mean of the two neighbours.</summary>
    Average,

    /// <summary>The smaller of the two steps, where they have opposite sign; else 0.</summary>
    Differential,
}

/// <summary>Limits of <see cref="Spike"/>. A threshold of null or 0 is off.</summary>
public sealed record SpikeLimits
{
    /// <summary>Limits in the unit of the values.</summary>
    /// <exception cref="ArgumentException">A threshold is negative or beyond 10¹².</exception>
    public SpikeLimits(decimal? suspect, decimal? fail, SpikeMethod method = SpikeMethod.Average)
    {
        (Suspect, Fail) = (Thresholds.Checked(suspect, nameof(suspect)), Thresholds.Checked(fail, nameof(fail)));
        Method = method;
    }

    /// <summary>Above it a value is suspect.</summary>
    public decimal? Suspect { get; }

    /// <summary>Above it a value fails.</summary>
    public decimal? Fail { get; }

    /// <summary>How a spike is measured.</summary>
    public SpikeMethod Method { get; }
}

/// <summary>
/// QARTOD test 6, spike: a value that stands out from both neighbours by more than a threshold (strictly). The first
/// and the last value, and one beside a missing value, are not evaluated.
/// </summary>
public static class Spike
{
    /// <summary>One flag per value.</summary>
    public static QcFlag[] Test(ReadOnlySpan<decimal?> values, SpikeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var flags = new QcFlag[values.Length];
        for (int i = 0; i < flags.Length; i++)
        {
            if (values[i] is not decimal value)
            {
                flags[i] = QcFlag.Missing;
            }
            else if (i == 0 || i == flags.Length - 1
                || values[i - 1] is not decimal before || values[i + 1] is not decimal after)
            {
                flags[i] = QcFlag.NotEvaluated;
            }
            else
            {
                flags[i] = Judge(TwiceHeight(before, value, after, limits.Method), limits);
            }
        }
        return flags;
    }

    // Twice the height, so that the mean of the neighbours needs no division.
    private static decimal TwiceHeight(decimal before, decimal value, decimal after, SpikeMethod method)
    {
        if (method == SpikeMethod.Average) return Math.Abs((2 * value) - (before + after));
        (decimal up, decimal down) = (value - before, after - value);
        return Math.Sign(up) * Math.Sign(down) < 0 ? 2 * Math.Min(Math.Abs(up), Math.Abs(down)) : 0;
    }

    private static QcFlag Judge(decimal twice, SpikeLimits limits) =>
        limits.Fail is > 0 && twice > 2 * limits.Fail ? QcFlag.Fail
        : limits.Suspect is > 0 && twice > 2 * limits.Suspect ? QcFlag.Suspect
        : QcFlag.Good;
}
