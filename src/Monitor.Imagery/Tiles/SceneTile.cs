using System.IO.Compression;
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

    private static readonly Rgb Clear = Rgb.Of(0xD6E6DC);
    private static readonly Lazy<byte[]> EmptyTile =
        new(() => new TilePaint(new TileAddress(0, 0, 0).Frame).Encode(CompressionLevel.Optimal));

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
        RequireLine(layer, cover);
        if (SceneSample.Of(source, footprint, layer, cover, frame, cancellation) is not SceneSample sample)
            return Empty(frame);
        var paint = new TilePaint(frame);
        for (int i = 0; i < frame.Width * frame.Height; i++)
        {
            if (sample.IsMasked(i, layer)) paint.Mask(i);
            else if (sample[i] >= -1) paint.Set(i, ColourOf(layer, sample[i]));
        }
        return paint.Encode();
    }

    /// <summary>
    /// Draws how much a later scene has more than an earlier one: hatched where either is masked, transparent where
    /// either has nothing.
    /// </summary>
    /// <param name="earlier">The earlier scene and its footprint.</param>
    /// <param name="later">The later one's.</param>
    /// <param name="layer">NDVI or cover; a difference of masks says nothing.</param>
    /// <param name="cover">The line whose cover is shown; needed for <see cref="TileLayer.Cover"/> only.</param>
    /// <param name="frame">Where.</param>
    /// <param name="cancellation">Stops between windows.</param>
    /// <returns>The PNG's bytes.</returns>
    /// <exception cref="Domain.InputException">A file is missing, corrupt, or does not fit the others.</exception>
    /// <exception cref="ImageryUnavailableException">libgdal is missing.</exception>
    public static byte[] RenderDifference(
        (SceneSource Source, SceneFootprint Footprint) earlier, (SceneSource Source, SceneFootprint Footprint) later,
        TileLayer layer, CoverLine? cover, MercatorFrame frame, CancellationToken cancellation = default)
    {
        if (layer == TileLayer.Mask) throw new ArgumentException("Masks have no difference.", nameof(layer));
        RequireLine(layer, cover);
        SceneSample? before = SceneSample.Of(earlier.Source, earlier.Footprint, layer, cover, frame, cancellation);
        SceneSample? after = SceneSample.Of(later.Source, later.Footprint, layer, cover, frame, cancellation);
        if (before is null || after is null) return Empty(frame);
        var paint = new TilePaint(frame);
        for (int i = 0; i < frame.Width * frame.Height; i++)
        {
            bool hasBefore = before[i] >= -1, hasAfter = after[i] >= -1;
            if (hasBefore && hasAfter) paint.Set(i, ColourRamp.Difference.Of(after[i] - before[i]));
            else if ((hasBefore || before.IsMasked(i, layer)) && (hasAfter || after.IsMasked(i, layer))) paint.Mask(i);
        }
        return paint.Encode();
    }

    private static void RequireLine(TileLayer layer, CoverLine? cover)
    {
        if (layer == TileLayer.Cover && cover is null)
            throw new ArgumentException("Cover needs its line.", nameof(cover));
    }

    private static Rgb ColourOf(TileLayer layer, float value) => layer switch
    {
        TileLayer.Ndvi => ColourRamp.NdviOnMap.Of(value),
        TileLayer.Cover => ColourRamp.Cover.Of(value),
        _ => Clear,
    };

    private static byte[] Empty(MercatorFrame frame) =>
        frame is { Width: TileAddress.Side, Height: TileAddress.Side } ? EmptyTile.Value : new TilePaint(frame).Encode();
}
