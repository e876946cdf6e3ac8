using System.Runtime.CompilerServices;

namespace Monitor.Raster.Zones;

/// <summary>
/// Adds up the NDVI of a polygon's pixels, each by the part of it that counts. All sums are integers (weights and
/// values in units of <see cref="FixedPoint"/>), so that parts may be cut anywhere and combined in any order.
/// </summary>
/// <param name="ends">Ends of cover; null when cover is not asked for.</param>
public sealed class ZoneTally(CoverEnds? ends = null)
{
    // The loops are compiled in full at once: a process lives shorter than the runtime needs to find them hot.
    // Whole pixels, most of a large polygon, are added up in runs; the bound keeps their sums within Int64.
    private const int ChunkMax = 1 << 16, RunMin = 8;

    private Int128 weight, eligible, sum, squares, covered, low, central, high, water, area, waterArea;
    private double min = double.PositiveInfinity, max = double.NegativeInfinity;

    /// <summary>Clear pixels, parts of pixels counted as such.</summary>
    public double Count => Units(weight);

    /// <summary>Pixels that are not nodata.</summary>
    public double Eligible => Units(eligible);

    /// <summary>Whether nothing clear was found.</summary>
    public bool IsEmpty => weight == 0;

    /// <summary>Count ÷ eligible; null when nothing was eligible.</summary>
    public double? ClearFraction => eligible == 0 ? null : (double)weight / (double)eligible;

    /// <summary>Mean NDVI; null when empty.</summary>
    public double? Mean => MeanOf(sum);

    /// <summary>Smallest NDVI of a pixel that counts at all; null when empty.</summary>
    public double? Min => IsEmpty ? null : min;

    /// <summary>Largest NDVI; null when empty.</summary>
    public double? Max => IsEmpty ? null : max;

    /// <summary>Population standard deviation; null when empty.</summary>
    public double? StandardDeviation
    {
        get
        {
            if (IsEmpty) return null;
            // Σw(v − m)² about the rounded mean m, in integers; the rest of the mean is taken apart in double.
            Int128 m = sum / weight;
            Int128 about = squares - (2 * m * sum) + (weight * m * m);
            double shift = (double)(sum - (m * weight)) / (double)weight;
            return Math.Sqrt(Math.Max(((double)about / (double)weight) - (shift * shift), 0)) / FixedPoint.One;
        }
    }

    /// <summary>
    /// Mean covers over the clear pixels, open water left out where it was marked; null without ends or when nothing is
    /// left.
    /// </summary>
    public CoverFigures? Cover => ends is null || covered == 0
        ? null
        : new CoverFigures(CoverOf(low), CoverOf(central), CoverOf(high));

    /// <summary>Clear pixels of open water, parts of pixels counted as such.</summary>
    public double WaterCount => Units(water);

    /// <summary>Ground of the clear pixels, in square metres; 0 where none was given.</summary>
    public double SquareMetres => Units(area) / AreaUnits;

    /// <summary>Ground of the clear pixels of open water, in square metres.</summary>
    public double WaterSquareMetres => Units(waterArea) / AreaUnits;

    /// <summary>Parts of a square metre in which a pixel's ground is given.</summary>
    public const long AreaUnits = 1_000_000;

