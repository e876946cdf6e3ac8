using Monitor.Imagery.Pictures;
using Monitor.Raster;

namespace Monitor.Imagery.Tiles;

/// <summary>Colours of a tile's pixels: a ramp where there is a value, a hatch where it is masked, nothing outside.</summary>
internal sealed class TilePaint
{
    private const int BytesPerPixel = 4;

    // The hatch counts in pixels of the frame, and eight divides a tile's side: it runs on from tile to tile.
    private const int HatchPeriod = 8, HatchWidth = 3;

    private static readonly Rgb HatchLine = Rgb.Of(0x76888E), HatchGround = Rgb.Of(0xE8ECEC), Clear = Rgb.Of(0xD6E6DC);

    private readonly byte[] pixels;
    private readonly int width;
    private readonly TileLayer layer;

    internal TilePaint(MercatorFrame frame, TileLayer layer)
    {
        (width, this.layer) = (frame.Width, layer);
        pixels = new byte[frame.Width * frame.Height * BytesPerPixel];
    }

    /// <summary>Red, green, blue, opacity of each pixel, row after row.</summary>
    internal ReadOnlySpan<byte> Pixels => pixels;

    /// <summary>Paints one pixel.</summary>
    /// <param name="x">Column in the frame.</param>
    /// <param name="y">Row in the frame.</param>
    /// <param name="value">NDVI, cover, or 1 and 0 of the mask; <see cref="NdviKernel.NoData"/> for none.</param>
    /// <param name="hasData">Whether the bands hold anything there: what then has no value is masked.</param>
    internal void Set(int x, int y, float value, bool hasData)
    {
        bool isMasked = layer == TileLayer.Mask ? value == 0 : value < -1 && hasData;
        if (!isMasked && value < -1) return;
        Rgb colour = isMasked ? Hatch(x, y) : layer switch
        {
            TileLayer.Ndvi => ColourRamp.NdviOnMap.Of(value),
            TileLayer.Cover => ColourRamp.Cover.Of(value),
            _ => Clear,
        };
        Span<byte> pixel = pixels.AsSpan(((y * width) + x) * BytesPerPixel, BytesPerPixel);
        (pixel[0], pixel[1], pixel[2], pixel[3]) = (colour.R, colour.G, colour.B, byte.MaxValue);
    }

    /// <summary>The colour that a masked pixel has at a place of the frame.</summary>
    internal static Rgb Hatch(int x, int y) => (x + y) % HatchPeriod < HatchWidth ? HatchLine : HatchGround;
}
