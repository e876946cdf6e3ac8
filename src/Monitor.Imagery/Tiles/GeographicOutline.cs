using System.Globalization;
using Monitor.Domain;
using Monitor.Domain.Places;
using Monitor.Imagery.Gdal;

namespace Monitor.Imagery.Tiles;

/// <summary>Polygons brought to degrees of WGS 84, for maps; nothing is judged by them.</summary>
public static class GeographicOutline
{
    private const string Prefix = "EPSG:";

    // A step of some ten centimetres: finer digits would only be the projection's noise.
    private const int Digits = 6;

    private static readonly Lazy<string> Text = new(() => SpatialReference.WktOfEpsg(4326));

    /// <summary>The polygon in longitude and latitude.</summary>
    /// <param name="polygon">In the system's coordinates, x to the east.</param>
    /// <param name="crs">As <c>EPSG:32650</c>.</param>
    /// <exception cref="InputException">The system is not known, or the polygon has no place on the earth.</exception>
    /// <exception cref="ImageryUnavailableException">libgdal is missing.</exception>
    public static Polygon Of(Polygon polygon, string crs)
    {
        if (!crs.StartsWith(Prefix, StringComparison.Ordinal)
            || !int.TryParse(crs[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int code))
            throw new InputException($"'{crs}' is not an EPSG code.", "Write it as EPSG:32651.", field: "crs");
        using CoordinateWay way = CoordinateWay.Between(SpatialReference.WktOfEpsg(code), Wgs84);
        return new Polygon([.. polygon.Parts.Select(part => new PolygonPart(
            Ring(part.Outer, way, crs), [.. part.Holes.Select(hole => Ring(hole, way, crs))]))]);
    }

    /// <summary>WGS 84 in WKT; read from PROJ's database once.</summary>
    internal static string Wgs84 => Text.Value;

    /// <summary>The box around a polygon in degrees.</summary>
    public static GeographicBounds BoundsOf(Polygon degrees)
    {
        (double west, double south, double east, double north) = degrees.Bounds();
        return new GeographicBounds(west, south, east, north);
    }

    private static Point[] Ring(IReadOnlyList<Point> ring, CoordinateWay way, string crs)
    {
        double[] x = [.. ring.Select(p => p.X)], y = [.. ring.Select(p => p.Y)];
        way.Transform(x, y);
        if (x.Any(double.IsNaN))
            throw new InputException("The polygon has no place on the earth.", $"Give coordinates of {crs}.", field: "outline");
        return [.. x.Zip(y, (a, b) => new Point(Math.Round(a, Digits), Math.Round(b, Digits)))];
    }
}
