using Monitor.Domain;
using Monitor.Domain.Places;
using Monitor.Imagery;
using Monitor.Imagery.Gdal;
using Monitor.Imagery.Tiff;
using Monitor.Integration.Tests.Support;
using Monitor.Raster.Zones;
using Xunit;

namespace Monitor.Integration.Tests.Imagery;

/// <summary>Where polygons and rasters lie: degrees, turned grids, the antimeridian, curves.</summary>
public sealed class ZoneGroundTests
{
    private static readonly string Degrees = SpatialReference.WktOfEpsg(4326);

    private static SceneSource Scene(TempFolder folder, GeoReference place, int width, int height)
    {
        int area = width * height;
        GeoTiffWriter.WriteAll<ushort>(folder["r.tif"], [.. Enumerable.Repeat((ushort)100, area)], width, height, place, 0);
        GeoTiffWriter.WriteAll<ushort>(folder["n.tif"], [.. Enumerable.Repeat((ushort)300, area)], width, height, place, 0);
        return new(new(folder["r.tif"]), new(folder["n.tif"]));
    }

    private static Polygon Ring(params (double X, double Y)[] corners) => new([new PolygonPart(
        [.. corners.Append(corners[0]).Select(c => new Point(c.X, c.Y))], [])]);

    private static ZoneFigures Figures(SceneSource scene, Polygon zone, int threads = 2) => SceneZones.Compute(
        scene, [zone], null, CoverageRule.Exact, threads, TestContext.Current.CancellationToken)[0];

    [Fact]
    public void A_degree_at_the_equator_and_one_at_60_north_have_their_own_ground()
    {
        using var folder = new TempFolder();
        // One pixel a degree, 60 of them from 60 north to the equator.
        SceneSource scene = Scene(folder, new GeoReference(10, 1, 0, 60, 0, -1, Degrees), 1, 60);
        // The surface of WGS 84, by adding up M(φ) N(φ) cos φ dφ dλ in 20,000 steps of latitude.
        Assert.Equal(1_230_846.3894, Figures(scene, Ring((10, 0), (11, 0), (11, 1), (10, 1))).AreaHa!.Value, 0.001);
        double north = Figures(scene, Ring((10, 59), (11, 59), (11, 60), (10, 60))).AreaHa!.Value;
        Assert.Equal(630_980.5669, north, 0.001);
        // All 60 together: a zone of the ellipsoid, 2πa² × sin-like q: the parts must sum to the whole.
        double whole = Figures(scene, Ring((10, 0), (11, 0), (11, 60), (10, 60))).AreaHa!.Value;
        double parts = Enumerable.Range(0, 60).Sum(
            south => Figures(scene, Ring((10, south), (11, south), (11, south + 1), (10, south + 1))).AreaHa!.Value);
        Assert.Equal(whole, parts, whole * 1e-9);
    }

    [Fact]
    public void The_whole_ellipsoid_has_its_known_surface()
    {
        // WGS 84: 510,065,621.724 km² (NIMA TR8350.2, table 3.3's derived constants).
        var ellipsoid = new Ellipsoid(6_378_137, 298.257223563);
        Assert.Equal(510_065_621.724, ellipsoid.AreaOf(Math.Tau, -Math.PI / 2, Math.PI / 2) / 1e6, 0.001);
        Assert.Equal(4 * Math.PI, new Ellipsoid(1, 0).AreaOf(Math.Tau, -Math.PI / 2, Math.PI / 2), 1e-12);
    }

    [Fact]
    public void A_grid_that_is_turned_has_the_figures_of_its_own_pixels()
    {
        using var folder = new TempFolder();
        // Pixels of 10 m, turned by 30 degrees about the origin: column (cos, sin), row (sin, −cos).
        double c = 10 * Math.Cos(Math.PI / 6), s = 10 * Math.Sin(Math.PI / 6);
        string utm = SpatialReference.WktOfEpsg(32651);
        SceneSource scene = Scene(folder, new GeoReference(500_000, c, s, 3_500_000, s, -c, utm), 20, 16);
        // Two pixels and a half by four, given by their corners on the ground.
        (double, double) At(double column, double row) =>
            (500_000 + (column * c) + (row * s), 3_500_000 + (column * s) - (row * c));
        foreach (int threads in (int[])[1, 3])
        {
            ZoneFigures figures = Figures(scene, Ring(At(3, 2), At(5.5, 2), At(5.5, 6), At(3, 6)), threads);
            Assert.Equal(10, figures.Count, 1e-6);
            Assert.Equal(10 * 100 / 10_000.0, figures.AreaHa!.Value, 1e-9);
        }
        // A square of the coordinates' own directions: its area is its count, whatever the turn.
        ZoneFigures straight = Figures(scene, Ring(
            (500_080, 3_499_960), (500_120, 3_499_960), (500_120, 3_500_000), (500_080, 3_500_000)));
        Assert.Equal(16, straight.Count, 1e-6);
    }

