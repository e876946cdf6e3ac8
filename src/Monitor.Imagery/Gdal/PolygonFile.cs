using System.Globalization;
using System.Runtime.InteropServices;
using Monitor.Domain;
using Monitor.Domain.Places;

namespace Monitor.Imagery.Gdal;

/// <summary>A polygon of a file, in the coordinate system that was asked for.</summary>
/// <param name="Id">The value of the field asked for, or the feature's own number.</param>
/// <param name="IdIsNumber">Whether the id is a whole number, to be printed as such.</param>
/// <param name="Shape">Its rings; no parts when the feature has no geometry.</param>
public sealed record ZonePolygon(string Id, bool IdIsNumber, Polygon Shape);

/// <summary>Polygons from GeoJSON, GeoPackage, Shapefile and whatever else OGR reads.</summary>
public static class PolygonFile
{
    // ogr_core.h: OGRFieldType.
    private const int FieldInteger = 0, FieldInteger64 = 12;

    /// <summary>Reads all features of the file's one layer, in the file's order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="idField">Field that names each polygon; null for the feature's own number.</param>
    /// <param name="wkt">
    /// Coordinate system to bring them to: edges, straight in the file's system, get points in between wherever they
    /// would be more than 1 mm off, and all points are rounded to 1 mm. Empty, or when the file names no system of its
    /// own: coordinates stay as they are.
    /// </param>
    /// <exception cref="InputException">
    /// Missing, not vector data, several layers, no such field, no polygon; rings that cross, or an edge across the
    /// antimeridian, with the feature's id.
    /// </exception>
    /// <exception cref="ImageryUnavailableException">libgdal is missing.</exception>
    public static IReadOnlyList<ZonePolygon> Read(string path, string? idField, string wkt)
    {
        using DatasetHandle dataset = Open(path);
        nint layer = GdalNative.GDALDatasetGetLayer(dataset, 0);
        if (GdalNative.OGR_FD_GetGeomFieldCount(GdalNative.OGR_L_GetLayerDefn(layer)) == 0)
            throw new InputException("It is a table without shapes.", "Give GeoJSON, GeoPackage or a Shapefile.", path);
        (int field, bool number) = FieldOf(layer, idField, path);
        using SpatialReference? own = SpatialReference.CopyOf(GdalNative.OGR_L_GetSpatialRef(layer));
        using SpatialReference? target = wkt.Length > 0 ? SpatialReference.FromWkt(wkt) : null;
        using PolygonWay? way = PolygonWay.Between(own, target, path);
        return Features(layer, field, number, new PolygonGeometry(path, own, way), path);
    }

    /// <summary>
    /// The same, brought to the system of a raster; without libgdal where the file is plain GeoJSON in that very system, and
    /// it is a zone of UTM that the raster's own keys name.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="idField">Field that names each polygon; null for the feature's own number.</param>
    /// <param name="raster">The raster.</param>
    /// <exception cref="InputException">
    /// As above; or the raster cannot be read or does not say where it lies.
    /// </exception>
    /// <exception cref="ImageryUnavailableException">libgdal is needed, and is missing.</exception>
    public static IReadOnlyList<ZonePolygon> Read(string path, string? idField, BandReference raster)
    {
        int? zone;
        using (RasterBand band = RasterBand.Open(raster)) zone = UtmKeys.EpsgOf(band.Place?.System.Keys);
        if (zone is not int epsg || PlainGeoJson.TryRead(path, idField, epsg) is not List<ZonePolygon> plain)
            return Read(path, idField, SceneZones.SystemOf(raster));
        var geometry = new PolygonGeometry(path, own: null, way: null);
        foreach (ZonePolygon polygon in plain) geometry.Check(polygon.Shape, polygon.Id);
        return plain;
    }

    private static DatasetHandle Open(string path)
    {
        GdalLibrary.Ensure();
        if (!File.Exists(path)) throw new InputException("There is no such file.", "Name an existing file.", path);
        GdalError.Reset();
        var dataset = new DatasetHandle(
            GdalNative.GDALOpenEx(path, GdalNative.OpenVector | GdalNative.OpenVerbose, 0, 0, 0));
        if (dataset.IsInvalid)
        {
            throw new InputException(
                $"It cannot be read as polygons: {GdalError.Text}.", "Give GeoJSON, GeoPackage or a Shapefile.", path);
        }
        int layers = GdalNative.GDALDatasetGetLayerCount(dataset);
        if (layers == 1) return dataset;
        dataset.Dispose();
        throw new InputException(
            string.Create(CultureInfo.InvariantCulture, $"It has {layers} layers."),
            "Give a file with one layer of polygons.", path);
    }

    private static (int Field, bool Number) FieldOf(nint layer, string? name, string path)
    {
        if (name is null) return (-1, true);
        nint definition = GdalNative.OGR_L_GetLayerDefn(layer);
        var names = new List<string>();
        for (int i = 0; i < GdalNative.OGR_FD_GetFieldCount(definition); i++)
        {
            nint field = GdalNative.OGR_FD_GetFieldDefn(definition, i);
            names.Add(Marshal.PtrToStringUTF8(GdalNative.OGR_Fld_GetNameRef(field)) ?? "");
            if (names[i] == name) return (i, GdalNative.OGR_Fld_GetType(field) is FieldInteger or FieldInteger64);
        }
        throw new InputException(
            $"It has no field '{name}'.",
            names.Count > 0 ? $"Its fields are: {string.Join(", ", names)}." : "It has no fields: leave --id out.",
            path, field: "--id");
    }

    private static List<ZonePolygon> Features(
        nint layer, int field, bool number, PolygonGeometry geometry, string path)
    {
        var zones = new List<ZonePolygon>();
        GdalError.Reset();
        for (nint feature; (feature = GdalNative.OGR_L_GetNextFeature(layer)) != 0;)
        {
            try
            {
                bool named = field >= 0 && GdalNative.OGR_F_IsFieldSetAndNotNull(feature, field) != 0;
                string id = field < 0
                    ? GdalNative.OGR_F_GetFID(feature).ToString(CultureInfo.InvariantCulture)
                    : named ? Marshal.PtrToStringUTF8(GdalNative.OGR_F_GetFieldAsString(feature, field)) ?? "" : "";
                Polygon shape = geometry.Read(GdalNative.OGR_F_GetGeometryRef(feature), id);
                zones.Add(new ZonePolygon(id, number && id.Length > 0, shape));
            }
            finally
            {
                GdalNative.OGR_F_Destroy(feature);
            }
        }
        if (GdalError.IsFailure)
            throw new InputException($"It is corrupt: {GdalError.Text}.", "Fetch or export the file again.", path);
        return zones.Count > 0
            ? zones
            : throw new InputException("It has no features.", "Give at least one polygon.", path);
    }
}
