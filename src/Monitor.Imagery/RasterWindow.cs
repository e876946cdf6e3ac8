namespace Monitor.Imagery;

/// <summary>A rectangle of pixels.</summary>
/// <param name="X">First column, from 0.</param>
/// <param name="Y">First row, from 0.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public readonly record struct RasterWindow(int X, int Y, int Width, int Height)
{
    /// <summary>Pixels.</summary>
    public int Area => Width * Height;

    /// <summary>The smallest window that holds both.</summary>
    public static RasterWindow Around(RasterWindow one, RasterWindow other)
    {
        int x = Math.Min(one.X, other.X), y = Math.Min(one.Y, other.Y);
        int right = Math.Max(one.X + one.Width, other.X + other.Width);
        int bottom = Math.Max(one.Y + one.Height, other.Y + other.Height);
        return new(x, y, right - x, bottom - y);
    }
}
