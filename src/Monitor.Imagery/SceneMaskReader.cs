using Monitor.Imagery.Gdal;
using Monitor.Raster;

namespace Monitor.Imagery;

/// <summary>The quality band and the saturation band of a scene, for one thread.</summary>
internal sealed class SceneMaskReader : IDisposable
{
    // Around a dilated window lie eight blocks of the mask, of which the next window needs most again.
    private const int BlocksAround = 9;

    private readonly SceneMask? rule;
    private readonly MaskValues? values;
    private readonly MaskCensus? census;
    private readonly RasterBand? mask, saturation;
    private readonly WindowBuffer<ushort> quality = new();
    private readonly WindowBuffer<byte> bytes = new(), classes = new(), clear = new();

    internal SceneMaskReader(SceneSource source, RasterBand red, MaskValues? values, MaskCensus? census)
    {
        (rule, this.values, this.census) = (source.Mask, values, census);
        try
        {
            if (rule is not null)
            {
                mask = RasterBand.Open(rule.Band);
                Factor = SceneGrid.FactorOf(red, mask);
                SceneGrid.RequireSame(red, mask, Factor);
                if (mask.NoData is double none) values?.Ignore(none);
                if (rule.Dilate > 0) mask.BlocksKept = BlocksAround;
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

    /// <summary>How many pixels of the scene, in a row and in a column, one of the mask covers.</summary>
    internal int Factor { get; } = 1;

    /// <summary>The quality band; null without one.</summary>
    internal RasterBand? Band => mask;

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
        long full = 0;
        for (int i = 0; i < bits.Length; i++)
        {
            if (bits[i] == 0) continue;
            full += target[i];
            target[i] = 0;
        }
        census?.AddOthers(0, full);
    }

    public void Dispose()
    {
        mask?.Dispose();
        saturation?.Dispose();
    }

    private void Spread(RasterBand band, SceneMask how, RasterWindow window, Span<byte> target)
    {
        // The window in the mask's own grid, wider by the dilation, cut at the mask's edges.
        int left = window.X / Factor, top = window.Y / Factor;
        int x0 = Math.Max(0, left - how.Dilate), y0 = Math.Max(0, top - how.Dilate);
        int x1 = Math.Min(band.Width, ((window.X + window.Width - 1) / Factor) + 1 + how.Dilate);
        int y1 = Math.Min(band.Height, ((window.Y + window.Height - 1) / Factor) + 1 + how.Dilate);
        var around = new RasterWindow(x0, y0, x1 - x0, y1 - y0);
        Span<byte> found = classes.Of(around.Area);
        // Each pixel of the mask is counted with the window in which its first pixel of the scene lies.
        int ownLeft = Up(window.X), ownTop = Up(window.Y);
        var own = new RasterWindow(
            ownLeft - x0, ownTop - y0, Up(window.X + window.Width) - ownLeft, Up(window.Y + window.Height) - ownTop);
        Classify(band, how.Kind, around, found, own);
        int before = census is null || how.Dilate == 0 ? 0 : ClearIn(found, around.Width, own);
        MaskDilation.Dilate(found, around.Width, how.Dilate);
        if (census is not null && how.Dilate > 0)
            census.AddOthers((before - ClearIn(found, around.Width, own)) * (long)Factor * Factor, 0);
        for (int row = 0; row < window.Height; row++)
        {
            int of = (window.Y + row) / Factor;
            Span<byte> to = target.Slice(row * window.Width, window.Width);
            // Rows of the scene within one of the mask are alike.
            if (row > 0 && (window.Y + row) % Factor != 0) target.Slice((row - 1) * window.Width, window.Width).CopyTo(to);
            else
            {
                ReadOnlySpan<byte> from = found.Slice((of - y0) * around.Width, around.Width);
                MaskSpread.Run(from[(left - x0)..], Factor, window.X % Factor, to);
            }
        }
    }

    // The first pixel of the mask that begins at or after a pixel of the scene.
    private int Up(int pixel) => (pixel + Factor - 1) / Factor;

    private static int ClearIn(ReadOnlySpan<byte> found, int width, RasterWindow part)
    {
        int clear = 0;
        for (int row = part.Y; row < part.Y + part.Height; row++)
            clear += found.Slice((row * width) + part.X, part.Width).Count(MaskRule.Clear);
        return clear;
    }

    private void Classify(RasterBand band, MaskKind kind, RasterWindow window, Span<byte> found, RasterWindow own)
    {
        long each = (long)Factor * Factor;
        if (band.IsByte)
        {
            Span<byte> small = bytes.Of(window.Area);
            band.Read(window, small);
            values?.Add(small);
            for (int row = own.Y; census is not null && row < own.Y + own.Height; row++)
                census.Add(small.Slice((row * window.Width) + own.X, own.Width), each);
            MaskRule.Classify(kind, small, found);
            return;
        }
        Span<ushort> numbers = quality.Of(window.Area);
        band.Read(window.X, window.Y, window.Width, window.Height, numbers);
        values?.Add(numbers);
        for (int row = own.Y; census is not null && row < own.Y + own.Height; row++)
            census.Add(numbers.Slice((row * window.Width) + own.X, own.Width), each);
        MaskRule.Classify(kind, numbers, found);
    }
}
