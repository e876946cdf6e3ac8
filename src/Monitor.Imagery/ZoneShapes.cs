using Monitor.Domain.Places;
using Monitor.Raster.Zones;

namespace Monitor.Imagery;

/// <summary>
/// The coverage of each polygon, made when it is first asked for, shared by all threads and dropped with the last
/// window that needs it.
/// </summary>
internal sealed class ZoneShapes
{
    private readonly IReadOnlyList<Polygon> zones;
    private readonly Lazy<IPixelCoverage>?[] shapes;
    private readonly int[] windows;

    internal ZoneShapes(
        IReadOnlyList<Polygon> zones, GridFrame frame, CoverageRule rule, IEnumerable<IReadOnlyList<ZoneWindow>> plan)
    {
        (this.zones, Frame) = (zones, frame);
        windows = new int[zones.Count];
        foreach (IReadOnlyList<ZoneWindow> group in plan)
            foreach (ZoneWindow window in group)
                foreach (int zone in window.Zones) windows[zone]++;
        shapes = [.. zones.Select(zone => new Lazy<IPixelCoverage>(() => rule == CoverageRule.Centre
            ? new CentreCoverage(zone, frame) : new ExactCoverage(zone, frame)))];
    }

    internal GridFrame Frame { get; }

    internal IPixelCoverage Of(int zone) => shapes[zone]!.Value;

    /// <summary>Says that one window is done with the polygon.</summary>
    internal void Leave(int zone)
    {
        if (Interlocked.Decrement(ref windows[zone]) == 0) shapes[zone] = null;
    }

    /// <summary>
    /// The part of a window that the polygon's bounds touch, from the first row on in which it covers anything; null
    /// when it covers nothing there.
    /// </summary>
    internal RasterWindow? PartOf(RasterWindow window, int zone, Span<int> row)
    {
        if (Frame.Touched(zones[zone]) is not (int left, int right, int top, int bottom)) return null;
        (left, right) = (Math.Max(left, window.X), Math.Min(right, window.X + window.Width));
        (top, bottom) = (Math.Max(top, window.Y), Math.Min(bottom, window.Y + window.Height));
        IPixelCoverage shape = Of(zone);
        while (top < bottom && !shape.Weigh(top, left, row[..(right - left)])) top++;
        return top < bottom ? new RasterWindow(left, top, right - left, bottom - top) : null;
    }
}
