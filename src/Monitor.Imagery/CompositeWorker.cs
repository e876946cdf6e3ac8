using Monitor.Raster;

namespace Monitor.Imagery;

/// <summary>One thread's readers, one for each date, and the stack of their NDVI.</summary>
internal sealed class CompositeWorker : IDisposable
{
    private readonly List<SceneReader> readers = [];
    private readonly MedianComposite composite;
    private readonly WindowBuffer<float> stack = new(), median = new();
    private readonly WindowBuffer<byte> data = new(), any = new();

    internal CompositeWorker(IReadOnlyList<SceneSource> scenes, IReadOnlyList<MaskValues> values, MedianComposite composite)
    {
        this.composite = composite;
        try
        {
            for (int date = 0; date < scenes.Count; date++) readers.Add(new SceneReader(scenes[date], values[date]));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The window's medians, and how many of its pixels have data on any date.</summary>
    internal ReadOnlySpan<float> Compute(RasterWindow window, out int eligible)
    {
        int area = window.Area;
        Span<float> dates = stack.Of(area * readers.Count);
        Span<byte> seen = data.Of(area), ever = any.Of(area);
        ever.Clear();
        for (int date = 0; date < readers.Count; date++)
        {
            readers[date].Load(window);
            readers[date].Ndvi(0, dates.Slice(date * area, area));
            readers[date].Data(0, seen);
            for (int i = 0; i < area; i++) ever[i] |= seen[i];
        }
        eligible = ever.Count((byte)1);
        Span<float> pixels = median.Of(area);
        composite.Compute(dates, pixels);
        return pixels;
    }

    public void Dispose()
    {
        foreach (SceneReader reader in readers) reader.Dispose();
    }
}
