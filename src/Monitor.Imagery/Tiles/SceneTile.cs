using System.IO.Compression;
using Monitor.Imagery.Gdal;
using Monitor.Imagery.Pictures;
using Monitor.Raster;

namespace Monitor.Imagery.Tiles;

/// <summary>
/// A part of a scene as a PNG in Web Mercator, never smoothed: each pixel has the colour of the scene's pixel that its
/// middle falls in. Masked pixels are hatched in grey, what lies outside or is nodata is transparent.
/// </summary>
public static class SceneTile
{
    /// <summary>Version of the way from pixels to colours: another one makes other pictures of the same scene.</summary>
    public const int Version = 1;

    private static readonly Lazy<byte[]> EmptyTile = new(() => Blank(TileAddress.Side, TileAddress.Side));

    /// <summary>Draws a frame.</summary>
    /// <param name="source">The scene, its mask dilated as it is to be shown.</param>
    /// <param name="footprint">Its footprint.</param>
    /// <param name="layer">What is shown.</param>
    /// <param name="cover">The line whose cover is shown; needed for <see cref="TileLayer.Cover"/> only.</param>
    /// <param name="frame">Where.</param>
    /// <param name="cancellation">Stops between windows.</param>
    /// <returns>The PNG's bytes.</returns>
    /// <exception cref="Domain.InputException">A file is missing, corrupt, or does not fit the others.</exception>
    /// <exception cref="ImageryUnavailableException">libgdal is missing.</exception>
    public static byte[] Render(
        SceneSource source, SceneFootprint footprint, TileLayer layer, CoverLine? cover, MercatorFrame frame,
        CancellationToken cancellation = default)
    {
        if (layer == TileLayer.Cover && cover is null)
            throw new ArgumentException("Cover needs its line.", nameof(cover));
        if (footprint.Within(frame) is not RasterWindow part) return Empty(frame);
        long[] nearest;
        using (CoordinateWay way = CoordinateWay.Between(WebMercator.Wkt, footprint.Place.Wkt))
            nearest = WarpGrid.Of(way, footprint.Place, frame, part).Nearest(footprint.Width, footprint.Height);
        if (Needed(nearest, footprint.Width) is not RasterWindow needed) return Empty(frame);
        var paint = new TilePaint(frame, layer);
        using var reader = new SceneReader(source);
        foreach (RasterWindow stored in reader.Windows())
        {
            cancellation.ThrowIfCancellationRequested();
            if (Common(stored, needed) is RasterWindow window)
                Paint(reader, window, layer, cover, nearest, part, footprint.Width, paint);
        }
        return PngFile.Encode(paint.Pixels, frame.Width, frame.Height, CompressionLevel.Fastest);
    }

    private static byte[] Empty(MercatorFrame frame) =>
        frame is { Width: TileAddress.Side, Height: TileAddress.Side } ? EmptyTile.Value : Blank(frame.Width, frame.Height);

    private static byte[] Blank(int width, int height) =>
        PngFile.Encode(new byte[width * height * 4], width, height, CompressionLevel.Optimal);

    private static void Paint(
        SceneReader reader, RasterWindow window, TileLayer layer, CoverLine? cover, long[] nearest, RasterWindow part,
        int sceneWidth, TilePaint paint)
    {
        // A frame from far away looks at few pixels: windows that none of them falls in are not read.
        List<(int At, int In)> wanted = [];
        for (int i = 0; i < nearest.Length; i++)
        {
            if (nearest[i] < 0) continue;
            int column = (int)(nearest[i] % sceneWidth) - window.X, row = (int)(nearest[i] / sceneWidth) - window.Y;
            if (column >= 0 && row >= 0 && column < window.Width && row < window.Height)
                wanted.Add((i, (row * window.Width) + column));
        }
        if (wanted.Count == 0) return;
        reader.Load(window);
        float[] values = new float[window.Area];
        byte[] data = new byte[window.Area];
        if (layer == TileLayer.Mask) reader.Clear(0, values);
        else _ = reader.Ndvi(0, values);
        if (layer == TileLayer.Cover) cover!.Value.Of(values, values);
        reader.Data(0, data);
        foreach ((int at, int place) in wanted)
            paint.Set(part.X + (at % part.Width), part.Y + (at / part.Width), values[place], data[place] != 0);
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
