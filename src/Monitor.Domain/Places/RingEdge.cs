namespace Monitor.Domain.Places;

/// <summary>One side of a ring, with the corners before and after it.</summary>
/// <param name="Ring">Number of its ring.</param>
/// <param name="Index">Its number in the ring, of those that have a length.</param>
/// <param name="Before">The corner before <paramref name="A"/>.</param>
/// <param name="A">Its beginning.</param>
/// <param name="B">Its end.</param>
/// <param name="Last">Number of the ring's last side.</param>
internal readonly record struct RingEdge(int Ring, int Index, Point Before, Point A, Point B, int Last)
{
    internal double Bottom => Math.Min(A.Y, B.Y);

    internal double Top => Math.Max(A.Y, B.Y);

    internal double Left => Math.Min(A.X, B.X);

    internal double Right => Math.Max(A.X, B.X);

    /// <summary>Whether one follows the other in a ring.</summary>
    internal bool IsNextTo(RingEdge other)
    {
        if (Ring != other.Ring) return false;
        int apart = Math.Abs(Index - other.Index);
        return apart <= 1 || apart == Last;
    }

    /// <summary>Adds the sides of a ring; corners that repeat the one before them have none.</summary>
    internal static void Add(List<RingEdge> edges, IReadOnlyList<Point> ring, int number)
    {
        var corners = new List<Point>(ring.Count);
        foreach (Point p in ring)
            if (corners.Count == 0 || corners[^1] != p) corners.Add(p);
        if (corners.Count > 1 && corners[0] == corners[^1]) corners.RemoveAt(corners.Count - 1);
        int count = corners.Count;
        if (count < 3) return;
        for (int i = 0; i < count; i++)
        {
            edges.Add(new RingEdge(
                number, i, corners[(i + count - 1) % count], corners[i], corners[(i + 1) % count], count - 1));
        }
    }
}
