using Monitor.Imagery.Gdal;

namespace Monitor.Integration.Tests.Imagery.Tiff;

/// <summary>GeoTIFFs as GDAL writes them, with any of its options: files of a foreign hand.</summary>
internal static unsafe class GdalFile
{
    /// <summary>Writes bands of values, each as GDAL converts it to the type.</summary>
    /// <param name="path">The file.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="type">GDAL's number of the type.</param>
    /// <param name="bands">The values of each band, row by row; null leaves the band unwritten.</param>
    /// <param name="noData">Null for none.</param>
    /// <param name="place">Null for nowhere.</param>
    /// <param name="options">As <c>TILED=YES</c>.</param>
    internal static void Write(
        string path, int width, int height, int type, double[]?[] bands, double? noData, GeoReference? place,
        params IEnumerable<string> options)
    {
        GdalLibrary.Ensure();
        nint list = 0;
        foreach (string option in options)
        {
            string[] parts = option.Split('=');
            list = GdalNative.CSLSetNameValue(list, parts[0], parts[1]);
        }
        using var dataset = new DatasetHandle(GdalNative.GDALCreate(
            GdalNative.GDALGetDriverByName("GTiff"), path, width, height, bands.Length, type, list));
        GdalNative.CSLDestroy(list);
        if (dataset.IsInvalid) throw new InvalidOperationException(GdalError.Text);
        if (place is not null)
        {
            double* six = stackalloc double[6]
            {
                place.OriginX, place.PixelWidth, place.RowRotation,
                place.OriginY, place.ColumnRotation, place.PixelHeight,
            };
            Require(GdalNative.GDALSetGeoTransform(dataset, six));
            Require(GdalNative.GDALSetProjection(dataset, place.Wkt));
        }
        for (int i = 0; i < bands.Length; i++)
        {
            nint band = GdalNative.GDALGetRasterBand(dataset, i + 1);
            if (noData is double none) Require(GdalNative.GDALSetRasterNoDataValue(band, none));
            if (bands[i] is not double[] values) continue;
            fixed (double* data = values)
            {
                Require(GdalNative.GDALRasterIO(
                    band, GdalNative.Write, 0, 0, width, height, data, width, height, GdalNative.TypeFloat64, 0, 0));
            }
        }
    }

    private static void Require(int status)
    {
        if (status >= GdalNative.Failure) throw new InvalidOperationException(GdalError.Text);
    }
}
