using System.IO.Compression;
using Monitor.Imagery.Pictures;

namespace Monitor.Imagery.Tiles;

/// <summary>A tile being painted: transparent until a pixel is given a colour or the hatch of what is masked.</summary>
internal sealed class TilePaint(MercatorFrame frame)
{
    private const int BytesPerPixel = 4;

    // The hatch counts in pixels of the frame, and eight divides a tile's side: it runs on from tile to tile.
    private const int HatchPeriod = 8, HatchWidth = 3;

    private static readonly Rgb HatchLine = Rgb.Of(0x76888E), HatchGround = Rgb.Of(0xE8ECEC);

    private readonly byte[] pixels = new byte[frame.Width * frame.Height * BytesPerPixel];

    /// <summary>Gives a pixel its colour.</summary>
    /// <param name="at">Row × width + column.</param>
    /// <param name="colour">The colour.</param>
    internal void Set(int at, Rgb colour)
    {
        Span<byte> pixel = pixels.AsSpan(at * BytesPerPixel, BytesPerPixel);
        (pixel[0], pixel[1], pixel[2], pixel[3]) = (colour.R, colour.G, colour.B, byte.MaxValue);
    }

    /// <summary>Hatches a pixel.</summary>
    internal void Mask(int at) => Set(at, Hatch(at % frame.Width, at / frame.Width));

    /// <summary>The PNG.</summary>
    internal byte[] Encode(CompressionLevel effort = CompressionLevel.Fastest) =>
        PngFile.Encode(pixels, frame.Width, frame.Height, effort);

    /// <summary>The colour that a masked pixel has at a place of the frame.</summary>
    internal static Rgb Hatch(int x, int y) => (x + y) % HatchPeriod < HatchWidth ? HatchLine : HatchGround;
}
