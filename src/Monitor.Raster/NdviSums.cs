namespace Monitor.Raster;

/// <summary>The mean cover by the three lines, each in [0, 1].</summary>
/// <param name="Low">By soil-high and veg-high.</param>
/// <param name="Central">By the central ends.</param>
/// <param name="High">By soil-low and veg-low.</param>
public readonly record struct CoverFigures(double Low, double Central, double High);

/// <summary>What one pass of the lanes adds up; a plain bag of integers, so that every width can fill it.</summary>
internal struct NdviSums
{
    internal long Count, Sum, CoverLow, CoverCentral, CoverHigh;
    internal double Min, Max;

    internal static NdviSums Empty => new() { Min = double.PositiveInfinity, Max = double.NegativeInfinity };
}
