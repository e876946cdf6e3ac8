using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Xml.Linq;
using Microsoft.Win32.SafeHandles;
using Monitor.Imagery.Gdal;

namespace Monitor.Imagery.Tiff;

/// <summary>
/// A tiled one-band GeoTIFF being written under a temporary name beside its own; only <see cref="Commit"/> gives it its
/// name. Disposed without it, nothing is left. Windows may come from several threads and in any order; each packs the
/// tiles that it completes, so that windows along the tiles are packed in parallel. The file's bytes are the same whatever
/// the order and the threads.
/// </summary>
public sealed class GeoTiffWriter : IDisposable
{
    /// <summary>Columns and rows of a tile.</summary>
    public const int TileSide = 512;

    // Room behind the directory for what is said of the raster in the end; longer words go behind the tiles.
    private const int RoomForWords = 4096;

    // Beyond this the places in a classic TIFF might not fit 32 bits.
    private const long ClassicBytesMax = 4_000_000_000;

    private readonly string path, temporary;
    private readonly SafeFileHandle file;
    private readonly TiffPixels pixelsOfFile;
    private readonly int width, height, across;
    private readonly TiffHeader header;
    private readonly TiffCompression compression;
    private readonly byte[] empty;
    private readonly long[] offsets, counts;
    private readonly ConcurrentDictionary<int, OpenTile> open = [];
    private readonly ConcurrentBag<BlockPacker> packers = [];
    private readonly ConcurrentBag<byte[]> rooms = [];
    private readonly long front;
    private TileOrder order;
    private bool isWhole, committed;

    private GeoTiffWriter(
        string path, string temporary, SafeFileHandle file, int width, int height, TiffPixels pixels,
        TiffCompression compression, GeoReference? place, double? noData)
    {
        (this.path, this.temporary, this.file, this.compression) = (path, temporary, file, compression);
        (this.width, this.height, pixelsOfFile) = (width, height, pixels);
        across = ((width - 1) / TileSide) + 1;
        int tiles = across * (((height - 1) / TileSide) + 1);
        (offsets, counts) = (new long[tiles], new long[tiles]);
        empty = pixels.Filled(TileSide * TileSide, noData ?? 0);
        header = new TiffHeader((long)tiles * empty.Length > ClassicBytesMax);
        Describe(place, noData);
        front = header.Start + header.Directory(header.Start).Length + RoomForWords;
        order = new TileOrder([.. Enumerable.Range(0, tiles)], front);
    }

    // A tile of which a part has come.
    private sealed class OpenTile(byte[] room, int missing)
    {
        private int missing = missing;

        internal byte[] Room => room;

        internal bool Completes(int pixels) => Interlocked.Add(ref missing, -pixels) == 0;
    }

