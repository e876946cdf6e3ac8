namespace Monitor.Imagery.Pictures;

/// <summary>A picture being drawn: rectangles, and lines with soft edges.</summary>
internal sealed class PictureCanvas
{
    private readonly byte[] pixels;

    internal PictureCanvas(int width, int height, Rgb paper)
    {
        (Width, Height) = (width, height);
        pixels = new byte[width * height * 3];
        Fill(0, 0, width, height, paper);
    }

    internal int Width { get; }

    internal int Height { get; }

    /// <summary>Three bytes a pixel, row after row.</summary>
    internal ReadOnlySpan<byte> Pixels => pixels;

    internal ReadOnlySpan<byte> Row(int y) => pixels.AsSpan(y * Width * 3, Width * 3);

    internal void Set(int x, int y, Rgb colour)
    {
        int at = ((y * Width) + x) * 3;
        (pixels[at], pixels[at + 1], pixels[at + 2]) = (colour.R, colour.G, colour.B);
    }

    internal void Fill(int left, int top, int width, int height, Rgb colour)
    {
        for (int y = top; y < top + height; y++)
            for (int x = left; x < left + width; x++) Set(x, y, colour);
    }

    /// <summary>A frame one pixel wide around a rectangle, outside of it.</summary>
    internal void Frame(int left, int top, int width, int height, Rgb colour)
    {
        Fill(left - 1, top - 1, width + 2, 1, colour);
        Fill(left - 1, top + height, width + 2, 1, colour);
        Fill(left - 1, top - 1, 1, height + 2, colour);
        Fill(left + width, top - 1, 1, height + 2, colour);
    }

    /// <summary>
    /// Draws a stroke with round ends through the points. Each pixel takes the most that any piece covers of it, so
    /// that joints are no darker than the rest.
    /// </summary>
    internal void Stroke(ReadOnlySpan<(double X, double Y)> points, double width, Rgb colour)
    {
        double radius = width / 2;
        (double minX, double minY, double maxX, double maxY) = (double.MaxValue, double.MaxValue, 0, 0);
        foreach ((double x, double y) in points)
        {
            (minX, minY) = (Math.Min(minX, x), Math.Min(minY, y));
            (maxX, maxY) = (Math.Max(maxX, x), Math.Max(maxY, y));
        }
        int left = Math.Max(0, (int)(minX - radius - 1)), right = Math.Min(Width - 1, (int)(maxX + radius + 1));
        int top = Math.Max(0, (int)(minY - radius - 1)), bottom = Math.Min(Height - 1, (int)(maxY + radius + 1));
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                double near = double.MaxValue;
                for (int i = 1; i < points.Length; i++)
                    near = Math.Min(near, Distance(x + 0.5, y + 0.5, points[i - 1], points[i]));
                double cover = Math.Clamp(radius + 0.5 - near, 0, 1);
                if (cover > 0) Blend(x, y, colour, cover);
            }
        }
    }

    private void Blend(int x, int y, Rgb colour, double cover)
    {
        int at = ((y * Width) + x) * 3;
        Set(x, y, new Rgb(pixels[at], pixels[at + 1], pixels[at + 2]).Mix(colour, cover));
    }

    private static double Distance(double x, double y, (double X, double Y) a, (double X, double Y) b)
    {
        double dx = b.X - a.X, dy = b.Y - a.Y, length = (dx * dx) + (dy * dy);
        double t = length == 0 ? 0 : Math.Clamp((((x - a.X) * dx) + ((y - a.Y) * dy)) / length, 0, 1);
        double ex = a.X + (t * dx) - x, ey = a.Y + (t * dy) - y;
        return Math.Sqrt((ex * ex) + (ey * ey));
    }
}
