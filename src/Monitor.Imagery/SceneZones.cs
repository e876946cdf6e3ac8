using Monitor.Domain;
using Monitor.Domain.Places;
using Monitor.Imagery.Gdal;
using Monitor.Raster;
using Monitor.Raster.Zones;

namespace Monitor.Imagery;

/// <summary>Figures of polygons: of a scene's NDVI and cover, or of any raster's values.</summary>
public static class SceneZones
{
    private const double SquareMetresPerHectare = 10_000;

    /// <summary>
    /// Coordinate system of a scene, in WKT, to which polygons must be brought; empty when it names none.
    /// </summary>
    /// <exception cref="InputException">The file cannot be read or does not say where it lies.</exception>
    public static string SystemOf(BandReference band)
    {
        using RasterBand opened = RasterBand.Open(band);
        return SystemOf(opened, band);
    }

    /// <summary>The same of a band that is open.</summary>
    internal static string SystemOf(RasterBand opened, BandReference band) =>
        opened.Place?.Wkt ?? throw new InputException(
            "It does not say where it lies.", "Give a raster with a geotransform.", band.ToString());

    /// <summary>Figures of each polygon, in the order given; the same for any number of threads.</summary>
    /// <param name="source">The scene; with a green band, open water is told too.</param>
    /// <param name="zones">Polygons in the scene's coordinate system, whose rings do not cross.</param>
    /// <param name="ends">Ends of cover, or null.</param>
    /// <param name="rule">How pixels on the edge count.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="control">Stops between windows.</param>
    /// <exception cref="InputException">A file is missing, corrupt, or does not fit the others.</exception>
    /// <exception cref="ImageryUnavailableException">libgdal is missing.</exception>
    public static IReadOnlyList<ZoneFigures> Compute(
        SceneSource source, IReadOnlyList<Polygon> zones, CoverEnds? ends, CoverageRule rule, int threads,
        RunControl control = default)
    {
        if (source.LeavesOutWater && source.Green is null)
        {
            throw new InputException(
                "Open water is told by a green band, and none is known.", "Name the green band.", source.Red.ToString());
        }
        ZoneGround ground;
        int blockWidth, blockHeight;
        using (var first = new SceneReader(source))
            ground = ZoneGround.Of(first.Place, first.Width, first.Height, source.Red);
        using (RasterBand red = RasterBand.Open(source.Red))
            (blockWidth, blockHeight) = (red.BlockWidth, red.BlockHeight);
        IReadOnlyList<Polygon> laid = [.. zones.Select(ground.Laid)];
        List<IReadOnlyList<ZoneWindow>> plan = ZonePlan.Of(laid, ground.Frame, blockWidth, blockHeight);
        var shapes = new ZoneShapes(laid, ground.Frame, rule, plan);
        var values = new MaskValues();
        IReadOnlyList<ZoneTally[]> parts = ParallelWindows.Run(
            threads, plan, () => new SceneZoneWorker(source, values, shapes, ground),
            _ => Array.ConvertAll(new object?[zones.Count], _ => new ZoneTally(ends)),
            static (worker, tallies, windows) => worker.Count(windows, tallies), control);
        SceneReader.RequireMaskKind(source, values);
        var figures = new List<ZoneFigures>(zones.Count);
        for (int zone = 0; zone < zones.Count; zone++)
        {
            var whole = new ZoneTally(ends);
            foreach (ZoneTally[] part in parts) whole.Combine(part[zone]);
            figures.Add(FiguresOf(whole, ground, source.Green is not null));
        }
        return figures;
    }

    /// <summary>Figures of the whole scene, with its ground; null when it does not say where it lies.</summary>
    /// <inheritdoc cref="Compute" path="/param"/>
    /// <inheritdoc cref="Compute" path="/exception"/>
    public static ZoneFigures? ComputeWhole(SceneSource source, int threads, RunControl control = default)
    {
        List<Point> ring;
        using (var first = new SceneReader(source))
        {
            if (first.Place is not GeoReference place) return null;
            Point Corner(int x, int y) => new(
                place.OriginX + (x * place.PixelWidth) + (y * place.RowRotation),
                place.OriginY + (x * place.ColumnRotation) + (y * place.PixelHeight));
            Point start = Corner(0, 0);
            ring = [start, Corner(first.Width, 0), Corner(first.Width, first.Height), Corner(0, first.Height), start];
        }
        return Compute(source, [new Polygon([new PolygonPart(ring, [])])], null, CoverageRule.Exact, threads, control)[0];
    }

    internal static ZoneFigures FiguresOf(ZoneTally whole, ZoneGround ground, bool withWater)
    {
        double? area = whole.IsEmpty || ground.SquareMetresOf(0) is not double pixel ? null
            : (ground.IsEven ? whole.Count * pixel : whole.SquareMetres) / SquareMetresPerHectare;
        double? water = area is null || !withWater ? null
            : (ground.IsEven ? whole.WaterCount * ground.SquareMetresOf(0) : whole.WaterSquareMetres) / SquareMetresPerHectare;
        return new(
            whole.Count, area, whole.ClearFraction,
            whole.Mean, whole.Min, whole.Max, whole.StandardDeviation, whole.Cover, water);
    }

    /// <summary>Tallies of any raster's values by polygon, in the order given.</summary>
    /// <param name="raster">The raster.</param>
    /// <param name="noData">Nodata in place of the file's own; null leaves it its own.</param>
    /// <param name="zones">Polygons in the raster's coordinate system, whose rings do not cross.</param>
    /// <param name="rule">How pixels on the edge count.</param>
    /// <param name="threads">At least 1; a polygon is one thread's work.</param>
    /// <param name="control">Stops between polygons.</param>
    /// <exception cref="InputException">The file is missing, corrupt, or does not say where it lies.</exception>
    /// <exception cref="ImageryUnavailableException">libgdal is missing.</exception>
    public static IReadOnlyList<ValueTally> ComputeValues(
        BandReference raster, double? noData, IReadOnlyList<Polygon> zones, CoverageRule rule, int threads,
        RunControl control = default)
    {
        ZoneGround ground;
        using (RasterBand first = RasterBand.Open(raster))
            ground = ZoneGround.Of(first.Place, first.Width, first.Height, raster);
        IReadOnlyList<Polygon> laid = [.. zones.Select(ground.Laid)];
        var tallies = new ValueTally[zones.Count];
        // Values of any size are summed in double, and so in one order: by polygon, from the north.
        ParallelWindows.Run(
            threads, ZoneOrder(laid, ground.Frame), () => RasterBand.Open(raster), _ => 0,
            (band, _, zone) => tallies[zone] = ValueZone.Tally(band, ground.Frame, noData, laid[zone], rule), control);
        return tallies;
    }

    // Neighbours one after another, so that the blocks they share are still at hand.
    private static IReadOnlyList<int> ZoneOrder(IReadOnlyList<Polygon> zones, GridFrame frame)
    {
        const int Side = 512;
        return [.. Enumerable.Range(0, zones.Count).OrderBy(zone => frame.Touched(zones[zone]) is var (left, _, top, _)
            ? (top / Side, left / Side) : (-1, -1))];
    }
}
