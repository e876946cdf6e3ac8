using Monitor.Domain;
using Monitor.Imagery.Gdal;

namespace Monitor.Imagery.Tiles;

/// <summary>The ground that a scene covers.</summary>
public sealed class SceneFootprint
{
    // Pieces of an edge: on a scene of 110 km an edge bends between two points by well under a pixel.
    private const int PiecesPerEdge = 32;

    private SceneFootprint(int width, int height, GeoReference place, GeographicBounds bounds) =>
        (Width, Height, Place, Bounds) = (width, height, place, bounds);

    /// <summary>The box around it in degrees.</summary>
    public GeographicBounds Bounds { get; }

    internal int Width { get; }

    internal int Height { get; }

    internal GeoReference Place { get; }

    /// <summary>Reads it from the red band.</summary>
    /// <exception cref="InputException">The file cannot be read, lies nowhere, or does not lie straight.</exception>
    /// <exception cref="ImageryUnavailableException">libgdal is missing.</exception>
    public static SceneFootprint Of(SceneSource source)
    {
        using RasterBand band = RasterBand.Open(source.Red);
        if (band.Place is not GeoReference place || place.Wkt.Length == 0 || !place.IsStraight)
        {
            throw new InputException(
                "It does not say where it lies, or its rows are turned against its coordinates.",
                "Warp it to a north-up grid in a named system.", source.Red.ToString());
        }
        using CoordinateWay way = CoordinateWay.Between(place.Wkt, GeographicOutline.Wgs84);
        (double[] x, double[] y) = Edge(place, band.Width, band.Height);
        way.Transform(x, y);
        GeographicBounds bounds = GeographicBounds.Around(x, y);
        return bounds.West <= bounds.East
            ? new SceneFootprint(band.Width, band.Height, place, bounds)
            : throw new InputException(
                "Its corners have no place on the earth.", "Check its coordinate system.", source.Red.ToString());
    }

    /// <summary>The frame's pixels that the scene may touch, one more on each side; null for none.</summary>
    internal RasterWindow? Within(MercatorFrame frame)
    {
        (double west, double south) = WebMercator.From(Bounds.West, Bounds.South);
        (double east, double north) = WebMercator.From(Bounds.East, Bounds.North);
        int left = Column(west - frame.West, Math.Floor) - 1, right = Column(east - frame.West, Math.Ceiling) + 1;
        int top = Column(frame.North - north, Math.Floor) - 1, bottom = Column(frame.North - south, Math.Ceiling) + 1;
        (left, top) = (Math.Max(0, left), Math.Max(0, top));
        (right, bottom) = (Math.Min(frame.Width, right), Math.Min(frame.Height, bottom));
        return left < right && top < bottom ? new RasterWindow(left, top, right - left, bottom - top) : null;

        // Far outside is as good as outside: a whole number has room for it.
        int Column(double metres, Func<double, double> whole) =>
            (int)Math.Clamp(whole(metres / frame.Resolution), -1e6, 1e6);
    }

    private static (double[] X, double[] Y) Edge(GeoReference place, int width, int height)
    {
        List<double> x = [], y = [];
        for (int i = 0; i <= PiecesPerEdge; i++)
        {
            double across = place.OriginX + (place.PixelWidth * width * i / PiecesPerEdge);
            double down = place.OriginY + (place.PixelHeight * height * i / PiecesPerEdge);
            double right = place.OriginX + (place.PixelWidth * width);
            double bottom = place.OriginY + (place.PixelHeight * height);
            x.AddRange([across, across, place.OriginX, right]);
            y.AddRange([place.OriginY, bottom, down, down]);
        }
        return ([.. x], [.. y]);
    }
}
