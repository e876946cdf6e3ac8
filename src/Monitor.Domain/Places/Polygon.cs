namespace Monitor.Domain.Places;

/// <summary>A point in the plane of the coordinate system that its context names; x to the east.</summary>
public readonly record struct Point(double X, double Y);

/// <summary>
/// One or more areas with holes. Each part is an outer ring followed by its holes; a ring is a list of at least four
/// points whose last equals its first. Either ring order is right.
/// </summary>
/// <param name="Parts">The parts; a simple polygon has one.</param>
public sealed record Polygon(IReadOnlyList<PolygonPart> Parts)
{
    /// <summary>Smallest x, smallest y, largest x, largest y over all outer rings.</summary>
    public (double MinX, double MinY, double MaxX, double MaxY) Bounds()
    {
        double minX = double.PositiveInfinity, minY = minX, maxX = double.NegativeInfinity, maxY = maxX;
        foreach (PolygonPart part in Parts)
        {
            foreach (Point p in part.Outer)
            {
                (minX, maxX) = (Math.Min(minX, p.X), Math.Max(maxX, p.X));
                (minY, maxY) = (Math.Min(minY, p.Y), Math.Max(maxY, p.Y));
            }
        }
        return (minX, minY, maxX, maxY);
    }

    /// <summary>
    /// Whether the point lies inside, by the even-odd rule over all rings. A point on an edge belongs to exactly one of
    /// two polygons that share it (lower and left edges are in, upper and right are out).
    /// </summary>
    public bool Contains(Point point)
    {
        bool inside = false;
        foreach (PolygonPart part in Parts)
        {
            inside ^= Crosses(part.Outer, point);
            foreach (IReadOnlyList<Point> hole in part.Holes) inside ^= Crosses(hole, point);
        }
        return inside;
    }

    // Half-open in y, so that a vertex counts once (W. R. Franklin's PNPOLY).
    private static bool Crosses(IReadOnlyList<Point> ring, Point p)
    {
        bool odd = false;
        for (int i = 0, j = ring.Count - 1; i < ring.Count; j = i++)
        {
            Point a = ring[i], b = ring[j];
            if ((a.Y > p.Y) != (b.Y > p.Y) && p.X < ((b.X - a.X) * (p.Y - a.Y) / (b.Y - a.Y)) + a.X) odd = !odd;
        }
        return odd;
    }
}

/// <summary>An outer ring and its holes.</summary>
/// <param name="Outer">The outer ring, closed.</param>
/// <param name="Holes">The holes, each closed.</param>
public sealed record PolygonPart(IReadOnlyList<Point> Outer, IReadOnlyList<IReadOnlyList<Point>> Holes);
