namespace Monitor.Raster;

/// <summary>The mean cover by the three lines, each in [0, 1].</summary>
/// <param name="Low">By soil-high and veg-high.</param>
/// <param name="Central">By the central ends.</param>
/// <param name="High">By soil-low and veg-low.</param>
public readonly record struct CoverFigures(double Low, double Central, double High);

/// <summary>What one pass of the lanes adds up; a plain bag of integers, so that every width can fill it.</summary>
internal struct NdviSums
{
    internal long Count;

    /// <summary>Of each NDVI in fixed point, counted from −1: the part below its bin. The bins hold the rest.</summary>
    internal long WithinBins;

    // Of the squares in units of 2⁻⁶⁰, 128 bits. A field of type Int128 would keep every method that touches the tally
    // from being compiled ahead.
    private ulong squaresLow, squaresHigh;

    internal long CoverLow, CoverCentral, CoverHigh;
    internal float Min, Max;

    internal static NdviSums Empty => new() { Min = float.PositiveInfinity, Max = float.NegativeInfinity };

    /// <summary>Of the squares in units of 2⁻⁶⁰.</summary>
    internal readonly Int128 Squares => new(squaresHigh, squaresLow);

    /// <summary>Adds squares whose low and high halves, of 32 bits each, were summed apart.</summary>
    internal void AddSquares(ulong low, ulong high)
    {
        Add(low, 0);
        Add(high << 32, high >> 32);
    }

    /// <summary>Adds the squares of other sums.</summary>
    internal void AddSquares(in NdviSums other) => Add(other.squaresLow, other.squaresHigh);

    private void Add(ulong low, ulong high)
    {
        squaresLow += low;
        squaresHigh += high + (squaresLow < low ? 1UL : 0UL);
    }
}
