using Monitor.Domain.Places;
using Monitor.Imagery.Gdal;

namespace Monitor.Imagery.Outputs;

/// <summary>The ground of a raster in degrees on WGS 84: one ring, or two where it lies across the antimeridian.</summary>
/// <param name="Rings">Closed rings, counterclockwise.</param>
/// <param name="Box">West, south, east, north; west above east across the antimeridian (RFC 7946, 5.2).</param>
internal sealed record Footprint(IReadOnlyList<IReadOnlyList<Point>> Rings, IReadOnlyList<double> Box)
{
    private const int Wgs84 = 4326, PointsPerSide = 4, Digits = 7;
    private const double HalfTurn = 180, FullTurn = 360;

    /// <summary>Of a raster; null where it does not say where it lies, or has no place on the earth.</summary>
    internal static Footprint? Of(RasterShape shape)
    {
        if (shape.Place is not { Wkt.Length: > 0 } place) return null;
        using SpatialReference own = SpatialReference.FromWkt(place.Wkt);
        using SpatialReference degrees = SpatialReference.FromWkt(SpatialReference.WktOfEpsg(Wgs84));
        using PolygonWay? way = PolygonWay.Between(own, degrees, "");
        List<Point> ring = [.. Outline(shape, place)];
        if (way is not null)
        {
            if (way.Points(ring) is not List<Point> there) return null;
            ring = there;
        }
        ring = [.. ring.Select(p => new Point(Math.Round(p.X, Digits), Math.Round(p.Y, Digits)))];
        double west = ring.Min(p => p.X), east = ring.Max(p => p.X);
        double south = ring.Min(p => p.Y), north = ring.Max(p => p.Y);
        if (east - west <= HalfTurn) return new([Closed(ring)], [west, south, east, north]);
        List<Point> on = [.. ring.Select(p => p.X < 0 ? p with { X = p.X + FullTurn } : p)];
        IReadOnlyList<Point> one = Closed(Cut(on, keepsWest: true));
        IReadOnlyList<Point> two = Closed([.. Cut(on, keepsWest: false).Select(p => p with { X = p.X - FullTurn })]);
        return new([one, two], [on.Min(p => p.X), south, on.Max(p => p.X) - FullTurn, north]);
    }

    // Counterclockwise in a raster that is north up, with points on each side, since sides are curves in degrees.
    private static IEnumerable<Point> Outline(RasterShape shape, GeoReference place)
    {
        (double Column, double Row)[] corners =
            [(0, 0), (0, shape.Height), (shape.Width, shape.Height), (shape.Width, 0)];
        for (int side = 0; side < corners.Length; side++)
        {
            (double Column, double Row) from = corners[side], to = corners[(side + 1) % corners.Length];
            for (int i = 0; i < PointsPerSide; i++)
            {
                double part = i / (double)PointsPerSide;
                double column = from.Column + (part * (to.Column - from.Column)), row = from.Row + (part * (to.Row - from.Row));
                yield return new Point(
                    place.OriginX + (column * place.PixelWidth) + (row * place.RowRotation),
                    place.OriginY + (column * place.ColumnRotation) + (row * place.PixelHeight));
            }
        }
    }

    // Sutherland and Hodgman 1974, against one meridian.
    private static List<Point> Cut(List<Point> ring, bool keepsWest)
    {
        List<Point> kept = [];
        for (int i = 0; i < ring.Count; i++)
        {
            Point a = ring[i], b = ring[(i + 1) % ring.Count];
            bool aIn = keepsWest ? a.X <= HalfTurn : a.X >= HalfTurn, bIn = keepsWest ? b.X <= HalfTurn : b.X >= HalfTurn;
            if (aIn) kept.Add(a);
            if (aIn == bIn) continue;
            kept.Add(new Point(HalfTurn, Math.Round(a.Y + ((b.Y - a.Y) * (HalfTurn - a.X) / (b.X - a.X)), Digits)));
        }
        return kept;
    }

    private static List<Point> Closed(List<Point> ring) => [.. ring, ring[0]];
}
