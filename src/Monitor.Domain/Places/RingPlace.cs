namespace Monitor.Domain.Places;

/// <summary>Where a ring lies against another that it does not cross.</summary>
internal static class RingPlace
{
    /// <summary>
    /// Whether the ring lies in the other; null when all of its corners and middles lie on the other's sides, so that
    /// the two are one.
    /// </summary>
    internal static bool? Inside(IReadOnlyList<Point> ring, IReadOnlyList<Point> other)
    {
        for (int i = 0; i + 1 < ring.Count; i++)
        {
            if (Place(ring[i], other) is bool corner) return corner;
            var middle = new Point((ring[i].X + ring[i + 1].X) / 2, (ring[i].Y + ring[i + 1].Y) / 2);
            if (Place(middle, other) is bool side) return side;
        }
        return null;
    }

    private static bool? Place(Point p, IReadOnlyList<Point> ring)
    {
        const double Near = 1e-11;
        double near = Near * Math.Max(Math.Abs(p.X), Math.Abs(p.Y));
        bool inside = false;
        for (int i = 0, j = ring.Count - 1; i < ring.Count; j = i++)
        {
            Point a = ring[i], b = ring[j];
            if (Distance(p, a, b) <= near) return null;
            if ((a.Y > p.Y) != (b.Y > p.Y) && p.X < ((b.X - a.X) * (p.Y - a.Y) / (b.Y - a.Y)) + a.X) inside = !inside;
        }
        return inside;
    }

    private static double Distance(Point p, Point a, Point b)
    {
        double dx = b.X - a.X, dy = b.Y - a.Y, length = (dx * dx) + (dy * dy);
        double t = length == 0 ? 0 : Math.Clamp((((p.X - a.X) * dx) + ((p.Y - a.Y) * dy)) / length, 0, 1);
        double x = p.X - a.X - (t * dx), y = p.Y - a.Y - (t * dy);
        return Math.Sqrt((x * x) + (y * y));
    }
}
