using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Monitor.Raster;

/// <summary>
/// Statistics of a raster that is being written, of values in [−1, 1]: integers and extremes, so that parts may be
/// counted by any number of threads and combined in any order. Not thread-safe: one per thread, then
/// <see cref="Combine"/>.
/// </summary>
public sealed class RasterSums
{
    private long sum, squares;
    private double min = double.PositiveInfinity, max = double.NegativeInfinity;

    /// <summary>Pixels given, nodata among them.</summary>
    public long Pixels { get; private set; }

    /// <summary>Pixels with a value.</summary>
    public long Count { get; private set; }

    /// <summary>Mean; null when nothing was counted.</summary>
    public double? Mean => Count > 0 ? FixedPoint.Mean(sum, Count) : null;

    /// <summary>Smallest value; null when nothing was counted.</summary>
    public double? Min => Count > 0 ? min : null;

    /// <summary>Largest value; null when nothing was counted.</summary>
    public double? Max => Count > 0 ? max : null;

    /// <summary>
    /// Population standard deviation, to some 2·10⁻⁵ where there is almost none; null when nothing was counted.
    /// </summary>
    public double? StandardDeviation => Mean is double mean
        ? Math.Sqrt(Math.Max(FixedPoint.Mean(squares, Count) - (mean * mean), 0)) : null;

    /// <summary>Counts a run of pixels; <see cref="NdviKernel.NoData"/> is left out.</summary>
    public void Add(ReadOnlySpan<float> values) => Add(Lanes.Width, values);

    /// <summary>The same, by vectors of 256 bits or of none.</summary>
    internal void Add(int width, ReadOnlySpan<float> values)
    {
        Pixels += values.Length;
        int done = width >= 256 ? Wide(values) : 0;
        for (int i = done; i < values.Length; i++)
        {
            double v = values[i];
            if (!(v >= -1)) continue;
            Count++;
            sum += FixedPoint.From(v);
            squares += FixedPoint.From(v * v);
            min = v < min ? v : min;
            max = v > max ? v : max;
        }
        if (Pixels > FixedPoint.PixelsMax) throw new OverflowException("The sums hold at most 2^33 - 1 pixels.");
    }

    /// <summary>Adds the other's.</summary>
    public void Combine(RasterSums other)
    {
        Pixels += other.Pixels;
        Count += other.Count;
        sum += other.sum;
        squares += other.squares;
        min = Math.Min(min, other.min);
        max = Math.Max(max, other.max);
        if (Pixels > FixedPoint.PixelsMax) throw new OverflowException("The sums hold at most 2^33 - 1 pixels.");
    }

    private int Wide(ReadOnlySpan<float> values)
    {
        ref float v0 = ref MemoryMarshal.GetReference(values);
        Vector256<double> least = Vector256.Create(min), most = Vector256.Create(max);
        Vector256<long> total = default, square = default;
        Vector256<double> one = Vector256.Create((double)FixedPoint.One), magic = Vector256.Create(FixedPoint.Magic);
        Vector256<long> bits = Vector256.Create(FixedPoint.MagicBits);
        int i = 0;
        long count = 0;
        for (; i <= values.Length - 4; i += 4)
        {
            Vector128<float> four = Vector128.LoadUnsafe(ref Unsafe.Add(ref v0, i));
            Vector256<double> v = Vector256.Create(Vector128.WidenLower(four), Vector128.WidenUpper(four));
            Vector256<double> valid = Vector256.GreaterThanOrEqual(v, Vector256.Create(-1.0));
            count += BitOperations.PopCount(valid.ExtractMostSignificantBits());
            total += (((v * one) + magic).AsInt64() - bits) & valid.AsInt64();
            square += (((v * v * one) + magic).AsInt64() - bits) & valid.AsInt64();
            least = Vector256.ConditionalSelect(valid & Vector256.LessThan(v, least), v, least);
            most = Vector256.ConditionalSelect(valid & Vector256.GreaterThan(v, most), v, most);
        }
        Count += count;
        sum += Vector256.Sum(total);
        squares += Vector256.Sum(square);
        for (int lane = 0; lane < 4; lane++)
        {
            min = Math.Min(min, least.GetElement(lane));
            max = Math.Max(max, most.GetElement(lane));
        }
        return i;
    }
}
