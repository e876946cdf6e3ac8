namespace Monitor.Raster.Zones;

/// <summary>
/// How much of each pixel of a row a polygon covers, in units of <see cref="FixedPoint"/>. May be asked by several
/// threads at once.
/// </summary>
public interface IPixelCoverage
{
    /// <summary>Writes the weight, 0 to <see cref="FixedPoint.One"/>, of the row's pixels from a column on.</summary>
    /// <param name="row">Row of the grid, from 0.</param>
    /// <param name="firstColumn">Column of the first weight.</param>
    /// <param name="weights">Receives one weight per pixel; the same whatever part of the row is asked for.</param>
    /// <returns>Whether any is above 0.</returns>
    bool Weigh(int row, int firstColumn, Span<int> weights);
}
