using Monitor.Domain;
using Monitor.Domain.Places;

namespace Monitor.Imagery.Gdal;

/// <summary>
/// Brings rings from one coordinate system to another. A straight edge becomes a curve there: points are put in between
/// until no edge is off by more than a step, and every point is rounded to a step of 1 mm.
/// </summary>
internal sealed unsafe class PolygonWay : IDisposable
{
    // About 1 mm on the ground, in degrees.
    private const double StepsPerDegree = 1e8, StepsPerMetre = 1000;

    // Halvings of an edge: 4,096 pieces of it hold a step even right across a UTM zone.
    private const int HalvingsMax = 12;

    private readonly nint transformation;
    private readonly double steps;

    private PolygonWay(nint transformation, double steps) => (this.transformation, this.steps) = (transformation, steps);

    /// <summary>The way; null where coordinates stay as they are.</summary>
    /// <exception cref="InputException">There is none.</exception>
    internal static PolygonWay? Between(SpatialReference? own, SpatialReference? target, string path)
    {
        if (own is null || target is null || own.IsSame(target)) return null;
        GdalError.Reset();
        nint way = own.WayTo(target);
        if (way == 0)
        {
            throw new InputException(
                $"Its coordinates cannot be brought to the raster's system: {GdalError.Text}.",
                "Reproject it to the raster's system first.", path);
        }
        return new PolygonWay(way, target.IsGeographic ? StepsPerDegree : StepsPerMetre * target.MetresPerUnit);
    }

    /// <summary>
    /// The ring in the other system, closed when it was; null where a point has no place there: GDAL's last error tells
    /// why.
    /// </summary>
    internal IReadOnlyList<Point>? Bring(IReadOnlyList<Point> ring)
    {
        List<Point> from = [.. ring];
        if (Transformed(from) is not List<Point> to) return null;
        // An edge that came to rest is not looked at again: a half of it would be straighter still.
        List<bool> open = [.. Enumerable.Repeat(true, Math.Max(0, from.Count - 1))];
        for (int round = 0; round < HalvingsMax && open.Contains(true); round++)
        {
            if (Halved(from, to, open) is not var (nextFrom, nextTo, nextOpen)) return null;
            (from, to, open) = (nextFrom, nextTo, nextOpen);
        }
        List<Point> brought = [];
        foreach (Point p in to)
        {
            var rounded = new Point(Math.Round(p.X * steps) / steps, Math.Round(p.Y * steps) / steps);
            if (brought.Count == 0 || brought[^1] != rounded) brought.Add(rounded);
        }
        return brought;
    }

    /// <summary>Points in the other system, not rounded; null where one has no place there.</summary>
    internal List<Point>? Points(List<Point> points) => Transformed(points);

    public void Dispose() => GdalNative.OCTDestroyCoordinateTransformation(transformation);

    private (List<Point> From, List<Point> To, List<bool> Open)? Halved(
        List<Point> from, List<Point> to, List<bool> open)
    {
        List<Point> middles = [];
        for (int i = 0; i < open.Count; i++)
            if (open[i]) middles.Add(new((from[i].X + from[i + 1].X) / 2, (from[i].Y + from[i + 1].Y) / 2));
        if (Transformed(middles) is not List<Point> there) return null;
        (List<Point> nextFrom, List<Point> nextTo, List<bool> nextOpen) = ([from[0]], [to[0]], []);
        for (int i = 0, middle = 0; i < open.Count; i++)
        {
            if (open[i])
            {
                Point at = there[middle];
                double x = at.X - ((to[i].X + to[i + 1].X) / 2), y = at.Y - ((to[i].Y + to[i + 1].Y) / 2);
                bool isOff = Math.Max(Math.Abs(x), Math.Abs(y)) * steps > 1;
                if (isOff)
                {
                    nextFrom.Add(middles[middle]);
                    nextTo.Add(at);
                    nextOpen.Add(true);
                }
                nextOpen.Add(isOff);
                middle++;
            }
            else
            {
                nextOpen.Add(false);
            }
            nextFrom.Add(from[i + 1]);
            nextTo.Add(to[i + 1]);
        }
        return (nextFrom, nextTo, nextOpen);
    }

    private List<Point>? Transformed(List<Point> points)
    {
        double[] x = [.. points.Select(p => p.X)], y = [.. points.Select(p => p.Y)], z = new double[points.Count];
        int[] success = new int[points.Count];
        fixed (double* xs = x, ys = y, zs = z)
        fixed (int* fine = success)
            _ = GdalNative.OCTTransformEx(transformation, points.Count, xs, ys, zs, fine);
        for (int i = 0; i < success.Length; i++)
            if (success[i] == 0 || !double.IsFinite(x[i]) || !double.IsFinite(y[i])) return null;
        return [.. x.Select((e, i) => new Point(e, y[i]))];
    }
}
