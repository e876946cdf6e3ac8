namespace Monitor.Imagery;

/// <summary>A rectangle of pixels.</summary>
/// <param name="X">First column, from 0.</param>
/// <param name="Y">First row, from 0.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public readonly record struct RasterWindow(int X, int Y, int Width, int Height)
{
    // About one megapixel: 2 bands, mask and result of a window take some 10 MB a thread.
    private const int PixelsWanted = 1 << 20, PixelsMax = 1 << 22, SideWanted = 1024;

    /// <summary>Pixels.</summary>
    public int Area => Width * Height;

    /// <summary>
    /// Cuts a raster into windows along its stored blocks, so that no block is decoded for two windows unless blocks
    /// are larger than a window may be.
    /// </summary>
    public static IReadOnlyList<RasterWindow> Cut(int width, int height, int blockWidth, int blockHeight)
    {
        bool strips = blockWidth >= width;
        int columns = strips ? width : Side(blockWidth);
        int rows = strips ? Rows(width, blockHeight) : Side(blockHeight);
        var windows = new List<RasterWindow>();
        for (int y = 0; y < height; y += rows)
            for (int x = 0; x < width; x += columns)
                windows.Add(new(x, y, Math.Min(columns, width - x), Math.Min(rows, height - y)));
        return windows;
    }

    private static int Side(int block) => block is > 0 and <= 2 * SideWanted
        ? Math.Max(1, SideWanted / block) * block
        : SideWanted;

    private static int Rows(int width, int blockHeight)
    {
        int wanted = Math.Max(1, PixelsWanted / width);
        if (blockHeight <= wanted) return wanted - (wanted % Math.Max(1, blockHeight));
        return (long)blockHeight * width <= PixelsMax ? blockHeight : wanted;
    }
}
