namespace Monitor.Raster;

/// <summary>
/// Adds up the NDVI of a scene or of a part of it. Everything inside is an integer or an extreme, so that parts may be
/// cut anywhere, counted by any number of threads and combined in any order: the figures are equal to the last bit.
/// Not thread-safe: one per thread, then <see cref="Combine"/>.
/// </summary>
/// <param name="ends">Ends of cover; null when cover is not asked for.</param>
public sealed class RasterTally(CoverEnds? ends = null)
{
    /// <summary>Bins of the histogram over [−1, 1].</summary>
    public const int Bins = 2048;

    // Small enough for the buffers to live on the stack and in the first cache.
    private const int ChunkMax = 512;

    private readonly long[] histogram = new long[Bins + 1];
    private NdviSums sums = NdviSums.Empty;

    /// <summary>Pixels with an NDVI.</summary>
    public long Count => sums.Count;

    /// <summary>Pixels that are not nodata, masked or not.</summary>
    public long Eligible { get; private set; }

    /// <summary>Sum of NDVI in units of <see cref="FixedPoint"/>.</summary>
    public long Sum => sums.Sum;

    /// <summary>Sum of squares of NDVI in units of 2⁻⁶⁰.</summary>
    public Int128 SumOfSquares { get; private set; }

    /// <summary>Smallest NDVI; null when there is none.</summary>
    public double? Min => Count > 0 ? sums.Min : null;

    /// <summary>Largest NDVI; null when there is none.</summary>
    public double? Max => Count > 0 ? sums.Max : null;

    /// <summary>Mean NDVI; null when there is none.</summary>
    public double? Mean => Count > 0 ? FixedPoint.Mean(sums.Sum, Count) : null;

    /// <summary>Count ÷ eligible; null when there is no eligible pixel.</summary>
    public double? ClearFraction => Eligible > 0 ? Count / (double)Eligible : null;

    /// <summary>Mean covers; null when no ends were given or nothing was counted.</summary>
    public CoverFigures? Cover => ends is null || Count == 0 ? null : new CoverFigures(
        FixedPoint.Mean(sums.CoverLow, Count),
        FixedPoint.Mean(sums.CoverCentral, Count),
        FixedPoint.Mean(sums.CoverHigh, Count));

    /// <summary>Sums of the three covers in units of <see cref="FixedPoint"/>; 0 without ends.</summary>
    public (long Low, long Central, long High) CoverSums => (sums.CoverLow, sums.CoverCentral, sums.CoverHigh);

    /// <summary>Pixels per bin, from −1 upwards; a bin holds its lower edge, the last one also 1.</summary>
    public ReadOnlySpan<long> Histogram => histogram.AsSpan(0, Bins);

    /// <summary>Counts the pixels of a span.</summary>
    /// <param name="ndvi">NDVI in [−1, 1], or <see cref="NdviKernel.NoData"/>.</param>
    /// <param name="eligible">How many of them are not nodata, as <see cref="NdviKernel"/> returned.</param>
    public void Add(ReadOnlySpan<float> ndvi, int eligible) => Add(Lanes.Width, ndvi, eligible);

    /// <summary>The same, by vectors of the given number of bits: 256, 128, or 64 for none.</summary>
    internal void Add(int width, ReadOnlySpan<float> ndvi, int eligible)
    {
        Span<long> units = stackalloc long[ChunkMax], bins = stackalloc long[ChunkMax];
        Eligible += eligible;
        for (int start = 0; start < ndvi.Length; start += ChunkMax)
        {
            ReadOnlySpan<float> chunk = ndvi.Slice(start, Math.Min(ChunkMax, ndvi.Length - start));
            TallyLanes.Run(width, chunk, ends, units, bins, ref sums);
            // A square is below 2⁶¹; its halves are summed apart and joined once a chunk.
            ulong low = 0, high = 0;
            for (int i = 0; i < chunk.Length; i++)
            {
                ulong square = (ulong)(units[i] * units[i]);
                low += square & uint.MaxValue;
                high += square >> 32;
                histogram[(int)bins[i]]++;
            }
            SumOfSquares += ((Int128)high << 32) + low;
        }
        if (Eligible > FixedPoint.PixelsMax) throw new OverflowException("A tally holds at most 2^33 - 1 pixels.");
    }

    /// <summary>Adds the other tally, made with the same ends.</summary>
    public void Combine(RasterTally other)
    {
        Eligible += other.Eligible;
        SumOfSquares += other.SumOfSquares;
        sums.Count += other.sums.Count;
        sums.Sum += other.sums.Sum;
        sums.CoverLow += other.sums.CoverLow;
        sums.CoverCentral += other.sums.CoverCentral;
        sums.CoverHigh += other.sums.CoverHigh;
        sums.Min = Math.Min(sums.Min, other.sums.Min);
        sums.Max = Math.Max(sums.Max, other.sums.Max);
        for (int i = 0; i < histogram.Length; i++) histogram[i] += other.histogram[i];
        if (Eligible > FixedPoint.PixelsMax) throw new OverflowException("A tally holds at most 2^33 - 1 pixels.");
    }

    /// <summary>Population standard deviation of NDVI; null when nothing was counted.</summary>
    public double? StandardDeviation => Count == 0 ? null : Spread.Deviation(Count, sums.Sum, SumOfSquares);

    /// <summary>
    /// The NDVI below which a fraction of the pixels lies, interpolated between the two pixels in whose midst it falls
    /// and within their bins: off by less than one bin (0.00098). Null when nothing was counted.
    /// </summary>
    /// <param name="fraction">Within [0, 1]; 0.05 for the fifth percentile.</param>
    public double? Percentile(double fraction)
    {
        if (Count == 0) return null;
        double rank = fraction * (Count - 1);
        long below = (long)Math.Floor(rank);
        double lower = ValueAt(below);
        return below + 1 < Count ? lower + ((rank - below) * (ValueAt(below + 1) - lower)) : lower;
    }

    // The pixels of a bin are taken to lie evenly in it; the extremes are known exactly.
    private double ValueAt(long index)
    {
        long before = 0;
        int bin = 0;
        while (before + histogram[bin] <= index) before += histogram[bin++];
        double within = (index - before + 0.5) / histogram[bin];
        return Math.Clamp(((bin + within) * 2.0 / Bins) - 1, sums.Min, sums.Max);
    }
}
