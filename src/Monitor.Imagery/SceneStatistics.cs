using Monitor.Raster;

namespace Monitor.Imagery;

/// <summary>Figures of a whole scene.</summary>
public static class SceneStatistics
{
    // What one thread has counted.
    private sealed record Part(RasterTally Ndvi, RasterTally? Ndwi, MaskCensus? Mask);

    // NDVI of this many pixels at a time stays in the first cache between kernel and tally.
    private const int RunMax = 2048;

    /// <summary>Reads the scene by windows and tallies it; the same figures for any number of threads.</summary>
    /// <param name="source">The files.</param>
    /// <param name="ends">Ends of cover, or null.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="control">Stops between windows.</param>
    /// <exception cref="Domain.InputException">A file is missing, corrupt, or does not fit the others.</exception>
    /// <exception cref="ImageryUnavailableException">libgdal is missing.</exception>
    public static SceneFigures Compute(
        SceneSource source, CoverEnds? ends, int threads, RunControl control = default)
    {
        int width, height;
        IReadOnlyList<RasterWindow[]> groups;
        bool withGreen = source.Green is not null;
        var values = new MaskValues();
        using (var first = new SceneReader(source, null, withGreen))
            (width, height, groups) = (first.Width, first.Height, first.Groups());
        IReadOnlyList<Part> parts = ParallelWindows.Run(
            threads, groups, () => new SceneReader(source, values, withGreen, source.Mask is SceneMask m ? new(m.Kind) : null),
            reader => new Part(new RasterTally(ends), withGreen ? new RasterTally() : null, reader.Census),
            (reader, part, group) =>
            {
                foreach (RasterWindow window in group)
                {
                    control.Cancellation.ThrowIfCancellationRequested();
                    Count(reader, part.Ndvi, part.Ndwi, window);
                }
            }, control);
        SceneReader.RequireMaskKind(source, values);
        var whole = new RasterTally(ends);
        RasterTally? water = withGreen ? new RasterTally() : null;
        MaskCensus? masked = source.Mask is SceneMask rule ? new(rule.Kind) : null;
        foreach (Part part in parts)
        {
            whole.Combine(part.Ndvi);
            if (part.Ndwi is not null) water!.Combine(part.Ndwi);
            if (part.Mask is not null) masked!.Combine(part.Mask);
        }
        return new SceneFigures(width, height, whole, water, masked?.Masked());
    }

    private static void Count(SceneReader reader, RasterTally tally, RasterTally? water, RasterWindow window)
    {
        reader.Load(window);
        Span<float> index = stackalloc float[RunMax];
        for (int start = 0; start < window.Area; start += RunMax)
        {
            Span<float> run = index[..Math.Min(RunMax, window.Area - start)];
            tally.Add(run, reader.Ndvi(start, run));
            water?.Add(run, reader.Ndwi(start, run));
        }
    }
}
