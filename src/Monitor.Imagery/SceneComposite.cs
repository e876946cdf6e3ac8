using System.Globalization;
using Monitor.Domain;
using Monitor.Imagery.Gdal;
using Monitor.Imagery.Outputs;
using Monitor.Imagery.Tiff;
using Monitor.Raster;

namespace Monitor.Imagery;

/// <summary>The median NDVI of several dates, pixel by pixel.</summary>
public static class SceneComposite
{
    // A window's stack and its readers' buffers, for each date of one thread, take about this many times its pixels.
    private const int WindowsAhead = 8;
    private const long BytesPerPixel = 12, BytesMax = 512L << 20;

    /// <summary>Writes the composite: Float32, tiled, nodata −9999 where too few dates are clear.</summary>
    /// <param name="scenes">
    /// One scene for each date; the first gives the grid, on whose pixels the others' must fall.
    /// </param>
    /// <param name="datesMin">Clear dates that a pixel must have; 1 to the number of scenes.</param>
    /// <param name="ends">Ends of cover, or null.</param>
    /// <param name="path">The file to make; replaced when complete, untouched on any failure.</param>
    /// <param name="compression">How tiles are packed.</param>
    /// <param name="threads">At least 1; fewer are used where the dates are so many that memory would grow.</param>
    /// <param name="control">Stops between windows and leaves nothing.</param>
    /// <exception cref="InputException">
    /// No or too many scenes, the same twice, another grid; a file is missing or corrupt.
    /// </exception>
    /// <exception cref="ImageryUnavailableException">The output cannot be written, or libgdal is missing.</exception>
    public static CompositeFigures Write(
        IReadOnlyList<SceneSource> scenes, int datesMin, CoverEnds? ends, string path, TiffCompression compression,
        int threads, RunControl control = default)
    {
        Require(scenes, datesMin);
        CompositeGrid grid = CompositeGrid.Of(scenes);
        (int width, int height, GeoReference? place) = (grid.Width, grid.Height, grid.Place);
        var composite = new MedianComposite(scenes.Count, datesMin);
        long bytes = grid.Windows.Max(w => (long)w.Area) * scenes.Count * BytesPerPixel;
        int bounded = (int)Math.Clamp(BytesMax / bytes, 1, threads);
        using GeoTiffWriter writer = GeoTiffWriter.Create<float>(
            path, width, height, place, NdviKernel.NoData, compression);
        writer.Expect(grid.Windows);
        IReadOnlyList<(RasterTally Tally, RasterSums Sums)> parts = ParallelWindows.Run(
            bounded, grid.Windows, () => new CompositeWorker(grid.Dates, composite),
            _ => (Tally: new RasterTally(ends), Sums: new RasterSums()),
            (worker, part, window) =>
            {
                ReadOnlySpan<float> pixels = worker.Compute(window, out int eligible);
                part.Tally.Add(pixels, eligible);
                part.Sums.Add(pixels);
                writer.Write(window, pixels);
            }, control, WindowsAhead);
        foreach (CompositeDate date in grid.Dates) SceneReader.RequireMaskKind(date.Source, date.Values);
        var whole = new RasterTally(ends);
        var sums = new RasterSums();
        foreach ((RasterTally tally, RasterSums part) in parts)
        {
            whole.Combine(tally);
            sums.Combine(part);
        }
        writer.Annotate(DerivedRaster.Origin("composite"), DerivedRaster.Statistics(sums));
        writer.Commit();
        return new CompositeFigures(new RasterShape(width, height, place, sums), whole);
    }

    internal static void Require(IReadOnlyList<SceneSource> scenes, int datesMin)
    {
        if (scenes.Count is 0 or > MedianComposite.DatesMax)
        {
            throw new InputException(
                string.Create(CultureInfo.InvariantCulture, $"{scenes.Count} scenes make no composite."),
                string.Create(CultureInfo.InvariantCulture, $"Give 1 to {MedianComposite.DatesMax}."), field: "--item");
        }
        if (datesMin < 1 || datesMin > scenes.Count)
        {
            throw new InputException(
                string.Create(CultureInfo.InvariantCulture, $"{datesMin} of {scenes.Count} dates cannot be clear."),
                "Give a number from 1 to the number of scenes.", field: "--min-dates");
        }
        // The same pixels twice would count as two dates.
        IGrouping<BandReference, SceneSource>? twice = scenes
            .GroupBy(s => s.Red with { File = Full(s.Red.File) }).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new InputException("It is the red band of two scenes.", "Give each scene once.", twice.Key.ToString());

        static string Full(string file) => file.StartsWith("/vsi", StringComparison.Ordinal) ? file : Path.GetFullPath(file);
    }
}
