namespace Monitor.Imagery.Tiles;

/// <summary>A box in degrees of WGS 84.</summary>
/// <param name="West">Smallest longitude.</param>
/// <param name="South">Smallest latitude.</param>
/// <param name="East">Largest longitude.</param>
/// <param name="North">Largest latitude.</param>
public readonly record struct GeographicBounds(double West, double South, double East, double North)
{
    /// <summary>The box around some points; points without a place (NaN) are left out.</summary>
    internal static GeographicBounds Around(ReadOnlySpan<double> longitudes, ReadOnlySpan<double> latitudes)
    {
        double west = double.PositiveInfinity, south = west, east = double.NegativeInfinity, north = east;
        for (int i = 0; i < longitudes.Length; i++)
        {
            if (double.IsNaN(longitudes[i])) continue;
            (west, east) = (Math.Min(west, longitudes[i]), Math.Max(east, longitudes[i]));
            (south, north) = (Math.Min(south, latitudes[i]), Math.Max(north, latitudes[i]));
        }
        return new GeographicBounds(west, south, east, north);
    }
}
