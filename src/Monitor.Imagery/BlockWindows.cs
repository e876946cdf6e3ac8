using Monitor.Imagery.Gdal;

namespace Monitor.Imagery;

/// <summary>
/// Cuts a band into windows of about a quarter of a megapixel along its stored blocks, so that no block is decoded for
/// two windows unless it is larger than a window may be.
/// </summary>
internal static class BlockWindows
{
    private const int PixelsWanted = 1 << 18, SideWanted = 512, SideMax = 1024;

    internal static IReadOnlyList<RasterWindow> Of(RasterBand band)
    {
        bool strips = band.BlockWidth >= band.Width;
        int columns = strips ? band.Width : Side(band.BlockWidth);
        int rows = Math.Max(1, PixelsWanted / columns);
        if (band.BlockHeight > 0 && band.BlockHeight < rows) rows -= rows % band.BlockHeight;
        List<RasterWindow> windows = [];
        for (int y = 0; y < band.Height; y += rows)
            for (int x = 0; x < band.Width; x += columns)
                windows.Add(new(x, y, Math.Min(columns, band.Width - x), Math.Min(rows, band.Height - y)));
        return windows;
    }

    private static int Side(int block) => block is > 0 and <= SideMax
        ? Math.Max(1, SideWanted / block) * block : SideWanted;
}
