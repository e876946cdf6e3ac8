using Monitor.Imagery.Tiff;

namespace Monitor.Imagery.Gdal;

/// <summary>Has GDAL turn a coordinate system into the keys of a GeoTIFF: it writes one pixel, whose tags are read.</summary>
internal static class GeoKeysOfWkt
{
    /// <summary>The keys; null for a system that a GeoTIFF cannot name.</summary>
    /// <exception cref="ImageryUnavailableException">libgdal is missing, or refuses the system.</exception>
    internal static GeoKeys? Make(string wkt)
    {
        GdalLibrary.Ensure();
        string folder = Directory.CreateTempSubdirectory("monitor-").FullName;
        try
        {
            string path = Path.Combine(folder, "keys.tif");
            GdalError.Reset();
            using (var dataset = new DatasetHandle(GdalNative.GDALCreate(
                GdalNative.GDALGetDriverByName("GTiff"), path, 1, 1, 1, GdalNative.TypeByte, 0)))
            {
                if (dataset.IsInvalid || GdalNative.GDALSetProjection(dataset, wkt) != 0)
                    throw new ImageryUnavailableException($"The coordinate system cannot be written: {GdalError.Text}.");
            }
            using var file = File.OpenHandle(path);
            return TiffDirectory.Read(file) is TiffDirectory tags ? GeoKeys.Of(tags)?.Keys : null;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
