using Monitor.Domain;
using Monitor.Imagery.Tiff;

namespace Monitor.Imagery.Gdal;

/// <summary>
/// One band of one open file, for one thread: a plain GeoTIFF is read directly, anything else by GDAL, and both give
/// the same numbers.
/// </summary>
public sealed class RasterBand : IDisposable
{
    private readonly IBandReader reader;

    private RasterBand(BandReference reference, IBandReader reader) => (Reference, this.reader) = (reference, reader);

    /// <summary>The file and band.</summary>
    public BandReference Reference { get; }

    /// <summary>Columns.</summary>
    public int Width => reader.Width;

    /// <summary>Rows.</summary>
    public int Height => reader.Height;

    /// <summary>Columns of a block: the piece in which the file is stored.</summary>
    public int BlockWidth => reader.BlockWidth;

    /// <summary>Rows of a block.</summary>
    public int BlockHeight => reader.BlockHeight;

    /// <summary>The file's own nodata; null when it names none.</summary>
    public double? NoData => reader.NoData;

    /// <summary>Where the raster lies; null when the file does not say.</summary>
    public GeoReference? Place => reader.Place;

    /// <summary>Whether every value fits UInt16, so that the band is read so; else it is read as Float64.</summary>
    public bool FitsUInt16 => reader.Type is PixelType.Byte or PixelType.UInt16;

    /// <summary>Whether the values are float32, so that a nodata given by hand is rounded to float32 too.</summary>
    internal bool IsFloat32 => reader.Type == PixelType.Float32;

    /// <summary>Whether the band holds bytes, and can be read as such.</summary>
    internal bool IsByte => reader.Type == PixelType.Byte;

    /// <summary>Whether it is read without GDAL, by whole blocks.</summary>
    internal bool IsDirect => reader is TiffBand;

    /// <summary>
    /// Decoded blocks that are kept for windows to come: 1 is enough where each block is one window's.
    /// </summary>
    internal int BlocksKept
    {
        get => reader.BlocksKept;
        set => reader.BlocksKept = value;
    }

    /// <summary>Opens the file for reading.</summary>
    /// <exception cref="InputException">Missing, not a raster, without that band, or complex.</exception>
    /// <exception cref="ImageryUnavailableException">GDAL is needed, and libgdal is missing.</exception>
    public static RasterBand Open(BandReference reference) => Open(reference, allowDirect: true);

    /// <summary>The same; by GDAL alone where it is asked for, as the tests do.</summary>
    internal static RasterBand Open(BandReference reference, bool allowDirect)
    {
        // GDAL's own file systems (/vsicurl/, /vsizip/) are no files of ours to look for.
        bool isOurs = !reference.File.StartsWith("/vsi", StringComparison.Ordinal);
        if (isOurs && !File.Exists(reference.File))
            throw new InputException("There is no such file.", "Name an existing raster file.", reference.File);
        IBandReader? direct = isOurs && allowDirect ? TiffBand.TryOpen(reference) : null;
        return new RasterBand(reference, direct ?? GdalBand.Open(reference));
    }

    /// <summary>Reads a window row by row; values beyond the range of UInt16 are clamped to it.</summary>
    /// <exception cref="InputException">The file is truncated or corrupt.</exception>
    public void Read(int x, int y, int width, int height, Span<ushort> values) =>
        reader.Read(Inside(x, y, width, height, values.Length), values);

    /// <summary>Reads a window row by row; integers up to 2⁵³ are exact.</summary>
    /// <exception cref="InputException">The file is truncated or corrupt.</exception>
    public void Read(int x, int y, int width, int height, Span<double> values) =>
        reader.Read(Inside(x, y, width, height, values.Length), values);

    /// <summary>Reads a window of a band of bytes.</summary>
    /// <exception cref="InputException">The file is truncated or corrupt.</exception>
    internal void Read(RasterWindow window, Span<byte> values) =>
        reader.Read(Inside(window.X, window.Y, window.Width, window.Height, values.Length), values);

    /// <summary>
    /// The pixels of a window where they stand together in a decoded block, without a copy: valid until the next call.
    /// False when they do not, or are of another type than asked for; then <c>Read</c> gives them.
    /// </summary>
    /// <exception cref="InputException">The file is truncated or corrupt.</exception>
    internal bool TryLend<T>(RasterWindow window, out ReadOnlySpan<T> values) where T : unmanaged =>
        reader.TryLend(Inside(window.X, window.Y, window.Width, window.Height, window.Area), out values);

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();

    private RasterWindow Inside(int x, int y, int width, int height, int length)
    {
        if (length != (long)width * height) throw new ArgumentException("The span must hold exactly the window.");
        if (x < 0 || y < 0 || width < 1 || height < 1 || (long)x + width > Width || (long)y + height > Height)
            throw new ArgumentException("The window lies outside the raster.");
        return new RasterWindow(x, y, width, height);
    }
}
