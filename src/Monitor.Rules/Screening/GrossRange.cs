using Monitor.Domain.Readings;

namespace Monitor.Rules.Screening;

/// <summary>Limits of <see cref="GrossRange"/>.</summary>
public sealed record GrossRangeLimits
{
    /// <summary>Limits; the range of suspicion is left out where there is none.</summary>
    /// <exception cref="ArgumentException">The range of suspicion reaches outside that of failure.</exception>
    public GrossRangeLimits(ValueRange fail, ValueRange? suspect = null)
    {
        if (suspect is ValueRange inner && !fail.Contains(inner))
        {
            throw new ArgumentException("The suspect range must lie within the fail range.", nameof(suspect));
        }
        (Fail, Suspect) = (fail, suspect);
    }

    /// <summary>Outside of it a value fails: what the instrument can measure.</summary>
    public ValueRange Fail { get; }

    /// <summary>Outside of it a value is suspect: what the water is known to do.</summary>
    public ValueRange? Suspect { get; }
}

/// <summary>QARTOD test 4, gross range: outside a range; the ends are good.</summary>
public static class GrossRange
{
    /// <summary>One flag per value.</summary>
    public static QcFlag[] Test(ReadOnlySpan<decimal?> values, GrossRangeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var flags = new QcFlag[values.Length];
        for (int i = 0; i < flags.Length; i++)
        {
            flags[i] = values[i] is not decimal value ? QcFlag.Missing
                : !limits.Fail.Contains(value) ? QcFlag.Fail
                : limits.Suspect is ValueRange suspect && !suspect.Contains(value) ? QcFlag.Suspect
                : QcFlag.Good;
        }
        return flags;
    }
}
