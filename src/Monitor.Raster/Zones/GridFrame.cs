using Monitor.Domain.Places;

namespace Monitor.Raster.Zones;

/// <summary>A grid that lies straight in its coordinate system, and the way between ground and pixels.</summary>
/// <param name="OriginX">X of the outer corner of the first pixel.</param>
/// <param name="OriginY">Y of the outer corner of the first pixel.</param>
/// <param name="PixelWidth">X per column; not 0.</param>
/// <param name="PixelHeight">Y per row; not 0, negative when north is up.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public readonly record struct GridFrame(
    double OriginX, double OriginY, double PixelWidth, double PixelHeight, int Width, int Height)
{
    /// <summary>Area of a pixel in the square of the coordinates' unit.</summary>
    public double PixelArea => Math.Abs(PixelWidth * PixelHeight);

    /// <summary>
    /// The pixels that a polygon's bounds touch, cut at the grid's edges, as half-open ranges of columns and rows; null
    /// when it lies outside.
    /// </summary>
    public (int FirstColumn, int EndColumn, int FirstRow, int EndRow)? Touched(Polygon polygon)
    {
        (double minX, double minY, double maxX, double maxY) = polygon.Bounds();
        double left = Column(PixelWidth > 0 ? minX : maxX), right = Column(PixelWidth > 0 ? maxX : minX);
        double top = Row(PixelHeight > 0 ? minY : maxY), bottom = Row(PixelHeight > 0 ? maxY : minY);
        // Negated, so that bounds of NaN and of an empty polygon are outside too.
        if (!(right > 0 && left < Width && bottom > 0 && top < Height)) return null;
        int firstColumn = (int)Math.Max(0, Math.Floor(left)), endColumn = (int)Math.Min(Width, Math.Ceiling(right));
        int firstRow = (int)Math.Max(0, Math.Floor(top)), endRow = (int)Math.Min(Height, Math.Ceiling(bottom));
        return firstColumn < endColumn && firstRow < endRow ? (firstColumn, endColumn, firstRow, endRow) : null;
    }

    internal double Column(double x) => (x - OriginX) / PixelWidth;

    internal double Row(double y) => (y - OriginY) / PixelHeight;

    internal double CentreX(int column) => OriginX + ((column + 0.5) * PixelWidth);

    internal double CentreY(int row) => OriginY + ((row + 0.5) * PixelHeight);
}
