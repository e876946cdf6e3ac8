namespace Monitor.Domain.Places;

/// <summary>
/// Says why a polygon has no area that everybody computes alike: rings that cross themselves or each other, parts that
/// lie in one another, a hole outside its ring. Rings that touch, in a point or along a line, are right.
/// </summary>
/// <param name="Reason">In words, without the place.</param>
/// <param name="At">Where it is.</param>
public sealed record PolygonFault(string Reason, Point At)
{
    /// <summary>The first fault found; null for a polygon that is right.</summary>
    public static PolygonFault? Find(Polygon polygon)
    {
        List<RingEdge> edges = [];
        int ring = 0;
        foreach (PolygonPart part in polygon.Parts)
        {
            foreach (IReadOnlyList<Point> one in (IEnumerable<IReadOnlyList<Point>>)[part.Outer, .. part.Holes])
            {
                if (one.Any(p => !double.IsFinite(p.X) || !double.IsFinite(p.Y)))
                    return new PolygonFault("A coordinate is no number", one[0]);
                RingEdge.Add(edges, one, ring++);
            }
        }
        if (RingCrossing.Find(edges) is Point crossing) return new PolygonFault("Its rings cross", crossing);
        return Nesting(polygon);
    }

    // Rings that do not cross lie wholly in one another or wholly apart: one point of each tells.
    private static PolygonFault? Nesting(Polygon polygon)
    {
        Box[] boxes = [.. polygon.Parts.Select(p => Box.Of(p.Outer))];
        for (int i = 0; i < boxes.Length; i++)
        {
            PolygonPart part = polygon.Parts[i];
            foreach (IReadOnlyList<Point> hole in part.Holes)
            {
                if (RingPlace.Inside(hole, part.Outer) == false)
                    return new PolygonFault("A hole lies outside its ring", hole[0]);
                foreach (IReadOnlyList<Point> other in part.Holes)
                    if (!ReferenceEquals(hole, other) && RingPlace.Inside(hole, other) == true)
                        return new PolygonFault("A hole lies in another hole", hole[0]);
            }
            for (int j = 0; j < boxes.Length; j++)
            {
                PolygonPart other = polygon.Parts[j];
                if (i == j || !boxes[i].Touches(boxes[j]) || RingPlace.Inside(part.Outer, other.Outer) != true) continue;
                if (!other.Holes.Any(hole => RingPlace.Inside(part.Outer, hole) != false))
                    return new PolygonFault("A part lies in another part", part.Outer[0]);
            }
        }
        return null;
    }

    private readonly record struct Box(double MinX, double MinY, double MaxX, double MaxY)
    {
        internal static Box Of(IReadOnlyList<Point> ring) => ring.Count == 0 ? default : new(
            ring.Min(p => p.X), ring.Min(p => p.Y), ring.Max(p => p.X), ring.Max(p => p.Y));

        internal bool Touches(Box other) =>
            MinX <= other.MaxX && other.MinX <= MaxX && MinY <= other.MaxY && other.MinY <= MaxY;
    }
}
