using Monitor.Domain.Readings;

namespace Monitor.Rules.Screening;

/// <summary>What of a window is measured.</summary>
public enum SignalCheck
{
    /// <summary>Standard deviation of the values as a whole population (divided by n).</summary>
    StandardDeviation,

    /// <summary>Largest less smallest value.</summary>
    Range,
}

/// <summary>Limits of <see cref="AttenuatedSignal"/>.</summary>
public sealed record AttenuatedSignalLimits
{
    /// <summary>Limits in the unit of the values.</summary>
    /// <exception cref="ArgumentException">
    /// A threshold is negative or beyond 10¹², the period is not positive, or both minima are given.
    /// </exception>
    public AttenuatedSignalLimits(
        decimal suspect,
        decimal fail,
        SignalCheck check = SignalCheck.StandardDeviation,
        decimal? periodSeconds = null,
        int? observationsMin = null,
        decimal? periodSecondsMin = null)
    {
        if (periodSeconds <= 0) throw new ArgumentException("The period must be positive.", nameof(periodSeconds));
        if (observationsMin < 0) throw new ArgumentException("The minimum is negative.", nameof(observationsMin));
        if (observationsMin is not null && periodSecondsMin is not null)
        {
            throw new ArgumentException("Give least observations or a least period, not both.");
        }
        Suspect = Thresholds.Checked(suspect, nameof(suspect))!.Value;
        Fail = Thresholds.Checked(fail, nameof(fail))!.Value;
        PeriodSeconds = Thresholds.Checked(periodSeconds, nameof(periodSeconds));
        PeriodSecondsMin = Thresholds.Checked(periodSecondsMin, nameof(periodSecondsMin));
        (Check, ObservationsMin) = (check, observationsMin);
    }

    /// <summary>Less than it, a value is suspect.</summary>
    public decimal Suspect { get; }

    /// <summary>Less than it, a value fails.</summary>
    public decimal Fail { get; }

    /// <summary>What is measured.</summary>
    public SignalCheck Check { get; }

    /// <summary>
    /// Length of the window that ends at a value, which is in, and whose start is not; null is the whole series.
    /// </summary>
    public decimal? PeriodSeconds { get; }

    /// <summary>Fewest values in a window; null is 1 unless <see cref="PeriodSecondsMin"/> says otherwise.</summary>
    public int? ObservationsMin { get; }

    /// <summary>The fewest values, as ⌊seconds ÷ median step⌋.</summary>
    public decimal? PeriodSecondsMin { get; }
}

/// <summary>
/// QARTOD test 12, attenuated signal: the series moves less than a threshold (strictly). A window with too few values,
/// and for the range one with a missing value in it, is not evaluated. Sums are exact: no square root is taken.
/// </summary>
public static class AttenuatedSignal
{
    /// <summary>One flag per value.</summary>
    /// <exception cref="ArgumentException">The times go back, or are not as many as the values.</exception>
    public static QcFlag[] Test(
        ReadOnlySpan<Instant> times, ReadOnlySpan<decimal?> values, AttenuatedSignalLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        Thresholds.CheckLengths(times.Length, values.Length);
        Thresholds.CheckOrder(times);
        var flags = new QcFlag[values.Length];
        if (flags.Length == 0) return flags;
        if (limits.PeriodSeconds is not decimal period)
        {
            var whole = new SignalWindow(values, limits);
            for (int i = 0; i < flags.Length; i++) whole.Add(values[i]);
            QcFlag flag = whole.Judge(valuesMin: 1, missingCounts: false, values);
            for (int i = 0; i < flags.Length; i++) flags[i] = values[i] is null ? QcFlag.Missing : flag;
            return flags;
        }
        long valuesMin = ValuesMin(times, limits);
        var window = new SignalWindow(values, limits);
        for (int i = 0; i < flags.Length; i++)
        {
            window.Add(values[i]);
            while (times[i].UnixMilliseconds - times[window.First].UnixMilliseconds >= period * 1000)
            {
                window.RemoveFirst(values[window.First]);
            }
            flags[i] = values[i] is null ? QcFlag.Missing : window.Judge(valuesMin, missingCounts: true, values);
        }
        return flags;
    }

    private static long ValuesMin(ReadOnlySpan<Instant> times, AttenuatedSignalLimits limits)
    {
        if (limits.PeriodSecondsMin is not decimal seconds) return limits.ObservationsMin ?? 1;
        decimal step = times.Length < 2 ? 0 : Thresholds.MedianStep(times);
        return step == 0 ? 1 : (long)decimal.Floor(seconds * 1000 / step);
    }
}