    [Fact]
    public void A_polygon_across_the_antimeridian_is_counted_on_both_sides_or_refused()
    {
        using var folder = new TempFolder();
        SceneSource east = Scene(folder, new GeoReference(170, 1, 0, 10, 0, -1, Degrees), 20, 20);
        Polygon cut = new(
        [
            .. Ring((178, 0), (180, 0), (180, 2), (178, 2)).Parts, .. Ring((-180, 0), (-177, 0), (-177, 2), (-180, 2)).Parts,
        ]);
        // A raster from 170 to 190: two columns west of 180 and three east of it, two rows each.
        Assert.Equal(2 * 2 + 3 * 2, Figures(east, cut).Count);
        Assert.Equal(2 * 2 + 3 * 2, Figures(east, Ring((178, 0), (183, 0), (183, 2), (178, 2))).Count);
        Assert.Equal(2 * 2 + 3 * 2, Figures(east, Ring((-182, 0), (-177, 0), (-177, 2), (-182, 2))).Count);
        using var west = new TempFolder();
        // From −180 to 180: what runs on beyond 180 is found in the west.
        SceneSource world = Scene(west, new GeoReference(-180, 1, 0, 10, 0, -1, Degrees), 360, 20);
        Assert.Equal(10, Figures(world, Ring((178, 0), (183, 0), (183, 2), (178, 2))).Count);
        Assert.Equal(10, Figures(world, cut).Count);

        File.WriteAllText(folder["cut.geojson"], Feature("[[[178,0],[-177,0],[-177,2],[178,2],[178,0]]]"));
        InputException refused = Assert.Throws<InputException>(() => PolygonFile.Read(folder["cut.geojson"], "name", Degrees));
        Assert.Contains("Feature fiji has an edge from longitude 178 to -177", refused.Message, StringComparison.Ordinal);
        Assert.Contains("antimeridian", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_polygon_cut_at_the_antimeridian_comes_together_again_in_a_UTM_scene()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["z.geojson"], """
            {"type":"Feature","properties":{"name":"fiji"},"geometry":{"type":"MultiPolygon","coordinates":
             [[[[179.99,-16],[180,-16],[180,-15.99],[179.99,-15.99],[179.99,-16]]],
              [[[-180,-16],[-179.99,-16],[-179.99,-15.99],[-180,-15.99],[-180,-16]]]]}}
            """);
        // UTM zone 60 south; longitude 180 is its eastern edge, some 821 km east of the false origin at that latitude.
        Polygon shape = PolygonFile.Read(folder["z.geojson"], "name", SpatialReference.WktOfEpsg(32760))[0].Shape;
        (double west, double south, double east, double north) = shape.Bounds();
        Assert.InRange(east - west, 2_100, 2_250);
        Assert.InRange(north - south, 1_000, 1_300);
        GeoReference place = GeoReference.NorthUp(32760, Math.Floor(west) - 100, Math.Ceiling(north) + 100, 10);
        SceneSource scene = Scene(folder, place, 250, 150);
        // 0.02 by 0.01 degrees at 16 south: 2,141 m by 1,107 m by the ellipsoid's surface, less the scale of the
        // projection (1.0009 in both directions there): some 237 hectares of grid.
        double hectares = new Ellipsoid(6_378_137, 298.257223563).AreaOf(
            0.02 * Math.PI / 180, -16 * Math.PI / 180, -15.99 * Math.PI / 180) / 10_000;
        Assert.Equal(hectares, Figures(scene, shape).AreaHa!.Value, hectares * 0.004);
        Assert.NotEqual(hectares, Figures(scene, shape).AreaHa!.Value, hectares * 0.0001);
    }

    [Fact]
    public void Straight_edges_of_degrees_are_curves_in_metres()
    {
        using var folder = new TempFolder();
        // Three degrees along 60 north: the parallel lies up to 550 m beside the chord.
        File.WriteAllText(folder["z.geojson"], Feature("[[[123,60],[126,60],[126,59],[123,59],[123,60]]]"));
        IReadOnlyList<Point> ring = PolygonFile.Read(folder["z.geojson"], null, SpatialReference.WktOfEpsg(32651))[0]
            .Shape.Parts[0].Outer;
        Assert.InRange(ring.Count, 200, 20_000);
        // The middle of the northern edge, as PROJ places 124.5 E 60 N.
        Point middle = ring.MinBy(p => Math.Abs(p.X - Middle.X) + Math.Abs(p.Y - Middle.Y));
        Assert.Equal(Middle.X, middle.X, 0.002);
        Assert.Equal(Middle.Y, middle.Y, 0.002);
        Assert.All(ring, p => Assert.Equal(p, new Point(Math.Round(p.X * 1000) / 1000, Math.Round(p.Y * 1000) / 1000)));
        Assert.Equal(ring[0], ring[^1]);
    }

    private static readonly Point Middle = new(583_661.7469, 6_652_359.6819);

    [Fact]
    public void Rings_that_cross_are_refused_with_the_features_id_and_the_place()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["z.geojson"], Feature("[[[0,0],[1,1],[1,0],[0,1],[0,0]]]"));
        InputException refused = Assert.Throws<InputException>(() => PolygonFile.Read(folder["z.geojson"], "name", ""));
        Assert.Contains("Feature fiji: Its rings cross at (0.5, 0.5)", refused.Message, StringComparison.Ordinal);
        Assert.Equal(folder["z.geojson"], refused.File);
    }

    private static string Feature(string coordinates) =>
        $$$"""
        {"type":"Feature","properties":{"name":"fiji"},"geometry":{"type":"Polygon","coordinates":{{{coordinates}}}}}
        """;
}
