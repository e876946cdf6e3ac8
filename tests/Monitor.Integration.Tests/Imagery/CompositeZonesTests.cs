using Monitor.Domain;
using Monitor.Domain.Places;
using Monitor.Imagery;
using Monitor.Imagery.Gdal;
using Monitor.Imagery.Tiff;
using Monitor.Integration.Tests.Support;
using Monitor.Raster;
using Monitor.Raster.Zones;
using Xunit;

namespace Monitor.Integration.Tests.Imagery;

/// <summary>
/// Figures of a polygon of a composite that is never written, against the raster that `scene composite` writes.
/// </summary>
public sealed class CompositeZonesTests
{
    private const int Width = 700, Height = 600;
    private const double West = 500_000, North = 3_500_000;
    private static readonly CoverEnds Ends = new(0.05, 0.12, 0.20, 0.80, 0.86, 0.90);

    // Across the borders of windows of 512 pixels, with a corner outside the raster.
    private static readonly Polygon Site = Ring((-300, 400), (6200, 1500), (5100, 5900), (900, 5400), (-300, 400));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_figures_are_those_of_the_written_composite(int datesMin)
    {
        using var folder = new TempFolder();
        List<SceneSource> dates = [.. Enumerable.Range(0, 5).Select(d => Scene(folder, d))];
        SceneComposite.Write(dates, datesMin, Ends, folder["c.tif"], TiffCompression.None, 2, Ceiling);
        ValueTally written = SceneZones.ComputeValues(new(folder["c.tif"]), null, [Site], CoverageRule.Exact, 2, Ceiling)[0];
        ZoneFigures one = Compute(dates, datesMin, 1), three = Compute(dates, datesMin, 3);
        Assert.Equal(one, three);
        Assert.Equal(written.Count, one.Count, 1e-6);
        Assert.Equal(written.Mean!.Value, one.Mean!.Value, 1e-9);
        Assert.Equal((written.Min, written.Max), (one.Min, one.Max));
        // Every pixel of the site that lies in the raster has data on the first date, and not all have enough.
        double inside = SceneZones.Compute(
            dates[0] with { Mask = null }, [Site], null, CoverageRule.Exact, 2, Ceiling)[0].Count;
        Assert.Equal(one.Count / inside, one.ClearFraction!.Value, 1e-12);
        Assert.InRange(one.ClearFraction.Value, 0.5, datesMin == 1 ? 1 : 0.999);
        Assert.Equal(one.Count / 100, one.AreaHa!.Value, 1e-6);
    }

    [Fact]
    public void Open_water_of_the_composite_is_left_out_where_the_median_says_water()
    {
        using var folder = new TempFolder();
        // Two pixels: NDVI 0.5 on all dates; the first is wet (NDWI 0.2) on two of three dates, the second on one.
        GeoReference place = GeoReference.NorthUp(32651, West, North, 10);
        List<SceneSource> dates = [];
        foreach ((ushort first, ushort second) in ((ushort, ushort)[])[(450, 100), (450, 450), (100, 100)])
        {
            string name = $"{dates.Count}";
            GeoTiffWriter.WriteAll<ushort>(folder[name + "g.tif"], [first, second], 2, 1, place);
            GeoTiffWriter.WriteAll<ushort>(folder[name + "r.tif"], [100, 100], 2, 1, place);
            GeoTiffWriter.WriteAll<ushort>(folder[name + "n.tif"], [300, 300], 2, 1, place);
            dates.Add(new(new(folder[name + "r.tif"]), new(folder[name + "n.tif"]))
            {
                Green = new(folder[name + "g.tif"]), LeavesOutWater = true,
            });
        }
        Polygon both = Ring((0, 0), (20, 0), (20, 10), (0, 10), (0, 0));
        ZoneFigures wet = CompositeZones.Compute(dates, 3, [both], Ends, CoverageRule.Exact, 1, Ceiling)[0];
        Assert.Equal((2.0, 0.02, 0.01), (wet.Count, wet.AreaHa, wet.WaterHa));
        // (0.5 - 0.12) / (0.86 - 0.12) of the one pixel that is land.
        Assert.Equal(0.38 / 0.74, wet.Cover!.Value.Central, 1e-6);
        InputException dry = Assert.Throws<InputException>(() => CompositeZones.Compute(
            [dates[0], dates[1] with { Green = null }], 1, [both], Ends, CoverageRule.Exact, 1, Ceiling));
        Assert.Equal(folder["1r.tif"], dry.File);
    }

