using Monitor.Imagery.Gdal;
using Monitor.Raster;

namespace Monitor.Imagery;

/// <summary>Counts what masks a scene, by class, in pixels of its red band; nodata of the bands is not looked at.</summary>
public static class SceneMaskCensus
{
    /// <summary>Masked pixels by class; null for a scene without a mask.</summary>
    /// <param name="source">The files.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="control">Stops between windows.</param>
    /// <exception cref="Domain.InputException">A file is missing, corrupt, or does not fit the others.</exception>
    public static IReadOnlyList<(string Class, long Pixels)>? Compute(
        SceneSource source, int threads, RunControl control = default)
    {
        if (source.Mask is not SceneMask mask) return null;
        IReadOnlyList<RasterWindow> windows;
        using (RasterBand band = RasterBand.Open(mask.Band))
            windows = BlockWindows.Of(band);
        IReadOnlyList<MaskCensus> parts = ParallelWindows.Run(
            threads, windows, () => new Counter(source, mask), _ => new MaskCensus(mask.Kind),
            static (counter, census, window) => counter.Count(census, window), control);
        var whole = new MaskCensus(mask.Kind);
        foreach (MaskCensus part in parts) whole.Combine(part);
        return whole.Masked();
    }

    /// <summary>One thread's bands; windows are of the mask's own grid.</summary>
    private sealed class Counter : IDisposable
    {
        private readonly SceneMask rule;
        private readonly RasterBand mask, red;
        private readonly RasterBand? saturation;
        private readonly int factor;
        private readonly WindowBuffer<ushort> own = new(), wide = new(), bits = new();
        private readonly WindowBuffer<byte> classes = new(), grown = new();

        internal Counter(SceneSource source, SceneMask rule)
        {
            this.rule = rule;
            mask = RasterBand.Open(rule.Band);
            red = RasterBand.Open(source.Red);
            factor = SceneGrid.FactorOf(red, mask);
            saturation = source.Saturation is BandReference band ? RasterBand.Open(band) : null;
        }

        internal void Count(MaskCensus census, RasterWindow window)
        {
            Span<ushort> numbers = own.Of(window.Area);
            mask.Read(window.X, window.Y, window.Width, window.Height, numbers);
            census.Add(numbers, (long)factor * factor);
            if (rule.Dilate == 0 && saturation is null) return;
            Span<byte> before = classes.Of(window.Area);
            MaskRule.Classify(rule.Kind, numbers, before);
            ReadOnlySpan<byte> after = rule.Dilate == 0 ? before : Dilated(window);
            long more = 0, full = 0;
            for (int i = 0; i < before.Length; i++)
                if (before[i] == MaskRule.Clear && after[i] != MaskRule.Clear) more += (long)factor * factor;
            if (saturation is not null) full = Saturated(window, after);
            census.AddOthers(more, full);
        }

        // What masks a pixel may lie beyond the window by as much as it grows.
        private Span<byte> Dilated(RasterWindow window)
        {
            int x0 = Math.Max(0, window.X - rule.Dilate), y0 = Math.Max(0, window.Y - rule.Dilate);
            int x1 = Math.Min(mask.Width, window.X + window.Width + rule.Dilate);
            int y1 = Math.Min(mask.Height, window.Y + window.Height + rule.Dilate);
            int width = x1 - x0;
            Span<ushort> numbers = wide.Of(width * (y1 - y0));
            mask.Read(x0, y0, width, y1 - y0, numbers);
            byte[] around = new byte[numbers.Length];
            MaskRule.Classify(rule.Kind, numbers, around);
            MaskDilation.Dilate(around, width, rule.Dilate);
            Span<byte> inner = grown.Of(window.Area);
            for (int row = 0; row < window.Height; row++)
            {
                around.AsSpan(((window.Y - y0 + row) * width) + window.X - x0, window.Width)
                    .CopyTo(inner[(row * window.Width)..]);
            }
            return inner;
        }

        private long Saturated(RasterWindow window, ReadOnlySpan<byte> after)
        {
            int width = window.Width * factor;
            long full = 0;
            for (int row = 0; row < window.Height * factor; row++)
            {
                Span<ushort> line = bits.Of(width);
                saturation!.Read(window.X * factor, (window.Y * factor) + row, width, 1, line);
                ReadOnlySpan<byte> state = after.Slice(row / factor * window.Width, window.Width);
                for (int i = 0; i < width; i++)
                    if (line[i] != 0 && state[i / factor] == MaskRule.Clear) full++;
            }
            return full;
        }

        public void Dispose()
        {
            mask?.Dispose();
            red?.Dispose();
            saturation?.Dispose();
        }
    }
}
