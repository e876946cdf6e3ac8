using System.Numerics;
using Monitor.Domain.Readings;

namespace Monitor.Rules.Screening;

/// <summary>
/// A window that slides over a series, with exact sums: values and thresholds as whole numbers of one common scale.
/// </summary>
internal sealed class SignalWindow
{
    private readonly AttenuatedSignalLimits limits;
    private readonly int scale;
    private readonly BigInteger suspect;
    private readonly BigInteger fail;
    private BigInteger sum;
    private BigInteger squares;
    private int next;
    private long count;

    public SignalWindow(ReadOnlySpan<decimal?> values, AttenuatedSignalLimits limits)
    {
        this.limits = limits;
        scale = Math.Max(limits.Suspect.Scale, limits.Fail.Scale);
        foreach (decimal? value in values) scale = Math.Max(scale, value?.Scale ?? 0);
        (suspect, fail) = (Whole(limits.Suspect), Whole(limits.Fail));
    }

    /// <summary>Index of the first value in the window.</summary>
    public int First { get; private set; }

    public void Add(decimal? value)
    {
        next++;
        if (value is not decimal present) return;
        BigInteger whole = Whole(present);
        (sum, squares, count) = (sum + whole, squares + (whole * whole), count + 1);
    }

    public void RemoveFirst(decimal? value)
    {
        First++;
        if (value is not decimal present) return;
        BigInteger whole = Whole(present);
        (sum, squares, count) = (sum - whole, squares - (whole * whole), count - 1);
    }

    public QcFlag Judge(long valuesMin, bool missingCounts, ReadOnlySpan<decimal?> values)
    {
        if (count == 0 || count < valuesMin) return QcFlag.NotEvaluated;
        if (limits.Check == SignalCheck.Range)
        {
            if (missingCounts && count < next - First) return QcFlag.NotEvaluated;
            decimal range = Range(values[First..next]);
            return range < limits.Fail ? QcFlag.Fail : range < limits.Suspect ? QcFlag.Suspect : QcFlag.Good;
        }
        // n·Σx² − (Σx)² is n² times the variance.
        BigInteger spread = (count * squares) - (sum * sum);
        BigInteger n2 = (BigInteger)count * count;
        return spread < n2 * fail * fail ? QcFlag.Fail : spread < n2 * suspect * suspect ? QcFlag.Suspect : QcFlag.Good;
    }

    private static decimal Range(ReadOnlySpan<decimal?> values)
    {
        (decimal? low, decimal? high) = (null, null);
        foreach (decimal? value in values)
        {
            if (value is not decimal present) continue;
            (low, high) = (low < present ? low : present, high > present ? high : present);
        }
        return (high - low)!.Value;
    }

    private BigInteger Whole(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        // The words are bit patterns: in a checked context a cast of a "negative" one would throw.
        (uint low, uint middle, uint high) = unchecked(((uint)bits[0], (uint)bits[1], (uint)bits[2]));
        BigInteger digits = ((BigInteger)high << 64) | ((ulong)middle << 32) | low;
        digits *= BigInteger.Pow(10, scale - value.Scale);
        return decimal.IsNegative(value) ? -digits : digits;
    }
}
