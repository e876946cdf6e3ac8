using Monitor.Imagery.Gdal;
using Monitor.Imagery.Outputs;
using Monitor.Imagery.Tiff;
using Monitor.Raster;

namespace Monitor.Imagery;

/// <summary>Writes a raster of the size and place of a scene: Float32, tiled, nodata −9999, never NaN.</summary>
public static class SceneRasters
{
    /// <summary>NDVI in [−1, 1].</summary>
    /// <inheritdoc cref="Write"/>
    public static RasterShape WriteNdvi(
        SceneSource source, string path, TiffCompression compression, int threads,
        RunControl control = default) =>
        Write(
            "ndvi", source, path, compression, threads, static (scene, run, start) => scene.Ndvi(start, run), control);

    /// <summary>Cover in [0, 1] by one line.</summary>
    /// <inheritdoc cref="Write"/>
    public static RasterShape WriteCover(
        SceneSource source, CoverLine line, string path, TiffCompression compression, int threads,
        RunControl control = default) =>
        Write("cover", source, path, compression, threads, (reader, run, start) =>
        {
            reader.Ndvi(start, run);
            line.Of(run, run);
        }, control);

    /// <summary>
    /// 1 where the mask is clear (everywhere without one), 0 where it is not, nodata where a band is nodata.
    /// </summary>
    /// <inheritdoc cref="Write"/>
    public static RasterShape WriteMask(
        SceneSource source, string path, TiffCompression compression, int threads,
        RunControl control = default) =>
        Write(
            "mask", source, path, compression, threads, static (scene, run, start) => scene.Clear(start, run), control);

    // Packed tiles are held until those before them have come: each group is some four tiles of a megabyte before packing.
    private const int GroupsAhead = 2;

    private delegate void Fill(SceneReader reader, Span<float> run, int start);

    /// <param name="kind">What it shows, for its metadata.</param>
    /// <param name="source">The files.</param>
    /// <param name="path">The file to make; replaced when complete, untouched on any failure.</param>
    /// <param name="compression">How tiles are packed.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="fill">Makes the pixels of a run.</param>
    /// <param name="control">Stops between windows and leaves nothing.</param>
    /// <returns>What was written, with its statistics, which stand in its metadata too.</returns>
    /// <exception cref="Domain.InputException">A file is missing, corrupt, or does not fit the others.</exception>
    /// <exception cref="ImageryUnavailableException">The output cannot be written, or libgdal is missing.</exception>
    private static RasterShape Write(
        string kind, SceneSource source, string path, TiffCompression compression, int threads, Fill fill,
        RunControl control)
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
        writer.Expect(groups.SelectMany(static group => group));
        IReadOnlyList<(WindowBuffer<float> Buffer, RasterSums Sums)> parts = ParallelWindows.Run(
            threads, groups, () => new SceneReader(source, values),
            _ => (Buffer: new WindowBuffer<float>(), Sums: new RasterSums()),
            (reader, part, group) =>
            {
                foreach (RasterWindow window in group)
                {
                    control.Cancellation.ThrowIfCancellationRequested();
                    reader.Load(window);
                    Span<float> pixels = part.Buffer.Of(window.Area);
                    fill(reader, pixels, 0);
                    part.Sums.Add(pixels);
                    writer.Write<float>(window, pixels);
                }
            }, control, GroupsAhead);
        SceneReader.RequireMaskKind(source, values);
        var whole = new RasterSums();
        foreach ((_, RasterSums sums) in parts) whole.Combine(sums);
        writer.Annotate(DerivedRaster.Origin(kind), DerivedRaster.Statistics(whole));
        writer.Commit();
        return new RasterShape(width, height, place, whole);
    }
}
