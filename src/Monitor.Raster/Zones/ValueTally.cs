namespace Monitor.Raster.Zones;

/// <summary>
/// Adds up any raster's values over a polygon, weighted by coverage. Values have no bound, so sums are double with the
/// lost digits kept (Neumaier 1974); rows must be given in order by one thread, which makes the figures repeatable.
/// </summary>
public sealed class ValueTally
{
    private Int128 weight;
    private Compensated sum, shifted, squares;
    private double about, min = double.PositiveInfinity, max = double.NegativeInfinity;

    /// <summary>Pixels, parts of pixels counted as such.</summary>
    public double Count => (double)weight / FixedPoint.One;

    /// <summary>Whether no pixel counted.</summary>
    public bool IsEmpty => weight == 0;

    /// <summary>Σ value × part; null when empty.</summary>
    public double? Sum => IsEmpty ? null : sum.Value;

    /// <summary>Sum ÷ count; null when empty.</summary>
    public double? Mean => IsEmpty ? null : sum.Value / Count;

    /// <summary>Smallest value of a pixel that counts at all; null when empty.</summary>
    public double? Min => IsEmpty ? null : min;

    /// <summary>Largest value; null when empty.</summary>
    public double? Max => IsEmpty ? null : max;

    /// <summary>Population standard deviation; null when empty.</summary>
    public double? StandardDeviation
    {
        get
        {
            if (IsEmpty) return null;
            double mean = shifted.Value / Count;
            return Math.Sqrt(Math.Max((squares.Value / Count) - (mean * mean), 0));
        }
    }

    /// <summary>Counts a row; values that are nodata or not finite are left out.</summary>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public void Add(ReadOnlySpan<double> values, double? noData, ReadOnlySpan<int> weights)
    {
        if (values.Length != weights.Length) throw new ArgumentException("Lengths differ.", nameof(weights));
        for (int i = 0; i < values.Length; i++)
        {
            double v = values[i];
            if (weights[i] == 0 || !double.IsFinite(v) || v == noData) continue;
            // Squares are taken about the first value, so that a large level does not eat a small spread.
            if (weight == 0) about = v;
            double w = weights[i] / (double)FixedPoint.One;
            weight += weights[i];
            sum.Add(v * w);
            shifted.Add((v - about) * w);
            squares.Add((v - about) * (v - about) * w);
            min = v < min ? v : min;
            max = v > max ? v : max;
        }
    }

    private struct Compensated
    {
        private double total, lost;

        internal readonly double Value => total + lost;

        internal void Add(double x)
        {
            double next = total + x;
            lost += Math.Abs(total) >= Math.Abs(x) ? total - next + x : x - next + total;
            total = next;
        }
    }
}
