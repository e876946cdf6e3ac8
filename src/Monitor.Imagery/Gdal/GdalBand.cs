using System.Globalization;
using System.Runtime.InteropServices;
using Monitor.Domain;
using Monitor.Imagery.Tiff;

namespace Monitor.Imagery.Gdal;

/// <summary>One band of one open dataset of GDAL, for one thread.</summary>
internal sealed unsafe class GdalBand : IBandReader
{
    private readonly BandReference reference;
    private readonly DatasetHandle dataset;
    private readonly nint band;
    private readonly int type;
    private readonly long blockBytes;

    private GdalBand(BandReference reference, DatasetHandle dataset, nint band)
    {
        (this.reference, this.dataset, this.band) = (reference, dataset, band);
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
        Place = PlaceOf(dataset);
    }

    public int Width { get; }

    public int Height { get; }

    public int BlockWidth { get; }

    public int BlockHeight { get; }

    public double? NoData { get; }

    public GeoReference? Place { get; }

    public PixelType? Type => type switch
    {
        GdalNative.TypeByte => PixelType.Byte,
        GdalNative.TypeUInt16 => PixelType.UInt16,
        GdalNative.TypeInt16 => PixelType.Int16,
        GdalNative.TypeFloat32 => PixelType.Float32,
        _ => null,
    };

    // GDAL keeps blocks itself, in the cache that GdalLibrary bounds.
    public int BlocksKept { get; set; } = 1;

    internal static GdalBand Open(BandReference reference)
    {
        DatasetHandle dataset = OpenDataset(reference);
        int bands = GdalNative.GDALGetRasterCount(dataset);
        if (reference.Band > bands)
        {
            dataset.Dispose();
            throw new InputException(
                string.Create(CultureInfo.InvariantCulture, $"It has {bands} bands, not {reference.Band}."),
                "Name a band as FILE#N with N from 1.", reference.File);
        }
        var opened = new GdalBand(reference, dataset, GdalNative.GDALGetRasterBand(dataset, reference.Band));
        if (GdalNative.GDALDataTypeIsComplex(opened.type) == 0) return opened;
        opened.Dispose();
        throw new InputException("Its values are complex numbers.", "Give a raster of reflectances.", reference.File);
    }

    /// <summary>Where a file lies; null when it does not say.</summary>
    internal static GeoReference? PlaceOf(BandReference reference)
    {
        using DatasetHandle dataset = OpenDataset(reference);
        return PlaceOf(dataset);
    }

    public void Read(RasterWindow window, Span<ushort> values)
    {
        fixed (ushort* data = values) Read(window, data, GdalNative.TypeUInt16);
    }

    public void Read(RasterWindow window, Span<double> values)
    {
        fixed (double* data = values) Read(window, data, GdalNative.TypeFloat64);
    }

    public void Read(RasterWindow window, Span<byte> values)
    {
        fixed (byte* data = values) Read(window, data, GdalNative.TypeByte);
    }

    public bool TryLend<T>(RasterWindow window, out ReadOnlySpan<T> values) where T : unmanaged
    {
        values = default;
        return false;
    }

    public void Dispose()
    {
        if (dataset.IsClosed) return;
        dataset.Dispose();
        GdalLibrary.Reserve(blockBytes, -1);
    }

    private static DatasetHandle OpenDataset(BandReference reference)
    {
        GdalLibrary.Ensure();
        GdalError.Reset();
        var dataset = new DatasetHandle(GdalNative.GDALOpenEx(
            reference.File, GdalNative.OpenRaster | GdalNative.OpenVerbose, 0, 0, 0));
        return !dataset.IsInvalid ? dataset : throw new InputException(
            $"It cannot be read as a raster: {GdalError.Text}.", "Give a GeoTIFF or the like.", reference.File);
    }

    private static GeoReference? PlaceOf(DatasetHandle dataset)
    {
        double* six = stackalloc double[6];
        if (GdalNative.GDALGetGeoTransform(dataset, six) != 0) return null;
        string wkt = Marshal.PtrToStringUTF8(GdalNative.GDALGetProjectionRef(dataset)) ?? "";
        return new GeoReference(six[0], six[1], six[2], six[3], six[4], six[5], wkt);
    }

    private void Read(RasterWindow window, void* data, int asType)
    {
        GdalError.Reset();
        int status = GdalNative.GDALRasterIO(
            band, GdalNative.Read, window.X, window.Y, window.Width, window.Height,
            data, window.Width, window.Height, asType, 0, 0);
        if (status < GdalNative.Failure) return;
        throw new InputException(
            string.Create(CultureInfo.InvariantCulture,
                $"It is truncated or corrupt: rows {window.Y} to {window.Y + window.Height - 1} cannot be read ")
            + $"({GdalError.Text}).",
            "Fetch the file again.", reference.File);
    }
}
