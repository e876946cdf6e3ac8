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

    // Small enough for the lanes' sums of 32 bits, and for a piece to be in the first cache still for the covers.
    private const int ChunkMax = 2048;

    private readonly long[] histogram = new long[Bins];
    private readonly BinScatter scatter = new();
    private NdviSums sums = NdviSums.Empty;

    /// <summary>Pixels with an NDVI.</summary>
    public long Count => sums.Count;

    /// <summary>Pixels that are not nodata, masked or not.</summary>
    public long Eligible { get; private set; }

    /// <summary>Sum of NDVI in units of <see cref="FixedPoint"/>.</summary>
    public long Sum
    {
        get
        {
            Gather();
            long sum = sums.WithinBins;
            for (int bin = 0; bin < Bins; bin++) sum += histogram[bin] * (((long)bin << BinScatter.UnitBits) - FixedPoint.One);
            return sum;
        }
    }

    /// <summary>Sum of squares of NDVI in units of 2⁻⁶⁰.</summary>
    public Int128 SumOfSquares => sums.Squares;

    /// <summary>Smallest NDVI; null when there is none.</summary>
    public double? Min => Count > 0 ? sums.Min : null;

    /// <summary>Largest NDVI; null when there is none.</summary>
    public double? Max => Count > 0 ? sums.Max : null;

    /// <summary>Mean NDVI; null when there is none.</summary>
    public double? Mean => Count > 0 ? FixedPoint.Mean(Sum, Count) : null;

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
    public ReadOnlySpan<long> Histogram
    {
        get
        {
            Gather();
            return histogram;
        }
    }

    /// <summary>Counts the pixels of a span.</summary>
    /// <param name="ndvi">NDVI in [−1, 1], or <see cref="NdviKernel.NoData"/>.</param>
    /// <param name="eligible">How many of them are not nodata, as <see cref="NdviKernel"/> returned.</param>
    public void Add(ReadOnlySpan<float> ndvi, int eligible) => Add(Lanes.Width, ndvi, eligible);

    /// <summary>The same, by vectors of the given number of bits: 512, 256, 128, or 64 for none.</summary>
    internal void Add(int width, ReadOnlySpan<float> ndvi, int eligible)
    {
        Eligible += eligible;
        if (Eligible > FixedPoint.PixelsMax) throw new OverflowException("A tally holds at most 2^33 - 1 pixels.");
        for (int start = 0; start < ndvi.Length; start += ChunkMax)
        {
            ReadOnlySpan<float> chunk = ndvi.Slice(start, Math.Min(ChunkMax, ndvi.Length - start));
            if (!scatter.Takes(chunk.Length)) Gather();
            TallyLanes.Run(width, chunk, scatter, ref sums);
            if (ends is not null) CoverLanes.Run(width, chunk, ends, ref sums);
        }
    }

    /// <summary>Adds the other tally, made with the same ends.</summary>
    public void Combine(RasterTally other)
    {
        Gather();
        other.Gather();
        Eligible += other.Eligible;
        sums.Count += other.sums.Count;
        sums.WithinBins += other.sums.WithinBins;
        sums.AddSquares(other.sums);
        sums.CoverLow += other.sums.CoverLow;
        sums.CoverCentral += other.sums.CoverCentral;
        sums.CoverHigh += other.sums.CoverHigh;
        sums.Min = Math.Min(sums.Min, other.sums.Min);
        sums.Max = Math.Max(sums.Max, other.sums.Max);
        for (int i = 0; i < histogram.Length; i++) histogram[i] += other.histogram[i];
        if (Eligible > FixedPoint.PixelsMax) throw new OverflowException("A tally holds at most 2^33 - 1 pixels.");
    }

    /// <summary>Population standard deviation of NDVI; null when nothing was counted.</summary>
    public double? StandardDeviation => Count == 0 ? null : Spread.Deviation(Count, Sum, SumOfSquares);

    /// <summary>
    /// The NDVI below which a fraction of the pixels lies, interpolated between the two pixels in whose midst it falls
    /// and within their bins: off by less than one bin (0.00098). Null when nothing was counted.
    /// </summary>
    /// <param name="fraction">Within [0, 1]; 0.05 for the fifth percentile.</param>
    public double? Percentile(double fraction)
    {
        if (Count == 0) return null;
        Gather();
        double rank = fraction * (Count - 1);
        long below = (long)Math.Floor(rank);
        double lower = ValueAt(below);
        return below + 1 < Count ? lower + ((rank - below) * (ValueAt(below + 1) - lower)) : lower;
    }

    // NDVI 1 goes into the last bin, at whose upper edge it lies.
    private void Gather() => sums.WithinBins += scatter.MoveTo(histogram) << BinScatter.UnitBits;

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
