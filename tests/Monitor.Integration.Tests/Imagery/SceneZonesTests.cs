using Monitor.Domain.Places;
using Monitor.Domain;
using Monitor.Imagery.Gdal;
using Monitor.Imagery.Tiff;
using Monitor.Imagery;
using Monitor.Integration.Tests.Support;
using Monitor.Raster.Zones;
using Monitor.Raster;
using Xunit;

namespace Monitor.Integration.Tests.Imagery;

public sealed class SceneZonesTests
{
    // Figures published with the data: counts 75 and 50, mean of the first 14.66, by pixel centre.
    [Fact]
    public void Zonal_statistics_by_pixel_centre_are_the_published_ones()
    {
        ValueTally[] tallies = [.. Slope(CoverageRule.Centre)];
        Assert.Equal([75.0, 50.0], tallies.Select(t => t.Count));
        Assert.Equal(14.66, tallies[0].Mean!.Value, 0.005);
    }

    /// <summary>
    /// Against OGR's own intersections: for each pixel square q of slope.tif,
    /// <c>w = polygon.Intersection(q).GetArea() / q.GetArea()</c>; then Σw, Σwv / Σw and √(Σw(v − mean)² / Σw).
    /// </summary>
    [Fact]
    public void Exact_coverage_is_what_cutting_every_pixel_by_the_polygon_gives()
    {
        ValueTally[] tallies = [.. Slope(CoverageRule.Exact)];
        Assert.Equal(77.11526827814471, tallies[0].Count, 1e-6);
        Assert.Equal(15.021269222340399, tallies[0].Mean!.Value, 1e-6);
        Assert.Equal(3.283066875917305, tallies[0].StandardDeviation!.Value, 1e-6);
        Assert.Equal(27.089157104492188, tallies[0].Max);
        Assert.Equal(52.16588242247118, tallies[1].Count, 1e-6);
        Assert.Equal(55.61367019354665, tallies[1].Mean!.Value, 1e-6);
    }

    private static IReadOnlyList<ValueTally> Slope(CoverageRule rule)
    {
        var raster = new BandReference(SharedData.Find(SharedData.Zonal + "slope.tif"));
        IReadOnlyList<ZonePolygon> zones = PolygonFile.Read(
            SharedData.Find(SharedData.Zonal + "polygons.shp"), "id", SceneZones.SystemOf(raster));
        Assert.Equal(["1", "2"], zones.Select(z => z.Id));
        return SceneZones.ComputeValues(
            raster, null, [.. zones.Select(z => z.Shape)], rule, 2, TestContext.Current.CancellationToken);
    }

    // 4 x 4 pixels of 10 m; NDVI 0.5 everywhere, but nodata at the first and cloud at the second pixel.
    private static SceneSource Scene(TempFolder folder)
    {
        GeoReference place = GeoReference.NorthUp(32651, 500_000, 3_500_000, 10);
        ushort[] red = [0, .. Enumerable.Repeat((ushort)100, 15)], nir = [.. Enumerable.Repeat((ushort)300, 16)];
        byte[] scl = [4, 9, .. Enumerable.Repeat((byte)4, 14)];
        GeoTiffWriter.WriteAll<ushort>(folder["r.tif"], red, 4, 4, place, 0);
        GeoTiffWriter.WriteAll<ushort>(folder["n.tif"], nir, 4, 4, place, 0);
        GeoTiffWriter.WriteAll<byte>(folder["scl.tif"], scl, 4, 4, place);
        return new(new(folder["r.tif"]), new(folder["n.tif"])) { Mask = new(new(folder["scl.tif"]), MaskKind.Scl) };
    }

    private static Polygon Box(double west, double south, double east, double north) => new([new PolygonPart(
        [new(west, south), new(east, south), new(east, north), new(west, north), new(west, south)], [])]);

