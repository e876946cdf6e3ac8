using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Monitor.Raster;

/// <summary>
/// The median of each pixel over several dates: a value in the middle, which one bright or one dark date does not move
/// as it moves a mean or a maximum.
/// </summary>
public sealed class MedianComposite
{
    /// <summary>Most dates of one composite: about a scene for every third day of a year.</summary>
    public const int DatesMax = 128;

    private readonly int dates, datesMin;
    private readonly (int Low, int High)[] exchanges;

    /// <summary>For a number of dates.</summary>
    /// <param name="dates">1 to <see cref="DatesMax"/>.</param>
    /// <param name="datesMin">How many of them a pixel must have a value on; 1 to <paramref name="dates"/>.</param>
    public MedianComposite(int dates, int datesMin)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dates, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dates, DatesMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(datesMin, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(datesMin, dates);
        (this.dates, this.datesMin) = (dates, datesMin);
        exchanges = [.. Network(dates)];
    }

    /// <summary>
    /// Writes the median of each pixel's values, the mean of the two in the middle where their number is even, rounded
    /// once to float32; <see cref="NdviKernel.NoData"/> where a pixel has a value on fewer dates than wanted.
    /// </summary>
    /// <param name="stack">Date after date, the same pixels of each; values from −1 on, or nodata.</param>
    /// <param name="median">Receives one value a pixel.</param>
    /// <exception cref="ArgumentException">The stack does not hold that many dates.</exception>
    public void Compute(ReadOnlySpan<float> stack, Span<float> median) => Compute(Lanes.Width, stack, median);

    /// <summary>The same, by vectors of 256 bits or of none.</summary>
    internal void Compute(int width, ReadOnlySpan<float> stack, Span<float> median)
    {
        if (stack.Length != (long)median.Length * dates)
            throw new ArgumentException("The stack must hold all dates of the pixels.", nameof(stack));
        int done = width >= 256 ? Wide(stack, median) : 0;
        Span<float> values = stackalloc float[DatesMax];
        for (int i = done; i < median.Length; i++)
        {
            int count = 0;
            for (int date = 0; date < dates; date++)
            {
                float value = stack[(date * median.Length) + i];
                if (value >= -1) values[count++] = value;
            }
            if (count < datesMin)
            {
                median[i] = NdviKernel.NoData;
                continue;
            }
            Span<float> own = values[..count];
            own.Sort();
            median[i] = Middle(own[(count - 1) / 2], own[count / 2]);
        }
    }

    private static float Middle(float low, float high) => (float)(((double)low + high) * 0.5);

    // Eight pixels at once: missing values go to the end as infinities, and each lane takes its own middle.
    private int Wide(ReadOnlySpan<float> stack, Span<float> median)
    {
        int length = median.Length, i = 0;
        ref float first = ref MemoryMarshal.GetReference(stack);
        Span<Vector256<float>> sorted = stackalloc Vector256<float>[dates];
        Vector256<float> none = Vector256.Create(float.PositiveInfinity), noData = Vector256.Create(NdviKernel.NoData);
        for (; i <= length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector256<int> count = default;
            for (int date = 0; date < dates; date++)
            {
                Vector256<float> v = Vector256.LoadUnsafe(ref Unsafe.Add(ref first, ((nint)date * length) + i));
                Vector256<float> valid = Vector256.GreaterThanOrEqual(v, Vector256.Create(-1f));
                count -= valid.AsInt32();
                sorted[date] = Vector256.ConditionalSelect(valid, v, none);
            }
            foreach ((int a, int b) in exchanges)
            {
                (Vector256<float> x, Vector256<float> y) = (sorted[a], sorted[b]);
                sorted[a] = Vector256.Min(x, y);
                sorted[b] = Vector256.Max(x, y);
            }
            Vector256<int> lowAt = (count - Vector256<int>.One) >> 1, highAt = count >> 1;
            Vector256<float> low = noData, high = noData;
            for (int date = 0; date < dates; date++)
            {
                Vector256<int> at = Vector256.Create(date);
                low = Vector256.ConditionalSelect(Vector256.Equals(lowAt, at).AsSingle(), sorted[date], low);
                high = Vector256.ConditionalSelect(Vector256.Equals(highAt, at).AsSingle(), sorted[date], high);
            }
            Vector256<double> half = Vector256.Create(0.5);
            Vector256<double> lower = (Vector256.WidenLower(low) + Vector256.WidenLower(high)) * half;
            Vector256<double> upper = (Vector256.WidenUpper(low) + Vector256.WidenUpper(high)) * half;
            Vector256<int> enough = Vector256.GreaterThanOrEqual(count, Vector256.Create(datesMin));
            Vector256.ConditionalSelect(enough.AsSingle(), Vector256.Narrow(lower, upper), noData)
                .StoreUnsafe(ref Unsafe.Add(ref MemoryMarshal.GetReference(median), i));
        }
        return i;
    }

    // Batcher's odd-even merge sort for any number of values (Knuth, vol. 3, 5.2.2, algorithm M).
    private static IEnumerable<(int Low, int High)> Network(int count)
    {
        int top = 1;
        while (top * 2 < count) top *= 2;
        for (int p = top; p > 0; p /= 2)
        {
            (int q, int r, int d) = (top, 0, p);
            while (true)
            {
                for (int i = 0; i < count - d; i++)
                    if ((i & p) == r) yield return (i, i + d);
                if (q == p) break;
                (d, q, r) = (q - p, q / 2, p);
            }
        }
    }
}
