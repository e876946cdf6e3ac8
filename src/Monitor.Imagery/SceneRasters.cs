using Monitor.Imagery.Gdal;
using Monitor.Imagery.Tiff;
using Monitor.Raster;

namespace Monitor.Imagery;

/// <summary>Writes a raster of the size and place of a scene: Float32, tiled, nodata −9999, never NaN.</summary>
public static class SceneRasters
{
    /// <summary>NDVI in [−1, 1].</summary>
    /// <inheritdoc cref="Write"/>
    public static void WriteNdvi(
        SceneSource source, string path, TiffCompression compression, int threads,
        CancellationToken cancellation = default) =>
        Write(source, path, compression, threads, static (scene, run, start) => scene.Ndvi(start, run), cancellation);

    /// <summary>Cover in [0, 1] by one line.</summary>
    /// <inheritdoc cref="Write"/>
    public static void WriteCover(
        SceneSource source, CoverLine line, string path, TiffCompression compression, int threads,
        CancellationToken cancellation = default) =>
        Write(source, path, compression, threads, (reader, run, start) =>
        {
            reader.Ndvi(start, run);
            line.Of(run, run);
        }, cancellation);

    /// <summary>
    /// 1 where the mask is clear (everywhere without one), 0 where it is not, nodata where a band is nodata.
    /// </summary>
    /// <inheritdoc cref="Write"/>
    public static void WriteMask(
        SceneSource source, string path, TiffCompression compression, int threads,
        CancellationToken cancellation = default) =>
        Write(source, path, compression, threads, static (scene, run, start) => scene.Clear(start, run), cancellation);

    private delegate void Fill(SceneReader reader, Span<float> run, int start);

    /// <param name="source">The files.</param>
    /// <param name="path">The file to make; replaced when complete, untouched on any failure.</param>
    /// <param name="compression">How tiles are packed.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="fill">Makes the pixels of a run.</param>
    /// <param name="cancellation">Stops between windows and leaves nothing.</param>
    /// <exception cref="Domain.InputException">A file is missing, corrupt, or does not fit the others.</exception>
    /// <exception cref="ImageryUnavailableException">The output cannot be written, or libgdal is missing.</exception>
    private static void Write(
        SceneSource source, string path, TiffCompression compression, int threads, Fill fill,
        CancellationToken cancellation)
    {
        int width, height;
        GeoReference? place;
        IReadOnlyList<RasterWindow[]> groups;
        var values = new MaskValues();
        using (var first = new SceneReader(source))
        {
            (width, height, place) = (first.Width, first.Height, first.Place);
            groups = first.Groups(GeoTiffWriter.TileSide);
        }
        using GeoTiffWriter writer = GeoTiffWriter.Create<float>(
            path, width, height, place, NdviKernel.NoData, compression);
        ParallelWindows.Run(
            threads, groups, () => new SceneReader(source, values), _ => new WindowBuffer<float>(),
            (reader, buffer, group) =>
            {
                foreach (RasterWindow window in group)
                {
                    cancellation.ThrowIfCancellationRequested();
                    reader.Load(window);
                    Span<float> pixels = buffer.Of(window.Area);
                    fill(reader, pixels, 0);
                    writer.Write<float>(window, pixels);
                }
            }, cancellation);
        SceneReader.RequireMaskKind(source, values);
        writer.Commit();
    }
}
