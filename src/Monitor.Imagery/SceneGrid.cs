using System.Globalization;
using Monitor.Domain;
using Monitor.Imagery.Gdal;

namespace Monitor.Imagery;

/// <summary>Whether the bands of a scene lie on one grid, or on one that is coarser by a whole factor.</summary>
internal static class SceneGrid
{
    // Corners of two rasters may differ by this part of a pixel: more is another grid.
    private const double ShiftMax = 0.1;

    /// <summary>How many pixels of red, in a row and in a column, one pixel of the mask covers.</summary>
    internal static int FactorOf(RasterBand red, RasterBand mask)
    {
        int whole = Math.Max(1, red.Width / mask.Width);
        if (mask.Width * (long)whole == red.Width && mask.Height * (long)whole == red.Height) return whole;
        throw new InputException(
            $"The mask is {Size(mask)} and red is {Size(red)}: not the same, nor coarser by a whole factor.",
            "Give the quality band of the same scene.", mask.Reference.ToString());
    }

    internal static void RequireSame(RasterBand red, RasterBand other, int factor = 1)
    {
        if (factor == 1 && (red.Width != other.Width || red.Height != other.Height))
        {
            throw new InputException(
                $"It is {Size(other)}, but red ({red.Reference}) is {Size(red)}.",
                "Give bands of one scene at one resolution.", other.Reference.ToString());
        }
        if (red.Place is not GeoReference a || other.Place is not GeoReference b) return;
        double allowX = Math.Abs(a.PixelWidth) * ShiftMax, allowY = Math.Abs(a.PixelHeight) * ShiftMax;
        bool same = Math.Abs(a.OriginX - b.OriginX) <= allowX && Math.Abs(a.OriginY - b.OriginY) <= allowY
            && Math.Abs((a.PixelWidth * factor) - b.PixelWidth) * other.Width <= allowX
            && Math.Abs((a.PixelHeight * factor) - b.PixelHeight) * other.Height <= allowY;
        if (same && (a.System.Equals(b.System) || a.Wkt.Length == 0 || b.Wkt.Length == 0 || IsSameSystem(a, b))) return;
        throw new InputException(
            $"It does not lie on the same ground as red ({red.Reference}).",
            "Give bands of one scene on one grid; warp the other first.", other.Reference.ToString());
    }

    private static bool IsSameSystem(GeoReference a, GeoReference b)
    {
        using SpatialReference one = SpatialReference.FromWkt(a.Wkt), two = SpatialReference.FromWkt(b.Wkt);
        return one.IsSame(two);
    }

    private static string Size(RasterBand band) =>
        string.Create(CultureInfo.InvariantCulture, $"{band.Width} x {band.Height}");
}
