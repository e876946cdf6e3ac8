using System.Globalization;
using Monitor.Domain;
using Monitor.Imagery.Gdal;
using Monitor.Raster;

namespace Monitor.Imagery;

/// <summary>
/// The grid of a composite, which is that of its first date. Other dates may begin and end elsewhere, as Landsat's scenes
/// of one path and row do, when their pixels fall on the first one's.
/// </summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Place">Where it lies; null where no date says so.</param>
/// <param name="Dates">The dates.</param>
/// <param name="Windows">Cut along the first date's stored blocks.</param>
internal sealed record CompositeGrid(
    int Width, int Height, GeoReference? Place, IReadOnlyList<CompositeDate> Dates, IReadOnlyList<RasterWindow> Windows)
{
    // Pixels may be off by this part of one, over a whole raster.
    private const double ShiftMax = 0.1;

    internal static CompositeGrid Of(IReadOnlyList<SceneSource> scenes)
    {
        using RasterBand first = RasterBand.Open(scenes[0].Red);
        List<CompositeDate> dates = [];
        foreach (SceneSource scene in scenes)
        {
            using RasterBand red = RasterBand.Open(scene.Red);
            (int column, int row) = Offset(first, red);
            dates.Add(new CompositeDate(scene, column, row, new MaskValues()));
        }
        return new CompositeGrid(first.Width, first.Height, first.Place, dates, BlockWindows.Of(first));
    }

    private static (int Column, int Row) Offset(RasterBand first, RasterBand other)
    {
        if (first.Place is not GeoReference a || other.Place is not GeoReference b)
        {
            SceneGrid.RequireSame(first, other);
            return (0, 0);
        }
        int side = Math.Max(Math.Max(first.Width, other.Width), Math.Max(first.Height, other.Height));
        double pixel = Math.Sqrt(a.PixelArea), allowed = pixel * ShiftMax;
        bool parallel = side * Math.Abs(a.PixelWidth - b.PixelWidth) <= allowed
            && side * Math.Abs(a.PixelHeight - b.PixelHeight) <= allowed
            && side * Math.Abs(a.RowRotation - b.RowRotation) <= allowed
            && side * Math.Abs(a.ColumnRotation - b.ColumnRotation) <= allowed;
        double x = b.OriginX - a.OriginX, y = b.OriginY - a.OriginY;
        double turned = (a.PixelWidth * a.PixelHeight) - (a.RowRotation * a.ColumnRotation);
        double column = ((a.PixelHeight * x) - (a.RowRotation * y)) / turned;
        double row = ((a.PixelWidth * y) - (a.ColumnRotation * x)) / turned;
        bool falls = Math.Abs(column - Math.Round(column)) <= ShiftMax && Math.Abs(row - Math.Round(row)) <= ShiftMax
            && Math.Abs(column) <= int.MaxValue / 4 && Math.Abs(row) <= int.MaxValue / 4;
        if (parallel && falls && IsOneSystem(a, b)) return ((int)Math.Round(column), (int)Math.Round(row));
        throw new InputException(
            string.Create(CultureInfo.InvariantCulture, $"Its pixels do not fall on those of {first.Reference}."),
            "Give dates of one grid; warp the others to it first.", other.Reference.ToString());
    }

    private static bool IsOneSystem(GeoReference a, GeoReference b)
    {
        if (a.Wkt == b.Wkt || a.Wkt.Length == 0 || b.Wkt.Length == 0) return true;
        using SpatialReference one = SpatialReference.FromWkt(a.Wkt), two = SpatialReference.FromWkt(b.Wkt);
        return one.IsSame(two);
    }
}
