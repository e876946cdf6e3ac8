using Monitor.Raster;

namespace Monitor.Imagery;

/// <summary>Figures of a whole scene.</summary>
public static class SceneStatistics
{
    // NDVI of this many pixels at a time stays in the first cache between kernel and tally.
    private const int RunMax = 2048;

    /// <summary>Reads the scene by windows and tallies it; the same figures for any number of threads.</summary>
    /// <param name="source">The files.</param>
    /// <param name="ends">Ends of cover, or null.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellation">Stops between windows.</param>
    /// <exception cref="Domain.InputException">A file is missing, corrupt, or does not fit the others.</exception>
    /// <exception cref="ImageryUnavailableException">libgdal is missing.</exception>
    public static SceneFigures Compute(
        SceneSource source, CoverEnds? ends, int threads, CancellationToken cancellation = default)
    {
        int width, height;
        IReadOnlyList<RasterWindow> windows;
        using (var first = new SceneReader(source))
            (width, height, windows) = (first.Width, first.Height, first.Windows());
        IReadOnlyList<RasterTally> parts = ParallelWindows.Run(
            threads, windows, () => new SceneReader(source), _ => new RasterTally(ends), Count, cancellation);
        var whole = new RasterTally(ends);
        foreach (RasterTally part in parts) whole.Combine(part);
        return new SceneFigures(width, height, whole);
    }

    private static void Count(SceneReader reader, RasterTally tally, RasterWindow window)
    {
        reader.Load(window);
        Span<float> ndvi = stackalloc float[RunMax];
        for (int start = 0; start < window.Area; start += RunMax)
        {
            Span<float> run = ndvi[..Math.Min(RunMax, window.Area - start)];
            int eligible = reader.Ndvi(start, run);
            tally.Add(run, eligible);
        }
    }
}
