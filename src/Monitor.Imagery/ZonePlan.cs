using Monitor.Domain.Places;
using Monitor.Raster.Zones;

namespace Monitor.Imagery;

/// <summary>A window of a raster and the polygons whose bounds touch it.</summary>
/// <param name="Window">Cut along the raster's stored blocks.</param>
/// <param name="Zones">Indices of the polygons, in rising order.</param>
internal readonly record struct ZoneWindow(RasterWindow Window, IReadOnlyList<int> Zones);

/// <summary>
/// Which windows of a raster are read for a set of polygons, and in which order: all polygons of a window together, so
/// that a block is decoded once in a run however many polygons touch it, and neighbouring windows one after another, so
/// that a block of a coarser mask is still at hand for the next of them.
/// </summary>
internal static class ZonePlan
{
    private const int SideWanted = 512, SideMax = 1024, Neighbours = 2;

    /// <summary>Groups of neighbouring windows, each one thread's work.</summary>
    internal static List<IReadOnlyList<ZoneWindow>> Of(
        IReadOnlyList<Polygon> zones, GridFrame frame, int blockWidth, int blockHeight)
    {
        int width = Side(blockWidth, frame.Width), height = Side(blockHeight, frame.Height);
        var touched = new SortedDictionary<(int Row, int Column), List<int>>();
        for (int zone = 0; zone < zones.Count; zone++)
        {
            if (frame.Touched(zones[zone]) is not (int left, int right, int top, int bottom)) continue;
            for (int row = top / height; row <= (bottom - 1) / height; row++)
                for (int column = left / width; column <= (right - 1) / width; column++)
                    At(row, column).Add(zone);
        }
        return [.. touched
            .GroupBy(t => (t.Key.Row / Neighbours, t.Key.Column / Neighbours))
            .Select(group => (IReadOnlyList<ZoneWindow>)[.. group.Select(t => new ZoneWindow(new RasterWindow(
                t.Key.Column * width, t.Key.Row * height,
                Math.Min(width, frame.Width - (t.Key.Column * width)),
                Math.Min(height, frame.Height - (t.Key.Row * height))), t.Value))])];

        List<int> At(int row, int column)
        {
            if (!touched.TryGetValue((row, column), out List<int>? list)) touched[(row, column)] = list = [];
            return list;
        }
    }

    // Small blocks are taken several at a time; a block too large for a window is cut, at the price of decoding it again.
    private static int Side(int block, int whole) => block <= 0 || block > SideMax
        ? Math.Min(SideWanted, Math.Max(1, whole))
        : Math.Max(1, SideWanted / block) * block;
}
