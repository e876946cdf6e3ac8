using Monitor.Domain.Places;
using Monitor.Raster;
using Monitor.Raster.Zones;

namespace Monitor.Imagery;

/// <summary>Rows of one polygon's bounds.</summary>
/// <param name="Zone">Index of the polygon.</param>
/// <param name="Window">The pixels.</param>
internal readonly record struct ZonePiece(int Zone, RasterWindow Window);

/// <summary>One thread's reader and buffers for polygons.</summary>
internal sealed class SceneZoneWorker(
    SceneSource source, MaskValues values, IReadOnlyList<Polygon> zones, GridFrame frame, CoverageRule rule)
    : IDisposable
{
    private readonly SceneReader reader = new(source, values);
    private (int Zone, IPixelCoverage Coverage)? current;

    internal void Count(ZonePiece piece, ZoneTally tally)
    {
        if (current?.Zone != piece.Zone)
            current = (piece.Zone, SceneZones.CoverageOf(zones[piece.Zone], frame, rule));
        RasterWindow window = piece.Window;
        float[] ndvi = new float[window.Width];
        byte[] data = new byte[window.Width];
        int[] weights = new int[window.Width];
        reader.Load(window);
        for (int row = 0; row < window.Height; row++)
        {
            int start = row * window.Width;
            current.Value.Coverage.Weigh(window.Y + row, window.X, weights);
            reader.Ndvi(start, ndvi);
            reader.Data(start, data);
            tally.Add(ndvi, data, weights);
        }
    }

    public void Dispose() => reader.Dispose();
}