    /// <summary>Counts a run of pixels.</summary>
    /// <param name="ndvi">NDVI, or <see cref="NdviKernel.NoData"/> where masked or nodata.</param>
    /// <param name="data">Not 0 where the pixel is not nodata, masked or not.</param>
    /// <param name="weights">Part of each pixel that belongs to the zone.</param>
    /// <param name="wet">Not 0 where the pixel is open water; empty when that is not asked.</param>
    /// <param name="leaveOutWater">Whether water is left out of the covers.</param>
    /// <param name="pixelArea">Ground of each pixel in 1 / <see cref="AreaUnits"/> of a square metre.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(
        ReadOnlySpan<float> ndvi, ReadOnlySpan<byte> data, ReadOnlySpan<int> weights,
        ReadOnlySpan<byte> wet = default, bool leaveOutWater = false, long pixelArea = 0)
    {
        if (ndvi.Length != weights.Length || data.Length != weights.Length
            || (wet.Length != weights.Length && !wet.IsEmpty))
            throw new ArgumentException("Lengths differ.", nameof(weights));
        Int128 before = weight, waterBefore = water;
        for (int i = 0; i < weights.Length;)
        {
            int run = wet.IsEmpty ? WholeRun(weights, i) : 0;
            if (run >= RunMin) AddWhole(ndvi.Slice(i, run), data.Slice(i, run));
            else AddOne(ndvi[i], data[i], weights[i], !wet.IsEmpty && wet[i] != 0, leaveOutWater);
            i += run >= RunMin ? run : 1;
        }
        area += (weight - before) * pixelArea;
        waterArea += (water - waterBefore) * pixelArea;
    }

    private static int WholeRun(ReadOnlySpan<int> weights, int start)
    {
        ReadOnlySpan<int> ahead = weights[start..];
        int end = ahead.IndexOfAnyExcept((int)FixedPoint.One);
        return Math.Min(end < 0 ? ahead.Length : end, ChunkMax);
    }

    // The same sums as for parts, but in Int64 and multiplied by the one weight at the end.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddWhole(ReadOnlySpan<float> ndvi, ReadOnlySpan<byte> data)
    {
        long seen = 0, count = 0, total = 0, atLow = 0, atCentral = 0, atHigh = 0;
        ulong lowHalves = 0, highHalves = 0;
        (CoverLine a, CoverLine b, CoverLine c) = ends is null ? default : (ends.Low, ends.Central, ends.High);
        for (int i = 0; i < ndvi.Length; i++)
        {
            if (data[i] == 0) continue;
            seen++;
            double v = ndvi[i];
            if (!(v >= -1)) continue;
            long q = FixedPoint.From(v);
            count++;
            total += q;
            // A square is below 2⁶¹: its halves are summed apart.
            ulong square = (ulong)(q * q);
            lowHalves += square & uint.MaxValue;
            highHalves += square >> 32;
            min = v < min ? v : min;
            max = v > max ? v : max;
            if (ends is null) continue;
            atLow += FixedPoint.From(a.Of(v));
            atCentral += FixedPoint.From(b.Of(v));
            atHigh += FixedPoint.From(c.Of(v));
        }
        eligible += (Int128)seen * FixedPoint.One;
        weight += (Int128)count * FixedPoint.One;
        covered += (Int128)count * FixedPoint.One;
        sum += (Int128)total * FixedPoint.One;
        squares += (((Int128)highHalves << 32) + lowHalves) * FixedPoint.One;
        low += (Int128)atLow * FixedPoint.One;
        central += (Int128)atCentral * FixedPoint.One;
        high += (Int128)atHigh * FixedPoint.One;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddOne(float value, byte data, long w, bool wet, bool leaveOutWater)
    {
        if (w == 0 || data == 0) return;
        eligible += w;
        double v = value;
        if (!(v >= -1)) return;
        long q = FixedPoint.From(v);
        weight += w;
        sum += w * q;
        squares += (Int128)w * (q * q);
        min = v < min ? v : min;
        max = v > max ? v : max;
        if (wet) water += w;
        if (wet && leaveOutWater) return;
        covered += w;
        if (ends is null) return;
        low += w * FixedPoint.From(ends.Low.Of(v));
        central += w * FixedPoint.From(ends.Central.Of(v));
        high += w * FixedPoint.From(ends.High.Of(v));
    }

    /// <summary>Adds the other tally, made with the same ends.</summary>
    public void Combine(ZoneTally other)
    {
        weight += other.weight;
        eligible += other.eligible;
        sum += other.sum;
        squares += other.squares;
        covered += other.covered;
        water += other.water;
        area += other.area;
        waterArea += other.waterArea;
        low += other.low;
        central += other.central;
        high += other.high;
        min = Math.Min(min, other.min);
        max = Math.Max(max, other.max);
    }

    private double? MeanOf(Int128 total) => IsEmpty ? null : (double)total / (double)weight / FixedPoint.One;

    private double CoverOf(Int128 total) => (double)total / (double)covered / FixedPoint.One;

    private static double Units(Int128 weights) => (double)weights / FixedPoint.One;
}
