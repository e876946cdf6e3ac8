using Monitor.Imagery.Gdal;
using Monitor.Raster;

namespace Monitor.Imagery;

/// <summary>The quality band and the saturation band of a scene, for one thread.</summary>
internal sealed class SceneMaskReader : IDisposable
{
    private readonly SceneMask? rule;
    private readonly MaskValues? values;
    private readonly RasterBand? mask, saturation;
    private readonly int factor = 1;
    private readonly WindowBuffer<ushort> quality = new();
    private readonly WindowBuffer<byte> classes = new(), clear = new();

    internal SceneMaskReader(SceneSource source, RasterBand red, MaskValues? values)
    {
        (rule, this.values) = (source.Mask, values);
        try
        {
            if (rule is not null)
            {
                mask = RasterBand.Open(rule.Band);
                factor = SceneGrid.FactorOf(red, mask);
                SceneGrid.RequireSame(red, mask, factor);
                if (mask.NoData is double none) values?.Ignore(none);
            }
            if (source.Saturation is null) return;
            saturation = RasterBand.Open(source.Saturation);
            SceneGrid.RequireSame(red, saturation);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private bool MasksNothing => mask is null && saturation is null;

    /// <summary>1 clear, 0 masked, of a run of the loaded window; empty when nothing is masked.</summary>
    internal ReadOnlySpan<byte> Clear(int start, int length) => MasksNothing ? default : clear.Part(start, length);

    internal void Load(RasterWindow window)
    {
        if (MasksNothing) return;
        Span<byte> target = clear.Of(window.Area);
        if (mask is null) target.Fill(1);
        else Spread(mask, rule!, window, target);
        if (saturation is null) return;
        Span<ushort> bits = quality.Of(window.Area);
        saturation.Read(window.X, window.Y, window.Width, window.Height, bits);
        for (int i = 0; i < bits.Length; i++)
            if (bits[i] != 0) target[i] = 0;
    }

    public void Dispose()
    {
        mask?.Dispose();
        saturation?.Dispose();
    }

    private void Spread(RasterBand band, SceneMask how, RasterWindow window, Span<byte> target)
    {
        // The window in the mask's own grid, wider by the dilation, cut at the mask's edges.
        int x0 = Math.Max(0, (window.X / factor) - how.Dilate), y0 = Math.Max(0, (window.Y / factor) - how.Dilate);
        int x1 = Math.Min(band.Width, ((window.X + window.Width - 1) / factor) + 1 + how.Dilate);
        int y1 = Math.Min(band.Height, ((window.Y + window.Height - 1) / factor) + 1 + how.Dilate);
        int width = x1 - x0, area = width * (y1 - y0);
        Span<ushort> numbers = quality.Of(area);
        band.Read(x0, y0, width, y1 - y0, numbers);
        values?.Add(numbers);
        Span<byte> found = classes.Of(area);
        MaskRule.Classify(how.Kind, numbers, found);
        MaskDilation.Dilate(found, width, how.Dilate);
        for (int row = 0; row < window.Height; row++)
        {
            ReadOnlySpan<byte> from = found.Slice(((((window.Y + row) / factor) - y0) * width), width);
            Span<byte> to = target.Slice(row * window.Width, window.Width);
            int column = window.X / factor, rest = window.X % factor;
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = from[column - x0] == MaskRule.Clear ? (byte)1 : (byte)0;
                if (++rest < factor) continue;
                (rest, column) = (0, column + 1);
            }
        }
    }
}
