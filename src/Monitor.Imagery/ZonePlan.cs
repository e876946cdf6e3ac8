using Monitor.Domain.Places;
using Monitor.Raster.Zones;

namespace Monitor.Imagery;

/// <summary>A window of a raster and the polygons whose bounds touch it.</summary>
/// <param name="Window">Cut along the raster's stored blocks.</param>
/// <param name="Zones">Indices of the polygons, in rising order.</param>
internal sealed record ZoneWindow(RasterWindow Window, IReadOnlyList<int> Zones);

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
        // By numbers and in loops: containers of pairs, and queries, would each be compiled for this one use.
        var touched = new Dictionary<long, List<int>>();
        for (int zone = 0; zone < zones.Count; zone++)
        {
            if (frame.Touched(zones[zone]) is not (int left, int right, int top, int bottom)) continue;
            for (int row = top / height; row <= (bottom - 1) / height; row++)
                for (int column = left / width; column <= (right - 1) / width; column++)
                    At(row, column).Add(zone);
        }
        long[] keys = new long[touched.Count];
        touched.Keys.CopyTo(keys, 0);
        Array.Sort(keys);
        var groups = new List<IReadOnlyList<ZoneWindow>>();
        var open = new Dictionary<long, List<ZoneWindow>>();
        foreach (long key in keys)
        {
            (int row, int column) = ((int)(key >> 32), (int)key);
            long near = Key(row / Neighbours, column / Neighbours);
            if (!open.TryGetValue(near, out List<ZoneWindow>? group))
            {
                open[near] = group = [];
                groups.Add(group);
            }
            group.Add(new ZoneWindow(new RasterWindow(
                column * width, row * height, Math.Min(width, frame.Width - (column * width)),
                Math.Min(height, frame.Height - (row * height))), touched[key]));
        }
        return groups;

        List<int> At(int row, int column)
        {
            long key = Key(row, column);
            if (!touched.TryGetValue(key, out List<int>? list)) touched[key] = list = [];
            return list;
        }
    }

    // Rises by row, then by column.
    private static long Key(int row, int column) => ((long)row << 32) | (uint)column;

    // Small blocks are taken several at a time; a block too large for a window is cut, at the price of decoding it again.
    private static int Side(int block, int whole) => block <= 0 || block > SideMax
        ? Math.Min(SideWanted, Math.Max(1, whole))
        : Math.Max(1, SideWanted / block) * block;
}
