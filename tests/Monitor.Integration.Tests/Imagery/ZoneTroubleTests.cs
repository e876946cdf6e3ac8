using System.Diagnostics;
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

/// <summary>Polygons over scenes of many blocks, and over scenes that are broken, tiny, huge or empty.</summary>
public sealed class ZoneTroubleTests
{
    private const int Width = 1500, Height = 1300;
    private static readonly GeoReference Place = GeoReference.NorthUp(32651, 500_000, 3_500_000, 10);
    private static readonly CoverEnds Ends = new(0.05, 0.10, 0.20, 0.80, 0.86, 0.90);

    private static SceneSource Scene(TempFolder folder, TiffCompression compression)
    {
        ushort[] red = new ushort[Width * Height], nir = new ushort[red.Length], green = new ushort[red.Length];
        byte[] scl = new byte[red.Length / 4];
        for (int i = 0; i < red.Length; i++)
        {
            int x = i % Width, y = i / Width;
            red[i] = (ushort)(x < 60 ? 0 : 200 + (((x * 7) + (y * 13)) % 997));
            nir[i] = (ushort)(300 + (((x * 31) + (y * 17)) % 2003));
            green[i] = (ushort)(250 + (((x * 11) + (y * 3)) % 1501));
        }
        for (int i = 0; i < scl.Length; i++) scl[i] = (byte)(i % 7 == 0 ? 9 : 4 + (i % 3));
        GeoTiffWriter.WriteAll<ushort>(folder["r.tif"], red, Width, Height, Place, 0, compression);
        GeoTiffWriter.WriteAll<ushort>(folder["n.tif"], nir, Width, Height, Place, 0, compression);
        GeoTiffWriter.WriteAll<ushort>(folder["g.tif"], green, Width, Height, Place, 0, compression);
        GeoReference coarse = Place with { PixelWidth = 20, PixelHeight = -20 };
        GeoTiffWriter.WriteAll<byte>(folder["m.tif"], scl, Width / 2, Height / 2, coarse, null, compression);
        return new(new(folder["r.tif"]), new(folder["n.tif"])) { Mask = new(new(folder["m.tif"]), MaskKind.Scl, 1) };
    }

    private static Polygon Ring(IEnumerable<(double X, double Y)> corners)
    {
        List<Point> ring = [.. corners.Select(c => new Point(c.X, c.Y))];
        return new([new PolygonPart([.. ring, ring[0]], [])]);
    }

    private static Polygon Box(double west, double south, double east, double north) =>
        Ring([(west, south), (east, south), (east, north), (west, north)]);

    // Stars of all sizes, some over several blocks, some beyond the scene.
    private static List<Polygon> Stars()
    {
        List<Polygon> stars = [];
        for (int i = 0; i < 40; i++)
        {
            double x = 500_000 + (i * 7919 % 15_000), y = 3_500_000 - (i * 4241 % 13_000), radius = 60 + (i * i * 3);
            stars.Add(Ring(Enumerable.Range(0, 14).Select(k => (
                x + (radius * (k % 2 == 0 ? 1 : 0.55) * Math.Cos((k + 0.3) * Math.Tau / 14)),
                y + (radius * (k % 2 == 0 ? 1 : 0.55) * Math.Sin((k + 0.3) * Math.Tau / 14))))));
        }
        return stars;
    }

    private static IReadOnlyList<ZoneFigures> Figures(SceneSource scene, IReadOnlyList<Polygon> zones, int threads = 2) =>
        SceneZones.Compute(scene, zones, Ends, CoverageRule.Exact, threads, TestContext.Current.CancellationToken);

