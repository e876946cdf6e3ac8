namespace Monitor.Raster;

/// <summary>Standard deviation from exact integer sums.</summary>
internal static class Spread
{
    /// <summary>
    /// √(Σx²/n − (Σx/n)²). The remainder of Σx over n is taken apart first, so that nothing cancels in double.
    /// </summary>
    internal static double Deviation(long count, long sum, Int128 sumOfSquares)
    {
        // With m = round(Σx / n): Σ(x − m)² = Σx² − 2mΣx + nm², all in integers.
        Int128 m = sum / count;
        Int128 about = sumOfSquares - (2 * m * sum) + (count * m * m);
        double shift = (double)(sum - (m * count)) / count;
        double variance = ((double)about / count) - (shift * shift);
        return Math.Sqrt(Math.Max(variance, 0)) / FixedPoint.One;
    }
}
