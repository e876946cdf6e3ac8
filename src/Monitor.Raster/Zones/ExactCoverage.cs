using Monitor.Domain.Places;

namespace Monitor.Raster.Zones;

/// <summary>
/// The part of each pixel's area that lies inside, by signed areas: each edge adds, in the pixels it passes, the area
/// between itself and the pixel's right side, and its full height to all pixels further right. The sum of all edges of
/// a ring is the ring's coverage. Holes are turned against their outer rings first, since either ring order is right.
/// Exact for polygons whose rings do not cross; where parts overlap, a pixel counts once at most.
/// </summary>
public sealed class ExactCoverage : IPixelCoverage
{
    private readonly int first, width;
    private readonly List<RingEdge> edges = [];
    private readonly double[] cells;

    /// <summary>Prepares a polygon over a grid.</summary>
    public ExactCoverage(Polygon polygon, GridFrame frame)
    {
        if (frame.Touched(polygon) is not (int left, int right, _, _))
        {
            cells = [];
            return;
        }
        (first, width) = (left, right - left);
        cells = new double[width + 2];
        foreach (PolygonPart part in polygon.Parts)
        {
            Add(part.Outer, frame, 1);
            foreach (IReadOnlyList<Point> hole in part.Holes) Add(hole, frame, -1);
        }
    }

    /// <inheritdoc/>
    public void Weigh(int row, int firstColumn, Span<int> weights)
    {
        weights.Clear();
        if (width == 0) return;
        Array.Clear(cells);
        foreach (RingEdge edge in edges)
        {
            if (edge.Bottom <= row || edge.Top >= row + 1) continue;
            AddEdge(edge, row);
        }
        double covered = 0;
        // The running sum starts at the polygon's left edge, so that it is the same whatever part of the row is asked
        // for.
        for (int column = 0; column < width; column++)
        {
            covered += cells[column];
            int at = first + column - firstColumn;
            if (at >= 0 && at < weights.Length) weights[at] = (int)FixedPoint.From(Math.Clamp(covered, 0, 1));
        }
    }

    // Top above Bottom in rows counted downwards; Sign says which way the ring ran.
    private readonly record struct RingEdge(double TopX, double Top, double BottomX, double Bottom, int Sign);

    private void Add(IReadOnlyList<Point> ring, GridFrame frame, int sign)
    {
        double twice = 0;
        for (int i = 0, j = ring.Count - 1; i < ring.Count; j = i++)
        {
            double ax = frame.Column(ring[j].X), ay = frame.Row(ring[j].Y);
            double bx = frame.Column(ring[i].X), by = frame.Row(ring[i].Y);
            // About the first point, so that large coordinates do not eat the digits.
            double ox = frame.Column(ring[0].X), oy = frame.Row(ring[0].Y);
            twice += ((ax - ox) * (by - oy)) - ((bx - ox) * (ay - oy));
        }
        // A positive ring must add on its left side: an edge going down a column adds all to its right.
        int turned = twice > 0 ? -sign : sign;
        for (int i = 0, j = ring.Count - 1; i < ring.Count; j = i++)
        {
            double ax = frame.Column(ring[j].X) - first, ay = frame.Row(ring[j].Y);
            double bx = frame.Column(ring[i].X) - first, by = frame.Row(ring[i].Y);
            if (ay == by) continue;
            edges.Add(ay < by ? new(ax, ay, bx, by, turned) : new(bx, by, ax, ay, -turned));
        }
    }

    private void AddEdge(RingEdge edge, int row)
    {
        double y0 = Math.Max(edge.Top, row), y1 = Math.Min(edge.Bottom, row + 1);
        double x0 = XAt(edge, y0), x1 = XAt(edge, y1);
        if (x0 > x1) (x0, x1) = (x1, x0);
        double height = y1 - y0;
        if (x1 <= 0 || x1 - x0 == 0)
        {
            AddPiece(Math.Clamp(x0, 0, width), Math.Clamp(x1, 0, width), edge.Sign * height);
            return;
        }
        if (x0 >= width) return;
        // Beyond the left side an edge acts as if it ran down that side; beyond the right it touches no pixel.
        double perColumn = height / (x1 - x0);
        if (x0 < 0)
        {
            AddPiece(0, 0, edge.Sign * perColumn * -x0);
            x0 = 0;
        }
        x1 = Math.Min(x1, width);
        for (double x = x0; x < x1;)
        {
            double next = Math.Min(x1, Math.Floor(x) + 1);
            AddPiece(x, next, edge.Sign * perColumn * (next - x));
            x = next;
        }
    }

    // A piece within one column: its mean x splits its height between that pixel and the next.
    private void AddPiece(double x0, double x1, double height)
    {
        int column = Math.Min((int)x0, width);
        double right = ((x0 + x1) / 2) - column;
        cells[column] += height * (1 - right);
        cells[column + 1] += height * right;
    }

    private static double XAt(RingEdge edge, double y)
    {
        if (y == edge.Top) return edge.TopX;
        if (y == edge.Bottom) return edge.BottomX;
        return edge.TopX + ((edge.BottomX - edge.TopX) * (y - edge.Top) / (edge.Bottom - edge.Top));
    }
}