    [Fact]
    public void Polygons_together_have_the_figures_each_has_alone_for_any_number_of_threads_and_any_packing()
    {
        using TempFolder folder = new(), packed = new();
        SceneSource raw = Scene(folder, TiffCompression.None), deflated = Scene(packed, TiffCompression.Deflate);
        List<Polygon> stars = Stars();
        IReadOnlyList<ZoneFigures> together = Figures(raw, stars, 1);
        foreach (int threads in (int[])[2, 5]) Assert.Equal(together, Figures(deflated, stars, threads));
        for (int i = 0; i < stars.Count; i += 3) Assert.Equal([together[i]], Figures(raw, [stars[i]]));
        Assert.True(together.Count(f => f.Count > 0) > 35);
        // The whole scene as a polygon is the scene.
        ZoneFigures whole = SceneZones.ComputeWhole(raw, 3, TestContext.Current.CancellationToken)!;
        RasterTally tally = SceneStatistics.Compute(raw, null, 2, TestContext.Current.CancellationToken).Tally;
        Assert.Equal(
            ((double)tally.Count, tally.ClearFraction, tally.Mean, tally.Min, tally.Max),
            (whole.Count, whole.ClearFraction, whole.Mean, whole.Min, whole.Max));
    }

    [Fact]
    public void Open_water_is_measured_and_left_out_of_the_cover_only_when_asked()
    {
        using var folder = new TempFolder();
        SceneSource scene = Scene(folder, TiffCompression.None) with { Green = new(folder["g.tif"]) };
        Polygon zone = Box(506_000, 3_494_000, 507_000, 3_495_000);
        ZoneFigures counted = Figures(scene, [zone])[0], dry = Figures(scene with { LeavesOutWater = true }, [zone])[0];
        (long water, double covers, double without, long clear) = (0, 0, 0, 0);
        for (int y = 500; y < 600; y++)
        {
            for (int x = 600; x < 700; x++)
            {
                double r = 200 + (((x * 7) + (y * 13)) % 997), n = 300 + (((x * 31) + (y * 17)) % 2003);
                double g = 250 + (((x * 11) + (y * 3)) % 1501);
                if (!Clear(x / 2, y / 2)) continue;
                double cover = Ends.Central.Of((float)((n - r) / (n + r)));
                clear++;
                covers += cover;
                if (g >= n) water++;
                else without += cover;
            }
        }
        Assert.Equal((double)clear, counted.Count);
        Assert.Equal(water * 100 / 10_000.0, counted.WaterHa!.Value, 1e-9);
        Assert.Equal(counted.WaterHa, dry.WaterHa);
        Assert.Equal((counted.Count, counted.Mean, counted.AreaHa), (dry.Count, dry.Mean, dry.AreaHa));
        Assert.Equal(covers / clear, counted.Cover!.Value.Central, 1e-7);
        Assert.Equal(without / (clear - water), dry.Cover!.Value.Central, 1e-7);
        Assert.InRange(water, 1, clear - 1);
        Assert.Null(Figures(scene with { Green = null }, [zone])[0].WaterHa);
        Assert.Throws<InputException>(() => Figures(scene with { Green = null, LeavesOutWater = true }, [zone]));

        // Grown by one pixel of the mask: no cloud (every seventh number) in the eight around it.
        static bool Clear(int x, int y)
        {
            for (int dy = -1; dy <= 1; dy++)
                for (int dx = -1; dx <= 1; dx++)
                    if ((((y + dy) * (Width / 2)) + x + dx) % 7 == 0) return false;
            return true;
        }
    }

    [Fact]
    public void A_scene_cut_off_and_a_wrong_byte_in_a_block_are_named_with_the_file()
    {
        using var folder = new TempFolder();
        SceneSource scene = Scene(folder, TiffCompression.Deflate);
        byte[] whole = File.ReadAllBytes(folder["n.tif"]);
        File.WriteAllBytes(folder["n.tif"], whole[..(whole.Length / 2)]);
        InputException cut = Assert.Throws<InputException>(() => Figures(scene, [Box(500_000, 3_487_000, 515_000, 3_500_000)]));
        Assert.Equal(folder["n.tif"], cut.File);
        byte[] wrong = [.. whole];
        wrong[FirstByteOfTile(whole, 4)] ^= 0x5A;
        File.WriteAllBytes(folder["n.tif"], wrong);
        InputException bad = Assert.Throws<InputException>(() => Figures(scene, [Box(500_000, 3_487_000, 515_000, 3_500_000)]));
        Assert.Equal(folder["n.tif"], bad.File);
    }

