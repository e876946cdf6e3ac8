namespace Monitor.Imagery;

/// <summary>
/// Cuts a raster into windows along its stored blocks, and these into groups: within a group no block is decoded twice,
/// unless blocks are larger than a group may be.
/// </summary>
internal static class WindowGroups
{
    // A window of a quarter of a megapixel stays in the second cache with its bands, mask and result.
    private const int SideWanted = 256, PixelsWanted = 1 << 18, PixelsMax = 1 << 22, SideMax = 2048;
    private const int WindowSide = 512, FreeRowsWanted = 128;

    // Wide strips are cut, so that a row of tiles to be written, a megabyte each, stays within bounds.
    private const int StripWidthMax = 16384;

    /// <summary>Cuts it.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="blockWidth">Columns of a stored block.</param>
    /// <param name="blockHeight">Rows of a stored block.</param>
    /// <param name="freeRows">Rows are read without the rest of their block: windows may be low.</param>
    /// <param name="maskWidth">Columns of the raster under one block of its mask; 0 without one.</param>
    /// <param name="maskHeight">Rows under one block of the mask.</param>
    /// <param name="unit">Borders between groups lie at multiples of this.</param>
    internal static IReadOnlyList<RasterWindow[]> Cut(
        int width, int height, int blockWidth, int blockHeight, bool freeRows, int maskWidth, int maskHeight, int unit)
    {
        bool strips = blockWidth >= width && blockHeight < height;
        int wide, high, columns, rows;
        if (strips)
        {
            columns = unit == 1 ? width : Math.Min(width, StripWidthMax);
            int wanted = Math.Max(1, PixelsWanted / columns);
            // A strip too large for a window stays decoded for the windows that it is cut into.
            rows = (long)blockHeight * columns > PixelsMax ? wanted : Multiple(blockHeight, wanted, SideMax);
            (wide, high) = (columns, Aligned(Math.Max(rows, WindowSide), unit));
        }
        else
        {
            columns = Multiple(blockWidth, SideWanted, SideMax);
            rows = Multiple(blockHeight, SideWanted, SideMax);
            // Of what is only copied, a few rows at a time: they stay in the first two caches.
            if (freeRows && rows > FreeRowsWanted && rows % FreeRowsWanted == 0)
                (high, rows) = (Aligned(Group(rows, maskHeight), unit), FreeRowsWanted);
            else high = Aligned(Group(rows, maskHeight), unit);
            wide = Aligned(Group(columns, maskWidth), unit);
        }
        var groups = new List<RasterWindow[]>();
        for (int y = 0; y < height; y += Math.Min(high, height - y))
            for (int x = 0; x < width; x += Math.Min(wide, width - x))
                groups.Add(Windows(new(x, y, Math.Min(wide, width - x), Math.Min(high, height - y)), columns, rows));
        return groups;
    }

    // Whole blocks up to the side wanted; of a block that is larger than any window may be, a part.
    private static int Multiple(int block, int wanted, int most) =>
        block > most ? WindowSide : Math.Max(1, (wanted + block - 1) / block) * block;

    private static int Group(int side, int mask) => mask > side && mask <= SideMax ? mask / side * side : side;

    private static int Aligned(int side, int unit) => (side + unit - 1) / unit * unit;

    private static RasterWindow[] Windows(RasterWindow group, int columns, int rows)
    {
        int right = group.X + group.Width, bottom = group.Y + group.Height, count = 0;
        var windows = new RasterWindow[Pieces(group.X, right, columns) * Pieces(group.Y, bottom, rows)];
        // Borders of windows are those of the grid of blocks, not of the group.
        for (int y = group.Y, y1; y < bottom; y = y1)
        {
            y1 = (int)Math.Min((((long)y / rows) + 1) * rows, bottom);
            for (int x = group.X, x1; x < right; x = x1)
            {
                x1 = (int)Math.Min((((long)x / columns) + 1) * columns, right);
                windows[count++] = new(x, y, x1 - x, y1 - y);
            }
        }
        return windows;
    }

    private static int Pieces(int from, int to, int side) => ((to - 1) / side) - (from / side) + 1;
}
