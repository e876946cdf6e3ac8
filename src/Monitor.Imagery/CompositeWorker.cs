using Monitor.Raster;

namespace Monitor.Imagery;

/// <summary>A date of a composite, and where its first pixel lies in the grid of the composite.</summary>
/// <param name="Source">Its files.</param>
/// <param name="Column">Column of its first pixel; negative to the west of the grid.</param>
/// <param name="Row">Row of its first pixel.</param>
/// <param name="Values">Collects the numbers of its mask.</param>
internal sealed record CompositeDate(SceneSource Source, int Column, int Row, MaskValues Values);

/// <summary>One thread's readers, one for each date, and the stack of their NDVI.</summary>
internal sealed class CompositeWorker : IDisposable
{
    private readonly IReadOnlyList<CompositeDate> dates;
    private readonly List<SceneReader> readers = [];
    private readonly MedianComposite composite;
    private readonly WindowBuffer<float> stack = new(), median = new(), waterStack = new(), waterMedian = new();
    private readonly WindowBuffer<byte> data = new(), any = new();
    private readonly bool withWater;

    /// <summary>Opens every date's files.</summary>
    /// <param name="dates">The dates.</param>
    /// <param name="composite">For as many dates.</param>
    /// <param name="withWater">Whether the median NDWI is asked for too; every date must name a green band.</param>
    internal CompositeWorker(IReadOnlyList<CompositeDate> dates, MedianComposite composite, bool withWater = false)
    {
        (this.dates, this.composite, this.withWater) = (dates, composite, withWater);
        try
        {
            foreach (CompositeDate date in dates) readers.Add(new SceneReader(date.Source, date.Values, withWater));
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
        Span<float> values = stack.Of(area * readers.Count);
        Span<float> water = withWater ? waterStack.Of(area * readers.Count) : default;
        Span<byte> ever = any.Of(area);
        ever.Clear();
        for (int date = 0; date < readers.Count; date++)
        {
            Range own = (date * area)..((date + 1) * area);
            Load(date, window, values[own], withWater ? water[own] : default, ever);
        }
        eligible = ever.Count((byte)1);
        Span<float> pixels = median.Of(area);
        composite.Compute(values, pixels);
        if (withWater) composite.Compute(water, waterMedian.Of(area));
        return pixels;
    }

    /// <summary>1 where the window computed last has data on any date, clear or not, of a run of its pixels.</summary>
    internal ReadOnlySpan<byte> Ever(int start, int length) => any.Part(start, length);

    /// <summary>The median NDWI, over the same dates as the NDVI, of a run of the window computed last.</summary>
    internal ReadOnlySpan<float> Ndwi(int start, int length) => waterMedian.Part(start, length);

    private void Load(int date, RasterWindow window, Span<float> values, Span<float> water, Span<byte> ever)
    {
        SceneReader reader = readers[date];
        // The window in the date's own grid, cut at its edges: beyond them the date shows nothing.
        int x = window.X - dates[date].Column, y = window.Y - dates[date].Row;
        int left = Math.Max(x, 0), top = Math.Max(y, 0);
        int right = Math.Min(x + window.Width, reader.Width), bottom = Math.Min(y + window.Height, reader.Height);
        if (left > x || top > y || right < x + window.Width || bottom < y + window.Height)
        {
            values.Fill(NdviKernel.NoData);
            water.Fill(NdviKernel.NoData);
        }
        if (left >= right || top >= bottom) return;
        reader.Load(new RasterWindow(left, top, right - left, bottom - top));
        Span<byte> seen = data.Of(right - left);
        for (int row = top; row < bottom; row++)
        {
            int from = (row - top) * (right - left), to = ((row - y) * window.Width) + left - x;
            reader.Ndvi(from, values.Slice(to, right - left));
            if (withWater) reader.Ndwi(from, water.Slice(to, right - left));
            reader.Data(from, seen);
            Span<byte> line = ever.Slice(to, right - left);
            for (int i = 0; i < line.Length; i++) line[i] |= seen[i];
        }
    }

    public void Dispose()
    {
        foreach (SceneReader reader in readers) reader.Dispose();
    }
}
