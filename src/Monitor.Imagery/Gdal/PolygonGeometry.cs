using System.Globalization;
using System.Runtime.InteropServices;
using Monitor.Domain;
using Monitor.Domain.Places;

namespace Monitor.Imagery.Gdal;

/// <summary>
/// Turns OGR's geometries into polygons: checked as they stand in the file, then brought to the raster's system.
/// </summary>
/// <param name="path">The file, for messages.</param>
/// <param name="own">The file's coordinate system; null when it names none.</param>
/// <param name="way">The way to the raster's system; null when coordinates stay.</param>
internal sealed class PolygonGeometry(string path, SpatialReference? own, PolygonWay? way)
{
    // ogr_core.h: OGRwkbGeometryType.
    private const int WkbPolygon = 3, WkbMultiPolygon = 6;

    // An edge that long goes the other way round the earth from what was meant.
    private readonly double halfTurn = own is { IsGeographic: true } ? Math.PI / own.RadiansPerUnit : double.MaxValue;

    /// <summary>The polygon of a feature; without parts when it has no geometry.</summary>
    /// <exception cref="InputException">It is no polygon, or not one whose area is sure.</exception>
    internal Polygon Read(nint geometry, string id)
    {
        if (geometry == 0) return new Polygon([]);
        int type = GdalNative.OGR_GT_Flatten(GdalNative.OGR_G_GetGeometryType(geometry));
        if (type is not (WkbPolygon or WkbMultiPolygon))
        {
            string name = Marshal.PtrToStringUTF8(GdalNative.OGR_G_GetGeometryName(geometry)) ?? "?";
            throw new InputException($"Feature {id} is a {name}.", "Give polygons or multipolygons only.", path);
        }
        var parts = new List<PolygonPart>();
        int count = type == WkbPolygon ? 1 : GdalNative.OGR_G_GetGeometryCount(geometry);
        for (int i = 0; i < count; i++)
        {
            nint one = type == WkbPolygon ? geometry : GdalNative.OGR_G_GetGeometryRef(geometry, i);
            if (PartOf(one) is PolygonPart part) parts.Add(part);
        }
        var shape = new Polygon(parts);
        Check(shape, id);
        return way is null ? shape : Brought(shape, id, way);
    }

    private static PolygonPart? PartOf(nint polygon)
    {
        int rings = GdalNative.OGR_G_GetGeometryCount(polygon);
        if (rings == 0) return null;
        var holes = new List<IReadOnlyList<Point>>();
        for (int i = 1; i < rings; i++) holes.Add(Ring(GdalNative.OGR_G_GetGeometryRef(polygon, i)));
        return new PolygonPart(Ring(GdalNative.OGR_G_GetGeometryRef(polygon, 0)), holes);
    }

    private static List<Point> Ring(nint ring)
    {
        int count = GdalNative.OGR_G_GetPointCount(ring);
        var points = new List<Point>(count + 1);
        for (int i = 0; i < count; i++) points.Add(new(GdalNative.OGR_G_GetX(ring, i), GdalNative.OGR_G_GetY(ring, i)));
        if (count > 0 && points[0] != points[^1]) points.Add(points[0]);
        return points;
    }

    /// <summary>Refuses what has no sure area, in the file's own coordinates.</summary>
    /// <exception cref="InputException">An edge goes round the earth, or rings cross.</exception>
    internal void Check(Polygon shape, string id)
    {
        foreach (PolygonPart part in shape.Parts)
        {
            foreach (IReadOnlyList<Point> ring in (IEnumerable<IReadOnlyList<Point>>)[part.Outer, .. part.Holes])
            {
                for (int i = 1; i < ring.Count; i++)
                {
                    if (Math.Abs(ring[i].X - ring[i - 1].X) <= halfTurn) continue;
                    throw new InputException(
                        $"Feature {id} has an edge from longitude {Text(ring[i - 1].X)} to {Text(ring[i].X)}, more than "
                        + "half way round the earth: it crosses the antimeridian.",
                        "Cut it there into two parts (RFC 7946, 3.1.9), or let its longitudes run on beyond 180.", path);
                }
            }
        }
        if (PolygonFault.Find(shape) is not PolygonFault fault) return;
        throw new InputException(
            $"Feature {id}: {fault.Reason} at ({Text(fault.At.X)}, {Text(fault.At.Y)}), so that it has no sure area.",
            "Correct the polygon where it was drawn.", path);
    }

    private Polygon Brought(Polygon shape, string id, PolygonWay over)
    {
        GdalError.Reset();
        return new Polygon([.. shape.Parts.Select(part => new PolygonPart(
            RingThere(part.Outer), [.. part.Holes.Select(RingThere)]))]);

        IReadOnlyList<Point> RingThere(IReadOnlyList<Point> ring) => over.Bring(ring) ?? throw new InputException(
            $"Feature {id} cannot be brought to the raster's system: {GdalError.Text}.",
            "Leave out polygons far from the raster, and check the file's coordinate system.", path);
    }

    private static string Text(double number) => number.ToString("0.#######", CultureInfo.InvariantCulture);
}
