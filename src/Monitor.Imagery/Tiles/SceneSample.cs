using Monitor.Imagery.Gdal;
using Monitor.Raster;

namespace Monitor.Imagery.Tiles;

/// <summary>A scene's values at the middles of a frame's pixels, none of them interpolated.</summary>
internal sealed class SceneSample
{
    private readonly float[] values;
    private readonly bool[] hasData;

    private SceneSample(MercatorFrame frame)
    {
        values = new float[frame.Width * frame.Height];
        hasData = new bool[values.Length];
        Array.Fill(values, NdviKernel.NoData);
    }

    /// <summary>NDVI, cover, or 1 and 0 of the mask; <see cref="NdviKernel.NoData"/> for none.</summary>
    internal float this[int at] => values[at];

    /// <summary>Whether the bands hold something there that is masked or has no value.</summary>
    internal bool IsMasked(int at, TileLayer layer) =>
        layer == TileLayer.Mask ? values[at] == 0 : values[at] < -1 && hasData[at];

    /// <summary>Reads what the frame needs; null where nothing of the scene falls in.</summary>
    internal static SceneSample? Of(
        SceneSource source, SceneFootprint footprint, TileLayer layer, CoverLine? cover, MercatorFrame frame,
        CancellationToken cancellation)
    {
        if (footprint.Within(frame) is not RasterWindow part) return null;
        long[] nearest;
        using (CoordinateWay way = CoordinateWay.Between(WebMercator.Wkt, footprint.Place.Wkt))
            nearest = WarpGrid.Of(way, footprint.Place, frame, part).Nearest(footprint.Width, footprint.Height);
        if (Needed(nearest, footprint.Width) is not RasterWindow needed) return null;
        var sample = new SceneSample(frame);
        using var reader = new SceneReader(source);
        foreach (RasterWindow stored in reader.Windows())
        {
            cancellation.ThrowIfCancellationRequested();
            if (Common(stored, needed) is not RasterWindow window) continue;
            // A frame from far away looks at few pixels: windows that none of them falls in are not read.
            List<(int At, int In)> wanted = Wanted(nearest, footprint.Width, part, frame.Width, window);
            if (wanted.Count > 0) sample.Read(reader, window, layer, cover, wanted);
        }
        return sample;
    }

    private static List<(int At, int In)> Wanted(
        long[] nearest, int sceneWidth, RasterWindow part, int frameWidth, RasterWindow window)
    {
        List<(int At, int In)> wanted = [];
        for (int i = 0; i < nearest.Length; i++)
        {
            if (nearest[i] < 0) continue;
            int column = (int)(nearest[i] % sceneWidth) - window.X, row = (int)(nearest[i] / sceneWidth) - window.Y;
            if (column < 0 || row < 0 || column >= window.Width || row >= window.Height) continue;
            int at = ((part.Y + (i / part.Width)) * frameWidth) + part.X + (i % part.Width);
            wanted.Add((at, (row * window.Width) + column));
        }
        return wanted;
    }

    private void Read(
        SceneReader reader, RasterWindow window, TileLayer layer, CoverLine? cover, List<(int At, int In)> wanted)
    {
        reader.Load(window);
        float[] found = new float[window.Area];
        byte[] data = new byte[window.Area];
        if (layer == TileLayer.Mask) reader.Clear(0, found);
        else _ = reader.Ndvi(0, found);
        if (layer == TileLayer.Cover) cover!.Value.Of(found, found);
        reader.Data(0, data);
        foreach ((int at, int place) in wanted) (values[at], hasData[at]) = (found[place], data[place] != 0);
    }

    private static RasterWindow? Needed(long[] nearest, int sceneWidth)
    {
        int left = int.MaxValue, top = int.MaxValue, right = -1, bottom = -1;
        foreach (long pixel in nearest)
        {
            if (pixel < 0) continue;
            int column = (int)(pixel % sceneWidth), row = (int)(pixel / sceneWidth);
            (left, right) = (Math.Min(left, column), Math.Max(right, column));
            (top, bottom) = (Math.Min(top, row), Math.Max(bottom, row));
        }
        return right < 0 ? null : new RasterWindow(left, top, right - left + 1, bottom - top + 1);
    }

    private static RasterWindow? Common(RasterWindow a, RasterWindow b)
    {
        int left = Math.Max(a.X, b.X), top = Math.Max(a.Y, b.Y);
        int right = Math.Min(a.X + a.Width, b.X + b.Width), bottom = Math.Min(a.Y + a.Height, b.Y + b.Height);
        return left < right && top < bottom ? new RasterWindow(left, top, right - left, bottom - top) : null;
    }
}
