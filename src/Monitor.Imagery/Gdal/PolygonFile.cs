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
    // ogr_core.h: OGRwkbGeometryType, OGRFieldType.
    private const int WkbPolygon = 3, WkbMultiPolygon = 6;
    private const int FieldInteger = 0, FieldInteger64 = 12;

    // About 1 mm on the ground, in degrees.
    private const double StepsPerDegree = 1e8, StepsPerMetre = 1000;

    /// <summary>Reads all features of the file's one layer, in the file's order.</summary>
    /// <param name="path">The file.</param>
    /// <param name="idField">Field that names each polygon; null for the feature's own number.</param>
    /// <param name="wkt">
    /// Coordinate system to bring them to; coordinates that had to be brought there are rounded to 1 mm. Empty, or when
    /// the file names no system of its own: coordinates stay as they are.
    /// </param>
    /// <exception cref="InputException">
    /// Missing, not vector data, several layers, no such field, no polygon.
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
        nint way = own is null || target is null || own.IsSame(target) ? 0 : Way(own, target, path);
        try
        {
            return Features(layer, field, number, way, target, path);
        }
        finally
        {
            if (way != 0) GdalNative.OCTDestroyCoordinateTransformation(way);
        }
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

    private static nint Way(SpatialReference own, SpatialReference target, string path)
    {
        GdalError.Reset();
        nint way = own.WayTo(target);
        return way != 0 ? way : throw new InputException(
            $"Its coordinates cannot be brought to the raster's system: {GdalError.Text}.",
            "Reproject it to the raster's system first.", path);
    }

    private static List<ZonePolygon> Features(
        nint layer, int field, bool number, nint way, SpatialReference? target, string path)
    {
        var zones = new List<ZonePolygon>();
        double steps = way == 0 ? 0 : target!.IsGeographic ? StepsPerDegree : StepsPerMetre * target.MetresPerUnit;
        GdalError.Reset();
        for (nint feature; (feature = GdalNative.OGR_L_GetNextFeature(layer)) != 0;)
        {
            try
            {
                bool named = field >= 0 && GdalNative.OGR_F_IsFieldSetAndNotNull(feature, field) != 0;
                string id = field < 0
                    ? GdalNative.OGR_F_GetFID(feature).ToString(CultureInfo.InvariantCulture)
                    : named ? Marshal.PtrToStringUTF8(GdalNative.OGR_F_GetFieldAsString(feature, field)) ?? "" : "";
                nint geometry = GdalNative.OGR_F_GetGeometryRef(feature);
                zones.Add(new ZonePolygon(id, number && id.Length > 0, Shape(geometry, way, steps, id, path)));
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

    private static Polygon Shape(nint geometry, nint way, double steps, string id, string path)
    {
        if (geometry == 0) return new Polygon([]);
        int type = GdalNative.OGR_GT_Flatten(GdalNative.OGR_G_GetGeometryType(geometry));
        if (type is not (WkbPolygon or WkbMultiPolygon))
        {
            string name = Marshal.PtrToStringUTF8(GdalNative.OGR_G_GetGeometryName(geometry)) ?? "?";
            throw new InputException($"Feature {id} is a {name}.", "Give polygons or multipolygons only.", path);
        }
        if (way != 0 && GdalNative.OGR_G_Transform(geometry, way) != 0)
        {
            throw new InputException(
                $"Feature {id} cannot be brought to the raster's system: {GdalError.Text}.",
                "Check the file's coordinate system.", path);
        }
        if (type == WkbPolygon) return new Polygon(PartOf(geometry, steps) is PolygonPart one ? [one] : []);
        var parts = new List<PolygonPart>();
        for (int i = 0; i < GdalNative.OGR_G_GetGeometryCount(geometry); i++)
            if (PartOf(GdalNative.OGR_G_GetGeometryRef(geometry, i), steps) is PolygonPart part) parts.Add(part);
        return new Polygon(parts);
    }

    private static PolygonPart? PartOf(nint polygon, double steps)
    {
        int rings = GdalNative.OGR_G_GetGeometryCount(polygon);
        if (rings == 0) return null;
        var holes = new List<IReadOnlyList<Point>>();
        for (int i = 1; i < rings; i++) holes.Add(Ring(GdalNative.OGR_G_GetGeometryRef(polygon, i), steps));
        return new PolygonPart(Ring(GdalNative.OGR_G_GetGeometryRef(polygon, 0), steps), holes);
    }

    private static List<Point> Ring(nint ring, double steps)
    {
        int count = GdalNative.OGR_G_GetPointCount(ring);
        var points = new List<Point>(count);
        for (int i = 0; i < count; i++)
        {
            double x = GdalNative.OGR_G_GetX(ring, i), y = GdalNative.OGR_G_GetY(ring, i);
            points.Add(new(Rounded(x, steps), Rounded(y, steps)));
        }
        if (count > 0 && points[0] != points[^1]) points.Add(points[0]);
        return points;
    }

    // Dividing by the whole number of steps gives the decimal itself, as 452475.123, not a sum of thousandths.
    private static double Rounded(double value, double steps) =>
        steps == 0 ? value : Math.Round(value * steps) / steps;
}