    [Fact]
    public void A_site_is_brought_to_the_zone_that_the_scene_was_delivered_in()
    {
        using var folder = new TempFolder();
        SceneSource scene = Scene(folder, 0);
        Polygon outline = Ring((1000, 1000), (2000, 1000), (2000, 2000), (1000, 2000), (1000, 1000));
        Assert.Same(outline, SiteOutline.In(outline, "EPSG:32651", scene.Red));
        // The same ground by the coordinates of the zone to the west, and back.
        GeoTiffWriter.WriteAll<ushort>(
            folder["west.tif"], [1], 1, 1, GeoReference.NorthUp(32650, West, North, 10));
        Polygon west = SiteOutline.In(outline, "EPSG:32651", new(folder["west.tif"]));
        Polygon back = SiteOutline.In(west, "EPSG:32650", scene.Red);
        Assert.True(west.Parts[0].Outer[0].X > outline.Parts[0].Outer[0].X + 100_000);
        foreach (Point corner in outline.Parts[0].Outer)
            Assert.Contains(back.Parts[0].Outer, p => Math.Abs(p.X - corner.X) < 0.003 && Math.Abs(p.Y - corner.Y) < 0.003);
        Assert.Throws<InputException>(() => SiteOutline.In(outline, "ETRS89", scene.Red));
    }

    [Fact]
    public void Dates_without_a_clear_pixel_give_none_and_a_date_cut_off_is_named()
    {
        using var folder = new TempFolder();
        List<SceneSource> dates = [.. Enumerable.Range(0, 3).Select(d => Scene(folder, d))];
        byte[] clouds = new byte[Width * Height];
        Array.Fill(clouds, (byte)9);
        GeoTiffWriter.WriteAll<byte>(
            folder["cloud.tif"], clouds, Width, Height, GeoReference.NorthUp(32651, West, North, 10));
        SceneMask all = new(new(folder["cloud.tif"]), MaskKind.Scl);
        Assert.Equal(
            new ZoneFigures(0, null, 0, null, null, null, null, null),
            Compute([.. dates.Select(d => d with { Mask = all })], 1, 2));
        byte[] whole = File.ReadAllBytes(folder["1n.tif"]);
        File.WriteAllBytes(folder["1n.tif"], whole[..(whole.Length / 2)]);
        Assert.Equal(folder["1n.tif"], Assert.Throws<InputException>(() => Compute(dates, 1, 2)).File);
    }

    private static ZoneFigures Compute(IReadOnlyList<SceneSource> dates, int datesMin, int threads) =>
        CompositeZones.Compute(dates, datesMin, [Site], Ends, CoverageRule.Exact, threads, Ceiling)[0];

    private static SceneSource Scene(TempFolder folder, int d)
    {
        GeoReference place = GeoReference.NorthUp(32651, West, North, 10);
        ushort[] red = new ushort[Width * Height], nir = new ushort[red.Length];
        byte[] scl = new byte[red.Length];
        for (int i = 0; i < red.Length; i++)
        {
            (int x, int y) = (i % Width, i / Width);
            // The first date shows all, the others less and less of the west.
            red[i] = x < 60 * d ? (ushort)0 : (ushort)(200 + (((x * 7) + (y * 13) + (d * 101)) % 997));
            nir[i] = (ushort)(300 + (((x * 31) + (y * 17) + (d * 57)) % 2003));
            scl[i] = ((x * 3) + (y * 5) + (d * 7)) % 4 == 0 ? (byte)9 : (byte)5;
        }
        string File(string band) => folder[$"{d}{band}.tif"];
        GeoTiffWriter.WriteAll<ushort>(File("r"), red, Width, Height, place, 0, TiffCompression.Zstd);
        GeoTiffWriter.WriteAll<ushort>(File("n"), nir, Width, Height, place, 0, TiffCompression.Zstd);
        GeoTiffWriter.WriteAll<byte>(File("m"), scl, Width, Height, place);
        return new(new(File("r")), new(File("n"))) { Mask = new(new(File("m")), MaskKind.Scl) };
    }

    // Corners in metres from the raster's north-west corner, y to the south.
    private static Polygon Ring(params (double X, double Y)[] corners) =>
        new([new PolygonPart([.. corners.Select(c => new Point(West + c.X, North - c.Y))], [])]);

    private static CancellationToken Ceiling => TestContext.Current.CancellationToken;
}
