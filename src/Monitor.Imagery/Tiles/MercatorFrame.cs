namespace Monitor.Imagery.Tiles;

/// <summary>A picture's place on the map: square pixels in Web Mercator (EPSG:3857), rows from the north.</summary>
/// <param name="West">X of the west edge, in metres of the projection.</param>
/// <param name="North">Y of the north edge.</param>
/// <param name="Resolution">Metres of the projection along the side of a pixel.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public readonly record struct MercatorFrame(double West, double North, double Resolution, int Width, int Height)
{
    /// <summary>X of the east edge.</summary>
    public double East => West + (Width * Resolution);

    /// <summary>Y of the south edge.</summary>
    public double South => North - (Height * Resolution);

    /// <summary>The frame of so many pixels that holds the bounds in its middle, with a margin on each side.</summary>
    /// <param name="bounds">West, south, east and north in degrees.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="margin">Share of the bounds' own size that is left free on each side.</param>
    public static MercatorFrame Around(GeographicBounds bounds, int width, int height, double margin)
    {
        (double west, double south) = WebMercator.From(bounds.West, bounds.South);
        (double east, double north) = WebMercator.From(bounds.East, bounds.North);
        double room = 1 + (2 * margin);
        double resolution = Math.Max((east - west) * room / width, (north - south) * room / height);
        return new MercatorFrame(
            ((west + east) / 2) - (width * resolution / 2), ((south + north) / 2) + (height * resolution / 2),
            resolution, width, height);
    }
}
