using Monitor.Domain.Places;

namespace Monitor.Raster.Zones;

/// <summary>
/// Pixels whose centre lies inside, by the even-odd rule of <see cref="Polygon.Contains"/> and with its arithmetic,
/// but a row at a time: inside is where an odd number of crossings lies to the right.
/// </summary>
public sealed class CentreCoverage(Polygon polygon, GridFrame frame) : IPixelCoverage
{
    /// <inheritdoc/>
    public bool Weigh(int row, int firstColumn, Span<int> weights)
    {
        double y = frame.CentreY(row);
        List<double> crossings = [];
        foreach (PolygonPart part in polygon.Parts)
        {
            Cross(part.Outer, y, crossings);
            foreach (IReadOnlyList<Point> hole in part.Holes) Cross(hole, y, crossings);
        }
        crossings.Sort();
        bool any = false;
        // Centres go up with the column, or down in a grid that runs to the west.
        int passed = frame.PixelWidth > 0 ? 0 : crossings.Count;
        for (int i = 0; i < weights.Length; i++)
        {
            double x = frame.CentreX(firstColumn + i);
            while (passed < crossings.Count && crossings[passed] <= x) passed++;
            while (passed > 0 && crossings[passed - 1] > x) passed--;
            bool inside = ((crossings.Count - passed) & 1) != 0;
            weights[i] = inside ? (int)FixedPoint.One : 0;
            any |= inside;
        }
        return any;
    }

    private static void Cross(IReadOnlyList<Point> ring, double y, List<double> crossings)
    {
        for (int i = 0, j = ring.Count - 1; i < ring.Count; j = i++)
        {
            Point a = ring[i], b = ring[j];
            if ((a.Y > y) != (b.Y > y)) crossings.Add(((b.X - a.X) * (y - a.Y) / (b.Y - a.Y)) + a.X);
        }
    }
}
