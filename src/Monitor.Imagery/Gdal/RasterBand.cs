using System.Globalization;
using System.Runtime.InteropServices;
using Monitor.Domain;

namespace Monitor.Imagery.Gdal;

/// <summary>One band of one open file, for one thread. Each instance has a handle of its own.</summary>
public sealed unsafe class RasterBand : IDisposable
{
    private readonly DatasetHandle dataset;
    private readonly nint band;
    private readonly int type;
    private readonly long blockBytes;

    private RasterBand(BandReference reference, DatasetHandle dataset, nint band)
    {
        (Reference, this.dataset, this.band) = (reference, dataset, band);
        Width = GdalNative.GDALGetRasterXSize(dataset);
        Height = GdalNative.GDALGetRasterYSize(dataset);
        type = GdalNative.GDALGetRasterDataType(band);
        int x, y, has;
        GdalNative.GDALGetBlockSize(band, &x, &y);
        (BlockWidth, BlockHeight) = (x, y);
        blockBytes = (long)x * y * GdalNative.GDALGetDataTypeSizeBytes(type);
        GdalLibrary.Reserve(blockBytes, 1);
        double value = GdalNative.GDALGetRasterNoDataValue(band, &has);
        // Files keep nodata as text in double; the pixels of a float32 band hold the nearest float32.
        NoData = has == 0 ? null : type == GdalNative.TypeFloat32 ? (float)value : value;
        double* six = stackalloc double[6];
        if (GdalNative.GDALGetGeoTransform(dataset, six) == 0)
        {
            string wkt = Marshal.PtrToStringUTF8(GdalNative.GDALGetProjectionRef(dataset)) ?? "";
            Place = new GeoReference(six[0], six[1], six[2], six[3], six[4], six[5], wkt);
        }
    }

    /// <summary>The file and band.</summary>
    public BandReference Reference { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns of a block: the piece in which the file is stored.</summary>
    public int BlockWidth { get; }

    /// <summary>Rows of a block.</summary>
    public int BlockHeight { get; }

    /// <summary>The file's own nodata; null when it names none.</summary>
    public double? NoData { get; }

    /// <summary>Where the raster lies; null when the file does not say.</summary>
    public GeoReference? Place { get; }

    /// <summary>Whether every value fits UInt16, so that the band is read so; else it is read as Float64.</summary>
    public bool FitsUInt16 => type is GdalNative.TypeByte or GdalNative.TypeUInt16;

    /// <summary>Whether the values are float32, so that a nodata given by hand is rounded to float32 too.</summary>
    internal bool IsFloat32 => type == GdalNative.TypeFloat32;

    /// <summary>Opens the file for reading.</summary>
    /// <exception cref="InputException">Missing, not a raster, without that band, or complex.</exception>
    /// <exception cref="ImageryUnavailableException">libgdal is missing.</exception>
    public static RasterBand Open(BandReference reference)
    {
        GdalLibrary.Ensure();
        // GDAL's own file systems (/vsicurl/, /vsizip/) are no files of ours to look for.
        if (!reference.File.StartsWith("/vsi", StringComparison.Ordinal) && !File.Exists(reference.File))
            throw new InputException("There is no such file.", "Name an existing raster file.", reference.File);
        GdalError.Reset();
        var dataset = new DatasetHandle(GdalNative.GDALOpenEx(
            reference.File, GdalNative.OpenRaster | GdalNative.OpenVerbose, 0, 0, 0));
        if (dataset.IsInvalid)
        {
            throw new InputException(
                $"It cannot be read as a raster: {GdalError.Text}.", "Give a GeoTIFF or the like.",
                reference.File);
        }
        int bands = GdalNative.GDALGetRasterCount(dataset);
        if (reference.Band > bands)
        {
            dataset.Dispose();
            throw new InputException(
                string.Create(CultureInfo.InvariantCulture, $"It has {bands} bands, not {reference.Band}."),
                "Name a band as FILE#N with N from 1.", reference.File);
        }
        var opened = new RasterBand(reference, dataset, GdalNative.GDALGetRasterBand(dataset, reference.Band));
        if (GdalNative.GDALDataTypeIsComplex(opened.type) == 0) return opened;
        opened.Dispose();
        throw new InputException("Its values are complex numbers.", "Give a raster of reflectances.", reference.File);
    }

    /// <summary>Reads a window row by row; values beyond the range of UInt16 are clamped to it.</summary>
    /// <exception cref="InputException">The file is truncated or corrupt.</exception>
    public void Read(int x, int y, int width, int height, Span<ushort> values)
    {
        Require(values.Length, width, height);
        fixed (ushort* data = values) Read(x, y, width, height, data, GdalNative.TypeUInt16);
    }

    /// <summary>Reads a window row by row; integers up to 2⁵³ are exact.</summary>
    /// <exception cref="InputException">The file is truncated or corrupt.</exception>
    public void Read(int x, int y, int width, int height, Span<double> values)
    {
        Require(values.Length, width, height);
        fixed (double* data = values) Read(x, y, width, height, data, GdalNative.TypeFloat64);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (dataset.IsClosed) return;
        dataset.Dispose();
        GdalLibrary.Reserve(blockBytes, -1);
    }

    private static void Require(int length, int width, int height)
    {
        if (length != (long)width * height) throw new ArgumentException("The span must hold exactly the window.");
    }

    private void Read(int x, int y, int width, int height, void* data, int asType)
    {
        GdalError.Reset();
        int status = GdalNative.GDALRasterIO(
            band, GdalNative.Read, x, y, width, height, data, width, height, asType, 0, 0);
        if (status < GdalNative.Failure) return;
        throw new InputException(
            string.Create(CultureInfo.InvariantCulture,
                $"It is truncated or corrupt: rows {y} to {y + height - 1} cannot be read ({GdalError.Text})."),
            "Fetch the file again.", Reference.File);
    }
}
