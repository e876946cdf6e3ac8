namespace Monitor.Raster;

/// <summary>
/// Fixed point with 30 binary places, in which all sums of judged figures are kept: integer addition is associative, so
/// threads, tiles and SIMD width never change a figure. A value in [−1, 1] loses at most 2⁻³¹, half to even.
/// </summary>
public static class FixedPoint
{
    /// <summary>Units in 1.</summary>
    public const long One = 1L << 30;

    /// <summary>Pixels that one tally can hold before its Int64 sums could overflow: 2³³ − 1.</summary>
    public const long PixelsMax = (1L << 33) - 1;

    // Adding 1.5 × 2⁵² leaves the rounded integer in the low bits of the significand, at every vector width alike.
    internal const double Magic = 6755399441055744.0;

    internal static readonly long MagicBits = BitConverter.DoubleToInt64Bits(Magic);

    /// <summary>The nearest fixed-point number; <paramref name="value"/> within [−2, 2].</summary>
    public static long From(double value) => BitConverter.DoubleToInt64Bits((value * One) + Magic) - MagicBits;

    /// <summary>The mean of a fixed-point sum over a positive count.</summary>
    public static double Mean(long sum, long count) => sum / (double)count / One;
}
