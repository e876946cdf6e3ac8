using Monitor.Imagery.Gdal;
using Monitor.Imagery.Tiff;

namespace Monitor.Imagery;

/// <summary>
/// Reads one band of one open file, for one thread. Two bodies: GDAL, and the direct reader of plain GeoTIFFs.
/// </summary>
internal interface IBandReader : IDisposable
{
    int Width { get; }

    int Height { get; }

    /// <summary>Columns of the piece in which the file is stored.</summary>
    int BlockWidth { get; }

    int BlockHeight { get; }

    /// <summary>The file's own nodata, as a number of the band's type; null when it names none.</summary>
    double? NoData { get; }

    GeoReference? Place { get; }

    /// <summary>Null for the types that only GDAL reads.</summary>
    PixelType? Type { get; }

    /// <summary>Decoded blocks that are kept for the next window, where the reader can.</summary>
    int BlocksKept { get; set; }

    /// <summary>Reads a window that lies inside, row by row; what does not fit UInt16 is rounded and clamped.</summary>
    void Read(RasterWindow window, Span<ushort> values);

    /// <summary>Reads a window that lies inside, row by row.</summary>
    void Read(RasterWindow window, Span<double> values);

    /// <summary>Reads a window that lies inside of a band of bytes.</summary>
    void Read(RasterWindow window, Span<byte> values);

    /// <summary>
    /// The pixels of a window where they already stand together, row after row, in a decoded block: valid until the
    /// next call. False when they do not, or are of another type.
    /// </summary>
    bool TryLend<T>(RasterWindow window, out ReadOnlySpan<T> values) where T : unmanaged;
}