    // TIFF 6.0: the directory's tag 324 points to the tiles' offsets; all little-endian here.
    private static int FirstByteOfTile(byte[] file, int tile)
    {
        int directory = BitConverter.ToInt32(file, 4);
        for (int i = 0; i < BitConverter.ToUInt16(file, directory); i++)
        {
            int entry = directory + 2 + (12 * i);
            if (BitConverter.ToUInt16(file, entry) != 324) continue;
            return BitConverter.ToInt32(file, BitConverter.ToInt32(file, entry + 8) + (4 * tile));
        }
        throw new InvalidDataException("The file has no tiles.");
    }

    [Fact]
    public void A_raster_of_one_pixel_and_a_scene_without_a_clear_one()
    {
        using var folder = new TempFolder();
        GeoTiffWriter.WriteAll<ushort>(folder["r.tif"], [100], 1, 1, Place, 0);
        GeoTiffWriter.WriteAll<ushort>(folder["n.tif"], [300], 1, 1, Place, 0);
        GeoTiffWriter.WriteAll<byte>(folder["m.tif"], [9], 1, 1, Place);
        SceneSource one = new(new(folder["r.tif"]), new(folder["n.tif"]));
        Polygon corner = Box(499_990, 3_499_995, 500_005, 3_500_100);
        ZoneFigures quarter = Figures(one, [corner])[0];
        Assert.Equal((0.25, 0.5, 0.25 * 100 / 10_000), (quarter.Count, quarter.Mean, quarter.AreaHa));
        ZoneFigures clouded = Figures(one with { Mask = new(new(folder["m.tif"]), MaskKind.Scl) }, [corner])[0];
        Assert.Equal(new ZoneFigures(0, null, 0, null, null, null, null, null), clouded);
        ValueTally tally = SceneZones.ComputeValues(
            new(folder["n.tif"]), null, [corner], CoverageRule.Exact, 2, TestContext.Current.CancellationToken)[0];
        Assert.Equal((0.25, 300.0, 0.0), (tally.Count, tally.Mean, tally.StandardDeviation));
    }

    [Fact]
    public async Task A_sparse_raster_of_40000_by_40000_is_read_only_where_a_polygon_lies()
    {
        using var folder = new TempFolder();
        foreach (string band in (string[])["r.tif", "n.tif"]) await SparseAsync(folder[band]);
        SceneSource scene = new(new(folder["r.tif"]), new(folder["n.tif"]));
        Polygon[] zones = [Box(600_000, 3_300_000, 601_000, 3_301_000), Box(899_995, 3_100_000, 950_000, 3_100_005)];
        // Nothing was ever written there: both bands are 0, which no index can be made of.
        IReadOnlyList<ZoneFigures> figures = Figures(scene, zones);
        Assert.All(figures, f => Assert.Equal(new ZoneFigures(0, null, 0, null, null, null, null, null), f));
        // Where 0 says that nothing was measured, there is no pixel at all.
        Assert.All(Figures(scene with { NoData = 0 }, zones), f => Assert.Null(f.ClearFraction));
    }

    private static async Task SparseAsync(string path)
    {
        string[] arguments =
        [
            "-q", "-of", "GTiff", "-ot", "UInt16", "-outsize", "40000", "40000", "-a_srs", "EPSG:32651",
            "-a_ullr", "500000", "3500000", "900000", "3100000", "-co", "TILED=YES", "-co", "SPARSE_OK=TRUE",
            "-co", "COMPRESS=DEFLATE", path,
        ];
        using Process process = Process.Start("gdal_create", arguments);
        using var ceiling = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(ceiling.Token);
        Assert.Equal(0, process.ExitCode);
        Assert.InRange(new FileInfo(path).Length, 1, 1 << 20);
    }
}
