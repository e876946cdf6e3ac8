using System.Globalization;
using Monitor.Imagery.Gdal;

namespace Monitor.Imagery.Tiff;

/// <summary>
/// A tiled one-band GeoTIFF being written under a temporary name beside its own; only <see cref="Commit"/> gives it its
/// name. Disposed without it, nothing is left. Windows may come from several threads and in any order.
/// </summary>
public sealed unsafe class GeoTiffWriter : IDisposable
{
    private readonly Lock gate = new();
    private readonly string path, temporary;
    private readonly DatasetHandle dataset;
    private readonly nint band;
    private readonly int width, height;
    private bool committed;

    private GeoTiffWriter(string path, string temporary, DatasetHandle dataset, int width, int height)
    {
        (this.path, this.temporary, this.dataset) = (path, temporary, dataset);
        (this.width, this.height) = (width, height);
        band = GdalNative.GDALGetRasterBand(dataset, 1);
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
    /// <param name="threads">Threads that pack.</param>
    /// <exception cref="ImageryUnavailableException">The file cannot be created, or libgdal is missing.</exception>
    public static GeoTiffWriter Create<T>(
        string path, int width, int height, GeoReference? place, double? noData,
        TiffCompression compression = TiffCompression.None, int threads = 1) where T : unmanaged
    {
        GdalLibrary.Ensure();
        string full = Path.GetFullPath(path);
        string temporary = Path.Combine(
            Path.GetDirectoryName(full) ?? "", $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}.part");
        nint options = Options(compression, threads, PixelType<T>() >= GdalNative.TypeFloat32);
        GdalError.Reset();
        var dataset = new DatasetHandle(GdalNative.GDALCreate(
            GdalNative.GDALGetDriverByName("GTiff"), temporary, width, height, 1, PixelType<T>(), options));
        GdalNative.CSLDestroy(options);
        if (dataset.IsInvalid) throw Unwritable(path);
        var writer = new GeoTiffWriter(path, temporary, dataset, width, height);
        try
        {
            writer.Describe(place, noData);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
        return writer;
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

    /// <summary>Writes a window, row by row.</summary>
    /// <exception cref="ArgumentException">The span does not hold exactly the window, or it lies outside.</exception>
    /// <exception cref="ImageryUnavailableException">The disk does not take it.</exception>
    public void Write<T>(RasterWindow window, ReadOnlySpan<T> pixels) where T : unmanaged
    {
        if (pixels.Length != window.Area) throw new ArgumentException("The span must hold exactly the window.");
        if (window.X < 0 || window.Y < 0 || window.X + window.Width > width || window.Y + window.Height > height)
            throw new ArgumentException("The window lies outside the raster.", nameof(window));
        lock (gate)
        {
            GdalError.Reset();
            fixed (T* data = pixels)
            {
                int status = GdalNative.GDALRasterIO(
                    band, GdalNative.Write, window.X, window.Y, window.Width, window.Height,
                    data, window.Width, window.Height, PixelType<T>(), 0, 0);
                if (status >= GdalNative.Failure) throw Unwritable(path);
            }
        }
    }

    /// <summary>Puts names and values into the file's metadata, before <see cref="Commit"/>.</summary>
    /// <param name="ofFile">Of the file: <c>TIFFTAG_SOFTWARE</c> and the like are tags, all else stands in GDAL's.</param>
    /// <param name="ofBand">Of its band: <c>STATISTICS_MEAN</c> and the like.</param>
    /// <exception cref="ImageryUnavailableException">The disk does not take it.</exception>
    public void Annotate(
        IEnumerable<(string Name, string Value)> ofFile, IEnumerable<(string Name, string Value)> ofBand)
    {
        lock (gate)
        {
            GdalError.Reset();
            foreach ((string name, string value) in ofFile)
                if (GdalNative.GDALSetMetadataItem(dataset, name, value, null) != 0) throw Unwritable(path);
            foreach ((string name, string value) in ofBand)
                if (GdalNative.GDALSetMetadataItem(band, name, value, null) != 0) throw Unwritable(path);
        }
    }

    /// <summary>Writes out what is left, closes the file and gives it its name.</summary>
    /// <exception cref="ImageryUnavailableException">The disk does not take it; nothing is left.</exception>
    public void Commit()
    {
        lock (gate)
        {
            GdalError.Reset();
            GdalNative.GDALFlushCache(dataset);
            bool failed = GdalError.IsFailure;
            string reason = GdalError.Text;
            GdalError.Reset();
            dataset.Dispose();
            if (failed || GdalError.IsFailure)
                throw new ImageryUnavailableException(Fault(path, failed ? reason : GdalError.Text));
            try
            {
                File.Move(temporary, path, overwrite: true);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                throw new ImageryUnavailableException(Fault(path, fault.Message), fault);
            }
            committed = true;
        }
    }

    /// <summary>Closes the file; if it was not committed, it is gone.</summary>
    public void Dispose()
    {
        // Closing first packs and writes what is still in memory: seconds, in which the process may be ended. An open
        // file can lose its name at once everywhere but on Windows.
        if (!committed && !OperatingSystem.IsWindows()) File.Delete(temporary);
        dataset.Dispose();
        if (!committed) File.Delete(temporary);
    }

    private void Describe(GeoReference? place, double? noData)
    {
        if (noData is double number && GdalNative.GDALSetRasterNoDataValue(band, number) != 0) throw Unwritable(path);
        if (place is null) return;
        double* six = stackalloc double[6]
        {
            place.OriginX, place.PixelWidth, place.RowRotation, place.OriginY, place.ColumnRotation, place.PixelHeight,
        };
        if (GdalNative.GDALSetGeoTransform(dataset, six) != 0) throw Unwritable(path);
        if (place.Wkt.Length > 0 && GdalNative.GDALSetProjection(dataset, place.Wkt) != 0) throw Unwritable(path);
    }

    private static int PixelType<T>() => typeof(T) == typeof(byte) ? GdalNative.TypeByte
        : typeof(T) == typeof(ushort) ? GdalNative.TypeUInt16
        : typeof(T) == typeof(short) ? GdalNative.TypeInt16
        : typeof(T) == typeof(uint) ? GdalNative.TypeUInt32
        : typeof(T) == typeof(int) ? GdalNative.TypeInt32
        : typeof(T) == typeof(float) ? GdalNative.TypeFloat32
        : typeof(T) == typeof(double) ? GdalNative.TypeFloat64
        : throw new ArgumentException($"A raster does not hold {typeof(T).Name}.");

    private static nint Options(TiffCompression compression, int threads, bool floating)
    {
        nint options = GdalNative.CSLSetNameValue(0, "TILED", "YES");
        options = GdalNative.CSLSetNameValue(options, "BLOCKXSIZE", "512");
        options = GdalNative.CSLSetNameValue(options, "BLOCKYSIZE", "512");
        options = GdalNative.CSLSetNameValue(options, "BIGTIFF", "IF_SAFER");
        if (compression == TiffCompression.None) return options;
        options = GdalNative.CSLSetNameValue(
            options, "COMPRESS", compression == TiffCompression.Deflate ? "DEFLATE" : "ZSTD");
        // GDAL's own level 9 takes several times as long and as much memory, for a file little smaller.
        options = GdalNative.CSLSetNameValue(options, "ZSTD_LEVEL", "3");
        options = GdalNative.CSLSetNameValue(options, "PREDICTOR", floating ? "3" : "2");
        string packers = threads.ToString(CultureInfo.InvariantCulture);
        return GdalNative.CSLSetNameValue(options, "NUM_THREADS", packers);
    }

    private static ImageryUnavailableException Unwritable(string path) => new(Fault(path, GdalError.Text));

    private static string Fault(string path, string reason) =>
        $"{path}: It cannot be written ({reason}). Free space or choose a folder that can be written to.";
}
