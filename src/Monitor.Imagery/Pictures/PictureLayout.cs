using System.Globalization;

namespace Monitor.Imagery.Pictures;

/// <summary>Puts title, map, legend and scale on one sheet.</summary>
internal static class PictureLayout
{
    private const int Margin = 36, Header = 116, Footer = 58, Gap = 32, LegendWidth = 132, MapMin = 400;
    private const int RampWidth = 22, Swatch = 16, HatchPixels = 6;
    private const double TitleSize = 20, TextSize = 10.5, SmallSize = 9.5;

    private static readonly Rgb Paper = Rgb.Of(0xFBFAF6), Ink = Rgb.Of(0x1F2A30), Soft = Rgb.Of(0x66727A);
    private static readonly Rgb Line = Rgb.Of(0xB9BFC1), Masked = Rgb.Of(0x94999C);
    private static readonly Rgb NoData = Rgb.Of(0xFFFFFF), Hatch = Rgb.Of(0xE4E4DF);

    internal static PictureCanvas Draw(PictureCells cells, PictureText text)
    {
        int mapWidth = cells.Width * text.Enlarge, mapHeight = cells.Height * text.Enlarge;
        int boxWidth = Math.Max(mapWidth, MapMin), boxHeight = Math.Max(mapHeight, MapMin);
        var canvas = new PictureCanvas(
            Margin + boxWidth + Gap + LegendWidth + Margin, Header + boxHeight + Footer, Paper);
        Title(canvas, text);
        int left = Margin + ((boxWidth - mapWidth) / 2), top = Header + ((boxHeight - mapHeight) / 2);
        Map(canvas, cells, text, left, top);
        canvas.Frame(left, top, mapWidth, mapHeight, Line);
        Legend(canvas, text.Ramp, Margin + boxWidth + Gap, Header, boxHeight);
        if (text.PixelMetres is double metres)
            Scale(canvas, metres * cells.Step / text.Enlarge, left, top + mapHeight + 24, mapWidth);
        return canvas;
    }

    private static void Title(PictureCanvas canvas, PictureText text)
    {
        double width = canvas.Width - (2 * Margin);
        StrokeFont.Draw(canvas, text.Title, Margin, 48, TitleSize, 2.6, Ink);
        Write(text.Subtitle, 78, Ink);
        Write(text.Summary, 99, Soft);

        void Write(string line, int y, Rgb colour) => StrokeFont.Draw(
            canvas, StrokeFont.Fit(line, TextSize, width), Margin, y, TextSize, 1.25, colour);
    }

    private static void Map(PictureCanvas canvas, PictureCells cells, PictureText text, int left, int top)
    {
        int side = text.Enlarge;
        for (int y = 0; y < cells.Height; y++)
        {
            for (int x = 0; x < cells.Width; x++)
            {
                (double? mean, bool isMasked) = cells.At(x, y);
                int toX = left + (x * side), toY = top + (y * side);
                if (mean is double value) canvas.Fill(toX, toY, side, side, text.Ramp.Of(value));
                else if (isMasked) canvas.Fill(toX, toY, side, side, Masked);
                else Nothing(canvas, toX, toY, side, side);
            }
        }
    }

    // Hatched, so that it is not taken for water, which is pale too.
    private static void Nothing(PictureCanvas canvas, int left, int top, int width, int height)
    {
        for (int y = top; y < top + height; y++)
            for (int x = left; x < left + width; x++)
                canvas.Set(x, y, (x + y) % HatchPixels == 0 ? Hatch : NoData);
    }

    private static void Legend(PictureCanvas canvas, ColourRamp ramp, int left, int top, int height)
    {
        const int Swatches = 84;
        int length = Math.Min(height - Swatches, 420);
        for (int y = 0; y < length; y++)
        {
            // The middle of each line of the ramp, most above least.
            double share = 1 - ((y + 0.5) / length);
            canvas.Fill(left, top + y, RampWidth, 1, ramp.Of(ramp.Least + (share * (ramp.Most - ramp.Least))));
        }
        canvas.Frame(left, top, RampWidth, length, Line);
        int ticks = (int)Math.Round((ramp.Most - ramp.Least) / ramp.Tick);
        for (int i = 0; i <= ticks; i++)
        {
            double value = ramp.Least + (i * ramp.Tick);
            int y = top + (int)Math.Round((1 - ((value - ramp.Least) / (ramp.Most - ramp.Least))) * (length - 1));
            canvas.Fill(left + RampWidth + 2, y, 5, 1, Soft);
            string label = Math.Abs(value).ToString("F1", CultureInfo.InvariantCulture);
            StrokeFont.Draw(
                canvas, value < -1e-9 ? $"−{label}" : label, left + RampWidth + 13, y + (SmallSize / 2) + 0.5,
                SmallSize, 1.2, Ink);
        }
        canvas.Fill(left, top + length + 30, RampWidth, Swatch, Masked);
        Nothing(canvas, left, top + length + 58, RampWidth, Swatch);
        Entry("masked", top + length + 30);
        Entry("no data", top + length + 58);

        void Entry(string name, int y)
        {
            canvas.Frame(left, y, RampWidth, Swatch, Line);
            StrokeFont.Draw(canvas, name, left + RampWidth + 13, y + Swatch - 3.5, SmallSize, 1.2, Ink);
        }
    }

    // 1, 2 or 5 of a power of ten, at most a quarter of the map.
    private static void Scale(PictureCanvas canvas, double metresPerPixel, int left, int y, int mapWidth)
    {
        double most = metresPerPixel * mapWidth / 4, length = Math.Pow(10, Math.Floor(Math.Log10(most)));
        length *= most >= 5 * length ? 5 : most >= 2 * length ? 2 : 1;
        int pixels = (int)Math.Round(length / metresPerPixel);
        canvas.Fill(left, y, pixels, 2, Ink);
        canvas.Fill(left, y - 5, 1, 7, Ink);
        canvas.Fill(left + pixels - 1, y - 5, 1, 7, Ink);
        string label = length >= 1000
            ? string.Create(CultureInfo.InvariantCulture, $"{length / 1000:0.##} km")
            : string.Create(CultureInfo.InvariantCulture, $"{length:0.##} m");
        StrokeFont.Draw(canvas, label, left + pixels + 10, y + 2, SmallSize, 1.2, Ink);
    }
}
