using Monitor.Domain;
using Monitor.Domain.Places;
using Monitor.Imagery.Gdal;
using Monitor.Raster;
using Monitor.Raster.Zones;

namespace Monitor.Imagery;

/// <summary>Figures of polygons: of a scene's NDVI and cover, or of any raster's values.</summary>
public static class SceneZones
{
    private const int PixelsWanted = 1 << 20;
    private const double SquareMetresPerHectare = 10_000;

    /// <summary>
    /// Coordinate system of a scene, in WKT, to which polygons must be brought; empty when it names none.
    /// </summary>
    /// <exception cref="InputException">The file cannot be read or does not lie straight.</exception>
    public static string SystemOf(BandReference band)
    {
        using RasterBand opened = RasterBand.Open(band);
        return PlaceOf(opened.Place, band).Wkt;
    }

    /// <summary>Figures of each polygon, in the order given; the same for any number of threads.</summary>
    /// <param name="source">The scene.</param>
    /// <param name="zones">Polygons in the scene's coordinate system.</param>
    /// <param name="ends">Ends of cover, or null.</param>
    /// <param name="rule">How pixels on the edge count.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellation">Stops between windows.</param>
    /// <exception cref="InputException">A file is missing, corrupt, or does not fit the others.</exception>
    /// <exception cref="ImageryUnavailableException">libgdal is missing.</exception>
    public static IReadOnlyList<ZoneFigures> Compute(
        SceneSource source, IReadOnlyList<Polygon> zones, CoverEnds? ends, CoverageRule rule, int threads,
        CancellationToken cancellation = default)
    {
        GridFrame frame;
        double? pixelHectares;
        using (var first = new SceneReader(source))
        {
            GeoReference place = PlaceOf(first.Place, source.Red);
            frame = FrameOf(place, first.Width, first.Height);
            pixelHectares = HectaresOf(place, frame);
        }
        var values = new MaskValues();
        IReadOnlyList<ZoneTally[]> parts = ParallelWindows.Run(
            threads, Pieces(zones, frame), () => new SceneZoneWorker(source, values, zones, frame, rule),
            _ => Array.ConvertAll(new object?[zones.Count], _ => new ZoneTally(ends)),
            static (worker, tallies, piece) => worker.Count(piece, tallies[piece.Zone]), cancellation);
        SceneReader.RequireMaskKind(source, values);
        var figures = new List<ZoneFigures>(zones.Count);
        for (int zone = 0; zone < zones.Count; zone++)
        {
            var whole = new ZoneTally(ends);
            foreach (ZoneTally[] part in parts) whole.Combine(part[zone]);
            double? area = whole.IsEmpty ? null : whole.Count * pixelHectares;
            figures.Add(new(
                whole.Count, area, whole.ClearFraction,
                whole.Mean, whole.Min, whole.Max, whole.StandardDeviation, whole.Cover));
        }
        return figures;
    }

    /// <summary>Tallies of any raster's values by polygon, in the order given.</summary>
    /// <param name="raster">The raster.</param>
    /// <param name="noData">Nodata in place of the file's own; null leaves it its own.</param>
    /// <param name="zones">Polygons in the raster's coordinate system.</param>
    /// <param name="rule">How pixels on the edge count.</param>
    /// <param name="threads">At least 1; a polygon is one thread's work.</param>
    /// <param name="cancellation">Stops between polygons.</param>
    /// <exception cref="InputException">The file is missing, corrupt, or does not lie straight.</exception>
    /// <exception cref="ImageryUnavailableException">libgdal is missing.</exception>
    public static IReadOnlyList<ValueTally> ComputeValues(
        BandReference raster, double? noData, IReadOnlyList<Polygon> zones, CoverageRule rule, int threads,
        CancellationToken cancellation = default)
    {
        var tallies = new ValueTally[zones.Count];
        ParallelWindows.Run(
            threads, [.. Enumerable.Range(0, zones.Count)], () => RasterBand.Open(raster), _ => 0,
            (band, _, zone) =>
            {
                GridFrame frame = FrameOf(PlaceOf(band.Place, raster), band.Width, band.Height);
                tallies[zone] = Values(band, frame, noData, zones[zone], rule);
            }, cancellation);
        return tallies;
    }

    internal static IPixelCoverage CoverageOf(Polygon zone, GridFrame frame, CoverageRule rule) =>
        rule == CoverageRule.Centre ? new CentreCoverage(zone, frame) : new ExactCoverage(zone, frame);

    private static ValueTally Values(RasterBand band, GridFrame frame, double? given, Polygon zone, CoverageRule rule)
    {
        var tally = new ValueTally();
        double? noData = given is double n && band.IsFloat32 ? (float)n : given ?? band.NoData;
        IPixelCoverage coverage = CoverageOf(zone, frame, rule);
        foreach (ZonePiece piece in Pieces([zone], frame))
        {
            RasterWindow window = piece.Window;
            double[] values = new double[window.Area];
            int[] weights = new int[window.Width];
            band.Read(window.X, window.Y, window.Width, window.Height, values);
            for (int row = 0; row < window.Height; row++)
            {
                coverage.Weigh(window.Y + row, window.X, weights);
                tally.Add(values.AsSpan(row * window.Width, window.Width), noData, weights);
            }
        }
        return tally;
    }

    // Whole rows of each polygon's bounds, about a megapixel a piece.
    private static List<ZonePiece> Pieces(IReadOnlyList<Polygon> zones, GridFrame frame)
    {
        var pieces = new List<ZonePiece>();
        for (int zone = 0; zone < zones.Count; zone++)
        {
            if (frame.Touched(zones[zone]) is not (int left, int right, int top, int bottom)) continue;
            int rows = Math.Max(1, PixelsWanted / (right - left));
            for (int y = top; y < bottom; y += rows)
                pieces.Add(new(zone, new RasterWindow(left, y, right - left, Math.Min(rows, bottom - y))));
        }
        return pieces;
    }

    private static GeoReference PlaceOf(GeoReference? place, BandReference band) => place switch
    {
        null => throw new InputException(
            "It does not say where it lies.", "Give a raster with a geotransform.", band.ToString()),
        { IsStraight: false } => throw new InputException(
            "Its rows are turned against its coordinates.", "Warp it to a north-up grid first.", band.ToString()),
        _ => place,
    };

    private static GridFrame FrameOf(GeoReference place, int width, int height) =>
        new(place.OriginX, place.OriginY, place.PixelWidth, place.PixelHeight, width, height);

    private static double? HectaresOf(GeoReference place, GridFrame frame)
    {
        if (place.Wkt.Length == 0) return null;
        using SpatialReference system = SpatialReference.FromWkt(place.Wkt);
        if (system.IsGeographic) return null;
        double metres = system.MetresPerUnit;
        return frame.PixelArea * metres * metres / SquareMetresPerHectare;
    }
}
