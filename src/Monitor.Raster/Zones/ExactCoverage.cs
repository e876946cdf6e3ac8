using System.Buffers;
using System.Runtime.CompilerServices;
using Monitor.Domain.Places;

namespace Monitor.Raster.Zones;

/// <summary>
/// The part of each pixel's area that lies inside, by signed areas: each edge adds, in the pixels it passes, the area
/// between itself and the pixel's right side, and its full height to all pixels further right. The sum of all edges of
/// a ring is the ring's coverage. Holes are turned against their outer rings first, since either ring order is right.
/// Heights and areas are whole units of <see cref="FixedPoint"/>, so that a ring's heights cancel to the last unit, two
/// polygons that share an edge share each of its pixels without gap or overlap, and a row may be asked for in any parts
/// and by several threads at once. For polygons whose rings do not cross; where parts overlap, a pixel counts once.
/// </summary>
public sealed class ExactCoverage : IPixelCoverage
{
    private readonly RingEdge[] edges;

    // The edges that pass a row of the grid: from starts[row - firstRow] on in passing.
    private readonly int[] starts, passing;
    private readonly int firstRow, firstColumn, endColumn;

    /// <summary>Prepares a polygon over a grid.</summary>
    public ExactCoverage(Polygon polygon, GridFrame frame)
    {
        if (frame.Touched(polygon) is not (int left, int right, int top, int bottom))
        {
            (edges, starts, passing) = ([], [0], []);
            return;
        }
        (firstRow, firstColumn, endColumn) = (top, left, right);
        List<RingEdge> all = [];
        foreach (PolygonPart part in polygon.Parts)
        {
            Add(all, part.Outer, frame, 1);
            foreach (IReadOnlyList<Point> hole in part.Holes) Add(all, hole, frame, -1);
        }
        edges = [.. all];
        starts = new int[bottom - top + 1];
        foreach (RingEdge edge in edges)
        {
            (int from, int to) = RowsOf(edge);
            for (int row = from; row < to; row++) starts[row + 1]++;
        }
        for (int row = 1; row < starts.Length; row++) starts[row] += starts[row - 1];
        passing = new int[starts[^1]];
        int[] next = starts[..^1];
        for (int i = 0; i < edges.Length; i++)
        {
            (int from, int to) = RowsOf(edges[i]);
            for (int row = from; row < to; row++) passing[next[row]++] = i;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Weigh(int row, int firstColumn, Span<int> weights)
    {
        weights.Clear();
        int at = row - firstRow, end = Math.Min(firstColumn + weights.Length, endColumn);
        if (at < 0 || at >= starts.Length - 1 || starts[at] == starts[at + 1] || end <= this.firstColumn) return false;
        // One more for what the last pixel hands on to the right.
        long[] room = ArrayPool<long>.Shared.Rent(weights.Length + 1);
        Span<long> cells = room.AsSpan(0, weights.Length + 1);
        cells.Clear();
        for (int i = starts[at]; i < starts[at + 1]; i++) Add(in edges[passing[i]], row, firstColumn, cells);
        long covered = 0;
        bool any = false;
        for (int i = 0; i < weights.Length; i++)
        {
            covered += cells[i];
            weights[i] = (int)Math.Clamp(covered, 0, FixedPoint.One);
            any |= weights[i] != 0;
        }
        ArrayPool<long>.Shared.Return(room);
        return any;
    }

    // Top above Bottom in rows counted downwards; Sign says which way the ring ran.
    private readonly record struct RingEdge(double TopX, double Top, double BottomX, double Bottom, int Sign);

    private static void Add(List<RingEdge> edges, IReadOnlyList<Point> ring, GridFrame frame, int sign)
    {
        if (ring.Count == 0) return;
        double twice = 0;
        // About the first point, so that large coordinates do not eat the digits.
        double ox = frame.Column(ring[0].X), oy = frame.Row(ring[0].Y);
        for (int i = 0, j = ring.Count - 1; i < ring.Count; j = i++)
        {
            double ax = frame.Column(ring[j].X), ay = frame.Row(ring[j].Y);
            double bx = frame.Column(ring[i].X), by = frame.Row(ring[i].Y);
            twice += ((ax - ox) * (by - oy)) - ((bx - ox) * (ay - oy));
        }
        // A positive ring must add on its left side: an edge going down a column adds all to its right.
        int turned = twice > 0 ? -sign : sign;
        for (int i = 0, j = ring.Count - 1; i < ring.Count; j = i++)
        {
            double ax = frame.Column(ring[j].X), ay = frame.Row(ring[j].Y);
            double bx = frame.Column(ring[i].X), by = frame.Row(ring[i].Y);
            if (ay == by) continue;
            edges.Add(ay < by ? new(ax, ay, bx, by, turned) : new(bx, by, ax, ay, -turned));
        }
    }

    // Half-open, relative to the first row.
    private (int From, int To) RowsOf(RingEdge edge)
    {
        int rows = starts.Length - 1;
        double from = Math.Floor(edge.Top) - firstRow, to = Math.Ceiling(edge.Bottom) - firstRow;
        return ((int)Math.Clamp(from, 0, rows), (int)Math.Clamp(to, 0, rows));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(in RingEdge edge, int row, int firstColumn, Span<long> cells)
    {
        double y0 = Math.Max(edge.Top, row), y1 = Math.Min(edge.Bottom, row + 1);
        long from = FixedPoint.From(y0 - row), to = FixedPoint.From(y1 - row);
        if (from == to) return;
        double x0 = XAt(edge, y0), x1 = XAt(edge, y1), low = Math.Min(x0, x1), high = Math.Max(x0, x1);
        long height = to - from, done = 0;
        int end = firstColumn + cells.Length - 1;
        if (low >= end) return;
        // To the left of what is asked for an edge acts as if it ran down that side; beyond the right it does nothing.
        if (high <= firstColumn)
        {
            cells[0] += edge.Sign * height;
            return;
        }
        double x = low, perColumn = height / (high - low);
        if (low < firstColumn)
        {
            done = Between((firstColumn - low) * perColumn, height);
            cells[0] += edge.Sign * done;
            x = firstColumn;
        }
        for (int column = (int)x; column < end; column++)
        {
            bool last = high <= column + 1;
            double next = last ? high : column + 1;
            long until = last ? height : Between((next - low) * perColumn, height);
            // A piece within one column: its mean x splits its height between that pixel and all to its right.
            long right = (long)Math.Round((until - done) * (((x + next) / 2) - column));
            cells[column - firstColumn] += edge.Sign * (until - done - right);
            cells[column + 1 - firstColumn] += edge.Sign * right;
            if (last) return;
            (done, x) = (until, next);
        }
    }

    private static long Between(double units, long height) => Math.Clamp((long)Math.Round(units), 0, height);

    private static double XAt(in RingEdge edge, double y)
    {
        if (y == edge.Top) return edge.TopX;
        if (y == edge.Bottom) return edge.BottomX;
        return edge.TopX + ((edge.BottomX - edge.TopX) * (y - edge.Top) / (edge.Bottom - edge.Top));
    }
}
