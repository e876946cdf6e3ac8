namespace Monitor.Raster.Zones;

/// <summary>
/// Adds up the NDVI of a polygon's pixels, each by the part of it that counts. All sums are integers (weights and
/// values in units of <see cref="FixedPoint"/>), so that parts may be cut anywhere and combined in any order.
/// </summary>
/// <param name="ends">Ends of cover; null when cover is not asked for.</param>
public sealed class ZoneTally(CoverEnds? ends = null)
{
    private Int128 weight, eligible, sum, squares, low, central, high;
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

    /// <summary>Mean covers; null without ends or when empty.</summary>
    public CoverFigures? Cover => ends is null || IsEmpty
        ? null
        : new CoverFigures(MeanOf(low)!.Value, MeanOf(central)!.Value, MeanOf(high)!.Value);

    /// <summary>Counts a run of pixels.</summary>
    /// <param name="ndvi">NDVI, or <see cref="NdviKernel.NoData"/> where masked or nodata.</param>
    /// <param name="data">Not 0 where the pixel is not nodata, masked or not.</param>
    /// <param name="weights">Part of each pixel that belongs to the zone.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public void Add(ReadOnlySpan<float> ndvi, ReadOnlySpan<byte> data, ReadOnlySpan<int> weights)
    {
        if (ndvi.Length != weights.Length || data.Length != weights.Length)
            throw new ArgumentException("Lengths differ.", nameof(weights));
        for (int i = 0; i < weights.Length; i++)
        {
            long w = weights[i];
            if (w == 0 || data[i] == 0) continue;
            eligible += w;
            double v = ndvi[i];
            if (!(v >= -1)) continue;
            long q = FixedPoint.From(v);
            weight += w;
            sum += w * q;
            squares += (Int128)w * (q * q);
            min = v < min ? v : min;
            max = v > max ? v : max;
            if (ends is null) continue;
            low += w * FixedPoint.From(ends.Low.Of(v));
            central += w * FixedPoint.From(ends.Central.Of(v));
            high += w * FixedPoint.From(ends.High.Of(v));
        }
    }

    /// <summary>Adds the other tally, made with the same ends.</summary>
    public void Combine(ZoneTally other)
    {
        weight += other.weight;
        eligible += other.eligible;
        sum += other.sum;
        squares += other.squares;
        low += other.low;
        central += other.central;
        high += other.high;
        min = Math.Min(min, other.min);
        max = Math.Max(max, other.max);
    }

    private double? MeanOf(Int128 total) => IsEmpty ? null : (double)total / (double)weight / FixedPoint.One;

    private static double Units(Int128 weights) => (double)weights / FixedPoint.One;
}
