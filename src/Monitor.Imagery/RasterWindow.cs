namespace Monitor.Imagery;

/// <summary>A rectangle of pixels.</summary>
/// <param name="X">First column, from 0.</param>
/// <param name="Y">First row, from 0.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public readonly record struct RasterWindow(int X, int Y, int Width, int Height)
{
    // About half a megapixel: 2 bands, mask and result of a window take some 5 MB a thread.
    private const int PixelsWanted = 1 << 19, PixelsMax = 1 << 22, WidthWanted = 1024, HeightWanted = 512;

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

    /// <summary>
    /// Cuts a raster into windows along its stored blocks, so that no block is decoded for two windows unless blocks
    /// are larger than a window may be.
    /// </summary>
    public static IReadOnlyList<RasterWindow> Cut(int width, int height, int blockWidth, int blockHeight)
    {
        bool strips = blockWidth >= width;
        int columns = strips ? width : Side(blockWidth, WidthWanted);
        int rows = strips ? Rows(width, blockHeight) : Side(blockHeight, HeightWanted);
        var windows = new List<RasterWindow>();
        for (int y = 0; y < height; y += rows)
            for (int x = 0; x < width; x += columns)
                windows.Add(new(x, y, Math.Min(columns, width - x), Math.Min(rows, height - y)));
        return windows;
    }

    private static int Side(int block, int wanted) => block > 0 && block <= 2 * WidthWanted
        ? Math.Max(1, wanted / block) * block
        : wanted;

    private static int Rows(int width, int blockHeight)
    {
        int wanted = Math.Max(1, PixelsWanted / width);
        if (blockHeight <= wanted) return wanted - (wanted % Math.Max(1, blockHeight));
        return (long)blockHeight * width <= PixelsMax ? blockHeight : wanted;
    }
}
