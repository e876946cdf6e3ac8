namespace Monitor.Domain.Places;

/// <summary>Finds where sides of rings pass through one another.</summary>
internal static class RingCrossing
{
    // What lies nearer to a line than this part of its coordinates lies on it: 0.04 mm in UTM, 0.1 mm in degrees.
    private const double Near = 1e-11;

    /// <summary>A point where two rings, or a ring and itself, change sides; null when there is none.</summary>
    internal static Point? Find(List<RingEdge> edges)
    {
        if (edges.Count == 0) return null;
        double near = Near * edges.Max(e => Math.Max(
            Math.Max(Math.Abs(e.Left), Math.Abs(e.Right)), Math.Max(Math.Abs(e.Bottom), Math.Abs(e.Top))));
        // From the south: only sides that reach up to the one at hand can meet it.
        RingEdge[] sorted = [.. edges];
        Array.Sort(sorted, static (a, b) => a.Bottom.CompareTo(b.Bottom));
        List<RingEdge> active = [];
        foreach (RingEdge edge in sorted)
        {
            int kept = 0;
            for (int i = 0; i < active.Count; i++)
            {
                RingEdge other = active[i];
                if (other.Top < edge.Bottom - near) continue;
                active[kept++] = other;
                if (other.Right < edge.Left - near || edge.Right < other.Left - near) continue;
                if (Meet(edge, other, near) is Point at) return at;
            }
            active.RemoveRange(kept, active.Count - kept);
            active.Add(edge);
        }
        return null;
    }

    private static Point? Meet(RingEdge e, RingEdge f, double near)
    {
        int a = Side(e.A, e.B, f.A, near), b = Side(e.A, e.B, f.B, near);
        int c = Side(f.A, f.B, e.A, near), d = Side(f.A, f.B, e.B, near);
        if (a * b < 0 && c * d < 0) return Cut(e, f);
        if (e.IsNextTo(f)) return null;
        // Through a corner: each corner is looked at once, by the side that begins there.
        if (a == 0 && Between(e, f.A, near) && Through(e, f, near)) return f.A;
        if (c == 0 && Between(f, e.A, near) && Through(f, e, near)) return e.A;
        return null;
    }

    // The corner where `f` begins lies on `e`: do the two sides of the corner lie on different sides of the path of `e`?
    private static bool Through(RingEdge e, RingEdge f, double near)
    {
        Point corner = f.A;
        // Where `e` ends in the corner, the side after it looks at it; where it begins there, its path bends.
        if (Distance(corner, e.B) <= near) return false;
        Point from = Distance(corner, e.A) <= near ? e.Before : e.A;
        double start = Angle(corner, e.B);
        double turn = Turn(start, Angle(corner, from));
        double one = Turn(start, Angle(corner, f.Before)), two = Turn(start, Angle(corner, f.B));
        const double Along = 1e-7;
        bool runsAlong = Same(one, 0, Along) || Same(two, 0, Along) || Same(one, turn, Along) || Same(two, turn, Along);
        return !runsAlong && one < turn != two < turn;
    }

    private static bool Between(RingEdge e, Point p, double near) =>
        p.X >= e.Left - near && p.X <= e.Right + near && p.Y >= e.Bottom - near && p.Y <= e.Top + near;

    // 1 to the left of the line from a to b, −1 to the right, 0 on it.
    private static int Side(Point a, Point b, Point p, double near)
    {
        double dx = b.X - a.X, dy = b.Y - a.Y;
        double away = ((dx * (p.Y - a.Y)) - (dy * (p.X - a.X))) / Math.Sqrt((dx * dx) + (dy * dy));
        return away > near ? 1 : away < -near ? -1 : 0;
    }

    private static Point Cut(RingEdge e, RingEdge f)
    {
        double ex = e.B.X - e.A.X, ey = e.B.Y - e.A.Y, fx = f.B.X - f.A.X, fy = f.B.Y - f.A.Y;
        double t = (((f.A.X - e.A.X) * fy) - ((f.A.Y - e.A.Y) * fx)) / ((ex * fy) - (ey * fx));
        return new Point(e.A.X + (t * ex), e.A.Y + (t * ey));
    }

    private static double Distance(Point a, Point b) => Math.Max(Math.Abs(a.X - b.X), Math.Abs(a.Y - b.Y));

    private static double Angle(Point from, Point to) => Math.Atan2(to.Y - from.Y, to.X - from.X);

    private static double Turn(double start, double angle) => angle >= start ? angle - start : angle - start + Math.Tau;

    private static bool Same(double a, double b, double within)
    {
        double apart = Math.Abs(a - b);
        return apart < within || Math.Tau - apart < within;
    }
}
