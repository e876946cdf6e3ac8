namespace Monitor.Imagery.Tiles;

/// <summary>A tile of 256 × 256 pixels in the XYZ scheme: x to the east, y to the south, both from 0.</summary>
/// <param name="Z">Zoom: 2ᶻ tiles along a side of the world.</param>
/// <param name="X">Column.</param>
/// <param name="Y">Row.</param>
public readonly record struct TileAddress(int Z, int X, int Y)
{
    /// <summary>Pixels along a tile's side.</summary>
    public const int Side = 256;

    /// <summary>The deepest zoom: a pixel of some four centimetres.</summary>
    public const int ZMax = 22;

    /// <summary>Whether there is such a tile.</summary>
    public bool IsValid => Z is >= 0 and <= ZMax && X >= 0 && Y >= 0 && X < 1 << Z && Y < 1 << Z;

    /// <summary>Where it lies.</summary>
    public MercatorFrame Frame
    {
        get
        {
            // Divided by a power of two: a tile's edge is its neighbour's, to the last bit.
            double span = 2 * WebMercator.Half / (1 << Z);
            return new MercatorFrame(
                (X * span) - WebMercator.Half, WebMercator.Half - (Y * span), span / Side, Side, Side);
        }
    }

    /// <summary>The tile of a zoom that a place lies in; a place beyond the projection is brought to its edge.</summary>
    public static TileAddress Of(double longitude, double latitude, int z)
    {
        (double x, double y) = WebMercator.From(longitude, latitude);
        double span = 2 * WebMercator.Half / (1 << z);
        int last = (1 << z) - 1;
        return new TileAddress(
            z, (int)Math.Clamp(Math.Floor((x + WebMercator.Half) / span), 0, last),
            (int)Math.Clamp(Math.Floor((WebMercator.Half - y) / span), 0, last));
    }
}
