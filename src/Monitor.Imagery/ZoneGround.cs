using Monitor.Domain;
using Monitor.Domain.Places;
using Monitor.Imagery.Gdal;
using Monitor.Raster.Zones;

namespace Monitor.Imagery;

/// <summary>
/// The grid of a raster as polygons are laid over it, and the ground that its pixels stand for. A grid that is turned
/// against its coordinates is worked on in its own pixels, to which the polygons are brought.
/// </summary>
internal sealed class ZoneGround
{
    // Digits that a turn is rounded to: 360 exactly, where the unit's radians are not exact.
    private const int TurnDigits = 9;

    private readonly GeoReference place;
    private readonly bool isGeographic;
    private readonly double fullTurn;
    private readonly Func<int, double?> squareMetres;

    private ZoneGround(GeoReference place, int width, int height)
    {
        this.place = place;
        Frame = place.IsStraight
            ? new(place.OriginX, place.OriginY, place.PixelWidth, place.PixelHeight, width, height)
            : new(0, 0, 1, 1, width, height);
        squareMetres = _ => null;
        if (UtmKeys.EpsgOf(place.System.Keys) is not null)
        {
            squareMetres = _ => place.PixelArea;
            return;
        }
        if (place.Wkt.Length == 0) return;
        using SpatialReference system = SpatialReference.FromWkt(place.Wkt);
        isGeographic = system.IsGeographic;
        if (!isGeographic)
        {
            double metres = system.MetresPerUnit, area = place.PixelArea * metres * metres;
            squareMetres = _ => area;
        }
        else if (place.IsStraight)
        {
            Ellipsoid ellipsoid = system.Ellipsoid;
            double unit = system.RadiansPerUnit;
            fullTurn = Math.Round(Math.Tau / unit, TurnDigits);
            squareMetres = row => ellipsoid.AreaOf(
                unit * Math.Abs(place.PixelWidth),
                unit * (place.OriginY + (row * place.PixelHeight)),
                unit * (place.OriginY + ((row + 1) * place.PixelHeight)));
        }
    }

    /// <summary>The grid in whose coordinates <see cref="Laid"/> gives polygons.</summary>
    internal GridFrame Frame { get; }

    /// <summary>Whether pixels have one area, whatever the row.</summary>
    internal bool IsEven => !isGeographic;

    /// <summary>Square metres of a pixel in a row; null where the coordinate system is not named.</summary>
    internal double? SquareMetresOf(int row) => squareMetres(row);

    /// <exception cref="InputException">The raster does not say where it lies.</exception>
    internal static ZoneGround Of(GeoReference? place, int width, int height, BandReference band)
    {
        if (place is null)
            throw new InputException("It does not say where it lies.", "Give a raster with a geotransform.", band.ToString());
        if (place.PixelArea == 0)
        {
            throw new InputException(
                "Its pixels have no area by its geotransform.", "Give the raster its geotransform.", band.ToString());
        }
        return new ZoneGround(place, width, height);
    }

    /// <summary>
    /// The polygon over the grid. Where coordinates are degrees, a part that the grid shows a turn further east or west
    /// is laid there too, so that it does not matter from which meridian either counts.
    /// </summary>
    internal Polygon Laid(Polygon polygon)
    {
        if (isGeographic && place.IsStraight) return Turned(polygon);
        return place.IsStraight ? polygon : new([.. polygon.Parts.Select(part => Moved(part, ToPixel))]);
    }

    private Polygon Turned(Polygon polygon)
    {
        List<PolygonPart> parts = [.. polygon.Parts];
        foreach (double turn in (double[])[-fullTurn, fullTurn])
        {
            foreach (PolygonPart part in polygon.Parts)
            {
                PolygonPart moved = Moved(part, p => new Point(p.X + turn, p.Y));
                if (Frame.Touched(new Polygon([moved])) is not null) parts.Add(moved);
            }
        }
        return parts.Count == polygon.Parts.Count ? polygon : new Polygon(parts);
    }

    private Point ToPixel(Point p)
    {
        double x = p.X - place.OriginX, y = p.Y - place.OriginY;
        double turned = (place.PixelWidth * place.PixelHeight) - (place.RowRotation * place.ColumnRotation);
        return new Point(
            ((place.PixelHeight * x) - (place.RowRotation * y)) / turned,
            ((place.PixelWidth * y) - (place.ColumnRotation * x)) / turned);
    }

    private static PolygonPart Moved(PolygonPart part, Func<Point, Point> way) =>
        new([.. part.Outer.Select(way)], [.. part.Holes.Select(hole => (IReadOnlyList<Point>)[.. hole.Select(way)])]);
}