    [Fact]
    public void A_polygon_has_the_figures_of_its_pixels_and_one_outside_has_none()
    {
        using var folder = new TempFolder();
        var ends = new CoverEnds(0, 0.1, 0.2, 0.8, 0.9, 1);
        // The upper two rows: 8 pixels, 1 nodata, 1 cloud. Then half of each pixel of the lower row. Then far away.
        Polygon[] zones =
        [
            Box(500_000, 3_499_980, 500_040, 3_500_000), Box(500_000, 3_499_960, 500_040, 3_499_965), Box(0, 0, 10, 10),
            Box(500_010, 3_499_990, 500_020, 3_500_000),
        ];
        foreach (int threads in (int[])[1, 3])
        {
            IReadOnlyList<ZoneFigures> figures = SceneZones.Compute(
                Scene(folder), zones, ends, CoverageRule.Exact, threads, TestContext.Current.CancellationToken);
            Assert.Equal(6, figures[0].Count);
            Assert.Equal(6 / 7.0, figures[0].ClearFraction);
            Assert.Equal(6 * 100 / 10_000.0, figures[0].AreaHa);
            Assert.Equal(0.5, figures[0].Mean);
            Assert.Equal(0, figures[0].StandardDeviation!.Value, 1e-9);
            Assert.Equal((0.5 - 0.2) / 0.8, figures[0].Cover!.Value.Low, 1e-9);
            Assert.Equal((0.5 - 0.1) / 0.8, figures[0].Cover!.Value.Central, 1e-9);
            Assert.Equal(0.5 / 0.8, figures[0].Cover!.Value.High, 1e-9);
            Assert.Equal(4 * 0.5, figures[1].Count);
            Assert.Equal(new ZoneFigures(0, null, null, null, null, null, null, null), figures[2]);
            // Under the cloud altogether: eligible, but nothing clear.
            Assert.Equal(new ZoneFigures(0, null, 0, null, null, null, null, null), figures[3]);
        }
    }

    [Fact]
    public void Polygons_in_degrees_are_brought_to_the_scene_and_rounded_to_a_millimetre()
    {
        using var folder = new TempFolder();
        // 123° E is the central meridian of UTM zone 51: x = 500,000 m. A degree of latitude is 110.6 to 111.7 km.
        File.WriteAllText(folder["z.geojson"], """
            {"type":"FeatureCollection","features":[
             {"type":"Feature","properties":{"name":"东岸"},"geometry":{"type":"Polygon","coordinates":
              [[[123,31],[123.001,31],[123.001,31.001],[123,31.001],[123,31]]]}},
             {"type":"Feature","properties":{"name":null},"geometry":null}]}
            """);
        string utm = SpatialReference.WktOfEpsg(32651);
        IReadOnlyList<ZonePolygon> zones = PolygonFile.Read(folder["z.geojson"], "name", utm);
        Assert.Equal("东岸", zones[0].Id);
        Assert.False(zones[0].IdIsNumber);
        IReadOnlyList<Point> ring = zones[0].Shape.Parts[0].Outer;
        Assert.Equal(500_000, ring[0].X);
        Assert.InRange(ring[3].Y - ring[0].Y, 110.6, 111.7);
        Assert.All(ring, p => Assert.Equal(p, new Point(Math.Round(p.X, 3), Math.Round(p.Y, 3))));
        Assert.Equal("", zones[1].Id);
        Assert.Empty(zones[1].Shape.Parts);
    }

    [Fact]
    public void Polygon_files_that_cannot_be_used_are_refused()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["line.geojson"], """
            {"type":"Feature","properties":{"a":1},"geometry":{"type":"LineString","coordinates":[[0,0],[1,1]]}}
            """);
        File.WriteAllText(folder["text.geojson"], "{}");
        Assert.Contains("LINESTRING", Refused(folder["line.geojson"], null).Message, StringComparison.Ordinal);
        InputException noField = Refused(folder["line.geojson"], "b");
        Assert.Equal("--id", noField.Field);
        Assert.Contains("Its fields are: a.", noField.Message, StringComparison.Ordinal);
        Refused(folder["text.geojson"], null);
        Refused(folder["missing.geojson"], null);
    }

    private static InputException Refused(string path, string? field) =>
        Assert.Throws<InputException>(() => PolygonFile.Read(path, field, ""));
}
