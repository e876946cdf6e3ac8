namespace Monitor.Imagery.Gdal;

/// <summary>Where a raster lies: GDAL's six numbers and the coordinate system in WKT.</summary>
/// <param name="OriginX">X of the outer corner of the first pixel.</param>
/// <param name="PixelWidth">X per column; positive.</param>
/// <param name="RowRotation">X per row; 0 for a raster that lies straight.</param>
/// <param name="OriginY">Y of the outer corner of the first pixel.</param>
/// <param name="ColumnRotation">Y per column; 0 for a raster that lies straight.</param>
/// <param name="PixelHeight">Y per row; negative when north is up.</param>
/// <param name="Wkt">Coordinate system; empty when the file names none.</param>
public sealed record GeoReference(
    double OriginX, double PixelWidth, double RowRotation,
    double OriginY, double ColumnRotation, double PixelHeight, string Wkt)
{
    internal GeoReference(ReadOnlySpan<double> six, GeoSystem system)
        : this(six[0], six[1], six[2], six[3], six[4], six[5], "") => System = system;

    /// <summary>Coordinate system; empty when the file names none. May need libgdal, when first asked for.</summary>
    public string Wkt
    {
        get => System.Wkt;
        init => System = new GeoSystem(value);
    }

    /// <summary>Rows and columns run along x and y.</summary>
    public bool IsStraight => RowRotation == 0 && ColumnRotation == 0 && PixelWidth != 0 && PixelHeight != 0;

    /// <summary>Area of a pixel in the square of the coordinates' unit; 0 where the six numbers make no grid.</summary>
    public double PixelArea => Math.Abs((PixelWidth * PixelHeight) - (RowRotation * ColumnRotation));

    internal GeoSystem System { get; private init; } = new(Wkt);

    /// <summary>A north-up grid of square pixels in a system named by EPSG code.</summary>
    /// <param name="epsg">As 32651 for UTM zone 51 north.</param>
    /// <param name="originX">X of the west edge.</param>
    /// <param name="originY">Y of the north edge.</param>
    /// <param name="pixelSize">In the system's unit.</param>
    public static GeoReference NorthUp(int epsg, double originX, double originY, double pixelSize) =>
        new(originX, pixelSize, 0, originY, 0, -pixelSize, SpatialReference.WktOfEpsg(epsg));
}