    /// <summary>Starts a file.</summary>
    /// <typeparam name="T">byte, ushort, short, uint, int, float or double: the type of the pixels in the
    /// file.</typeparam>
    /// <param name="path">Its name in the end; an older file of that name is replaced by <see cref="Commit"/>.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="place">Where it lies; null for nowhere.</param>
    /// <param name="noData">The number that stands for nothing; null for none.</param>
    /// <param name="compression">How tiles are packed.</param>
    /// <exception cref="ImageryUnavailableException">
    /// The file cannot be created, or the place is in WKT and libgdal is missing.
    /// </exception>
    public static GeoTiffWriter Create<T>(
        string path, int width, int height, GeoReference? place, double? noData,
        TiffCompression compression = TiffCompression.None) where T : unmanaged
    {
        TiffPixels pixels = TiffPixels.Of<T>();
        string full = Path.GetFullPath(path);
        string temporary = Path.Combine(
            Path.GetDirectoryName(full) ?? "", $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}.part");
        SafeFileHandle file = Guarded(path, () => File.OpenHandle(
            temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete));
        try
        {
            return new GeoTiffWriter(path, temporary, file, width, height, pixels, compression, place, noData);
        }
        catch
        {
            file.Dispose();
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes a whole small raster, row after row from the north.</summary>
    /// <inheritdoc cref="Create{T}" path="/exception"/>
    public static void WriteAll<T>(
        string path, ReadOnlySpan<T> pixels, int width, int height, GeoReference? place, double? noData = null,
        TiffCompression compression = TiffCompression.None) where T : unmanaged
    {
        using GeoTiffWriter writer = Create<T>(path, width, height, place, noData, compression);
        writer.Write(new RasterWindow(0, 0, width, height), pixels);
        writer.Commit();
    }

    /// <summary>
    /// Says that windows over the whole raster will come, and in which order they will be begun: packed tiles then lie in
    /// the order in which they are completed by it, and few are held back; others have their place at once. Before the first
    /// window; without it, the tiles that come lie in the order of rows.
    /// </summary>
    internal void Expect(IEnumerable<RasterWindow> windows)
    {
        isWhole = compression == TiffCompression.None;
        order = new TileOrder(TileOrder.RanksOf(across, offsets.Length / across, TileSide, windows), front);
    }

    /// <summary>Writes a window, row by row; no pixel twice. What never comes is nodata, and 0 without one.</summary>
    /// <exception cref="ArgumentException">
    /// The span does not hold exactly the window, or it lies outside, or its pixels are not of the file's type.
    /// </exception>
    /// <exception cref="ImageryUnavailableException">The disk does not take it, or libzstd is missing.</exception>
    public void Write<T>(RasterWindow window, ReadOnlySpan<T> pixels) where T : unmanaged
    {
        if (pixels.Length != window.Area) throw new ArgumentException("The span must hold exactly the window.");
        if (window.X < 0 || window.Y < 0 || window.X + window.Width > width || window.Y + window.Height > height)
            throw new ArgumentException("The window lies outside the raster.", nameof(window));
        if (TiffPixels.Of<T>() != pixelsOfFile)
            throw new ArgumentException($"The file does not hold {typeof(T).Name}.", nameof(pixels));
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(pixels);
        for (int row = window.Y / TileSide; row * TileSide < window.Y + window.Height; row++)
        {
            for (int column = window.X / TileSide; column * TileSide < window.X + window.Width; column++)
            {
                var tile = new RasterWindow(column * TileSide, row * TileSide, TileSide, TileSide);
                if (tile == window) Flush((row * across) + column, bytes);
                else Copy((row * across) + column, tile, window, bytes);
            }
        }
    }

    /// <summary>Puts names and values into the file's metadata, before <see cref="Commit"/>.</summary>
    /// <param name="ofFile">Of the file: <c>TIFFTAG_SOFTWARE</c> and the like are tags, all else stands in GDAL's.</param>
    /// <param name="ofBand">Of its band: <c>STATISTICS_MEAN</c> and the like.</param>
    public void Annotate(
        IEnumerable<(string Name, string Value)> ofFile, IEnumerable<(string Name, string Value)> ofBand)
    {
        var words = new XElement("GDALMetadata");
        foreach ((string name, string value) in ofFile)
        {
            ushort? tag = name switch
            {
                "TIFFTAG_SOFTWARE" => TiffTag.Software,
                "TIFFTAG_IMAGEDESCRIPTION" => TiffTag.Description,
                "TIFFTAG_DATETIME" => TiffTag.DateTime,
                _ => null,
            };
            if (tag is ushort known) header.Text(known, value);
            else words.Add(new XElement("Item", new XAttribute("name", name), value));
        }
        foreach ((string name, string value) in ofBand)
            words.Add(new XElement("Item", new XAttribute("name", name), new XAttribute("sample", 0), value));
        if (words.HasElements) header.Text(TiffTag.Metadata, words.ToString());
    }

    /// <summary>Writes out what is left, closes the file and gives it its name.</summary>
    /// <exception cref="ImageryUnavailableException">The disk does not take it; nothing is left.</exception>
    public void Commit()
    {
        foreach ((int index, OpenTile tile) in open) Flush(index, tile.Room);
        open.Clear();
        foreach ((int tile, byte[] bytes, long at) in order.Rest()) Put(tile, bytes, at);
        long end = isWhole ? front + (offsets.Length * (long)empty.Length) : order.End;
        header.Places(TiffTag.TileOffsets, offsets);
        header.Places(TiffTag.TileByteCounts, counts);
        Guarded(path, () =>
        {
            byte[] directory = header.Directory(header.Start);
            bool fits = header.Start + directory.Length <= front;
            long at = fits ? header.Start : end + (end & 1);
            RandomAccess.Write(file, fits ? directory : header.Directory(at), at);
            RandomAccess.Write(file, header.Head(at), 0);
            file.Dispose();
            File.Move(temporary, path, overwrite: true);
            return committed = true;
        });
    }

    /// <summary>Closes the file; if it was not committed, it is gone.</summary>
    public void Dispose()
    {
        foreach (BlockPacker packer in packers) packer.Dispose();
        packers.Clear();
        file.Dispose();
        if (!committed) File.Delete(temporary);
    }

    private void Describe(GeoReference? place, double? noData)
    {
        header.Long(TiffTag.Width, (uint)width);
        header.Long(TiffTag.Height, (uint)height);
        header.Short(TiffTag.BitsPerSample, (ushort)(8 * pixelsOfFile.Bytes));
        header.Short(TiffTag.SampleFormat, pixelsOfFile.Format);
        header.Short(TiffTag.SamplesPerPixel, 1);
        header.Short(TiffTag.Planar, 1);
        header.Short(TiffTag.Photometric, 1);
        ushort packing = compression switch { TiffCompression.None => 1, TiffCompression.Deflate => 8, _ => 50000 };
        header.Short(TiffTag.Compression, packing);
        using var packer = new BlockPacker(compression, pixelsOfFile);
        if (packer.Predictor > 1) header.Short(TiffTag.Predictor, packer.Predictor);
        header.Short(TiffTag.TileWidth, TileSide);
        header.Short(TiffTag.TileHeight, TileSide);
        header.Places(TiffTag.TileOffsets, offsets);
        header.Places(TiffTag.TileByteCounts, counts);
        if (place is not null) header.Place(place);
        if (noData is double none) header.Text(TiffTag.NoData, TiffNoData.TextOf(none));
    }

    private void Copy(int index, RasterWindow tile, RasterWindow window, ReadOnlySpan<byte> bytes)
    {
        int size = pixelsOfFile.Bytes;
        int x0 = Math.Max(tile.X, window.X), x1 = Math.Min(tile.X + TileSide, window.X + window.Width);
        int y0 = Math.Max(tile.Y, window.Y), y1 = Math.Min(tile.Y + TileSide, window.Y + window.Height);
        int inside = Math.Min(TileSide, width - tile.X) * Math.Min(TileSide, height - tile.Y);
        OpenTile target = open.GetOrAdd(index, _ => new OpenTile(Room(), inside));
        for (int y = y0; y < y1; y++)
        {
            int from = ((y - window.Y) * window.Width) + x0 - window.X, to = ((y - tile.Y) * TileSide) + x0 - tile.X;
            bytes.Slice(from * size, (x1 - x0) * size).CopyTo(target.Room.AsSpan(to * size));
        }
        if (!target.Completes((x1 - x0) * (y1 - y0))) return;
        open.TryRemove(index, out _);
        Flush(index, target.Room);
        rooms.Add(target.Room);
    }

    private byte[] Room()
    {
        if (!rooms.TryTake(out byte[]? room)) room = GC.AllocateUninitializedArray<byte>(empty.Length);
        empty.CopyTo(room, 0);
        return room;
    }

    private void Flush(int index, ReadOnlySpan<byte> block)
    {
        if (!packers.TryTake(out BlockPacker? packer)) packer = new BlockPacker(compression, pixelsOfFile);
        ReadOnlySpan<byte> packed = packer.Pack(block, TileSide * pixelsOfFile.Bytes);
        // What is not packed and comes altogether has its place from the beginning.
        if (isWhole) Put(index, packed, front + (index * (long)empty.Length));
        else foreach ((int tile, byte[] bytes, long at) in order.Take(index, packed)) Put(tile, bytes, at);
        packers.Add(packer);
    }

    private void Put(int tile, ReadOnlySpan<byte> bytes, long at)
    {
        (offsets[tile], counts[tile]) = (at, bytes.Length);
        try
        {
            RandomAccess.Write(file, bytes, at);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, fault);
        }
    }

    private static T Guarded<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, fault);
        }
    }

    private static ImageryUnavailableException Unwritable(string path, Exception fault) => new(
        $"{path}: It cannot be written ({fault.Message.TrimEnd('.')}). "
        + "Free space or choose a folder that can be written to.", fault);
}
