using Monitor.Imagery;
using Monitor.Imagery.Gdal;
using Monitor.Imagery.Tiff;
using Monitor.Integration.Tests.Support;
using Monitor.Raster;
using Xunit;

namespace Monitor.Integration.Tests.Imagery;

/// <summary>
/// What masks real scenes, counted by NumPy apart: classes in their order, each pixel in the first that applies, as
/// <c>m = ((q >> bit) &amp; 1 == 1) &amp; rest; m.sum(); rest &amp;= ~m</c>.
/// </summary>
public sealed class SceneMaskCensusTests
{
    private static SceneSource Scene(string red, string nir, string mask, MaskKind kind, int dilate = 0) =>
        new(new(SharedData.Find(red)), new(SharedData.Find(nir)))
        {
            Mask = new SceneMask(new(SharedData.Find(mask)), kind, dilate),
        };

    private static IReadOnlyList<(string Class, long Pixels)>? Count(SceneSource scene, int threads = 2) =>
        SceneStatistics.Compute(scene, null, threads, TestContext.Current.CancellationToken).Masked;

    [Fact]
    public void Before_the_collections_clouds_snow_and_cirrus_have_levels()
    {
        const string File = SharedData.Perdido;
        SceneSource scene = Scene(File + "B4.tif", File + "B5.tif", File + "BQA.tif", MaskKind.BqaPre);
        Assert.Equal([("cloud", 56_182L), ("snow", 5), ("cirrus", 70_628)], Count(scene));
        // Grown by two pixels, 185,402 of the 251,266 clear ones are left (RealSceneTests).
        SceneSource grown = scene with { Mask = scene.Mask! with { Dilate = 2 } };
        foreach (int threads in (int[])[1, 3])
        {
            Assert.Equal(
                [("cloud", 56_182L), ("snow", 5), ("cirrus", 70_628), ("dilated", 251_266 - 185_402)], Count(grown, threads));
        }
    }

    [Fact]
    public void Collection_2_has_six_classes_and_a_scene_without_a_clear_pixel_is_all_masked()
    {
        const string Cloudy = SharedData.Landsat + "017036_20130419_20200913_02_T2_";
        const string Clearer = SharedData.Landsat + "008059_20191201_20200825_02_T1_";
        Assert.Equal(
            [("fill", 81_507L), ("cloud", 146_419), ("dilated-cloud", 5_753), ("cirrus", 2), ("cloud-shadow", 7_129)],
            Count(Scene(Clearer + "SR_B4.TIF", Clearer + "SR_B5.TIF", Clearer + "QA_PIXEL.TIF", MaskKind.QaPixel)));
        Assert.Equal(
            [("fill", 86_129L), ("cloud", 176_015)],
            Count(Scene(Cloudy + "SR_B4.TIF", Cloudy + "SR_B5.TIF", Cloudy + "QA_PIXEL.TIF", MaskKind.QaPixel)));
    }

    [Fact]
    public void A_coarser_mask_counts_in_pixels_of_the_scene_and_saturation_where_it_masks_alone()
    {
        using var folder = new TempFolder();
        GeoReference place = GeoReference.NorthUp(32651, 500_000, 3_500_000, 10);
        GeoTiffWriter.WriteAll<ushort>(folder["r.tif"], [.. Enumerable.Repeat((ushort)100, 16)], 4, 4, place);
        GeoTiffWriter.WriteAll<byte>(folder["m.tif"], [9, 4, 3, 5], 2, 2, place with { PixelWidth = 20, PixelHeight = -20 });
        // Saturated: one pixel under the cloud, which counts as cloud, and one that is clear otherwise.
        ushort[] bits = new ushort[16];
        bits[0] = bits[3] = 8;
        GeoTiffWriter.WriteAll<ushort>(folder["s.tif"], bits, 4, 4, place);
        var scene = new SceneSource(new(folder["r.tif"]), new(folder["r.tif"]))
        {
            Mask = new(new(folder["m.tif"]), MaskKind.Scl), Saturation = new(folder["s.tif"]),
        };
        Assert.Equal([("cloud-shadow", 4L), ("cloud-high", 4), ("saturated", 1)], Count(scene));
        Assert.Null(Count(scene with { Mask = null }));
    }

    [Fact]
    public async Task Stats_reports_the_classes_only_where_there_is_a_mask()
    {
        using var folder = new TempFolder();
        GeoReference place = GeoReference.NorthUp(32651, 500_000, 3_500_000, 10);
        foreach ((string band, ushort dn) in ((string, ushort)[])[("r", 100), ("n", 300), ("g", 400)])
            GeoTiffWriter.WriteAll<ushort>(folder[band + ".tif"], [.. Enumerable.Repeat(dn, 16)], 4, 4, place);
        GeoTiffWriter.WriteAll<byte>(folder["m.tif"], [.. Enumerable.Repeat((byte)4, 12), 8, 8, 10, 6], 4, 4, place);
        string[] scene = ["scene", "stats", "--red", folder["r.tif"], "--nir", folder["n.tif"], "--json"];
        MonitorProgram run = await MonitorProgram.RunAsync(
            [.. scene, "--mask", folder["m.tif"], "--mask-kind", "scl", "--green", folder["g.tif"]]);
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal("{\"cloud-medium\":2,\"cirrus\":1}", run.Json.GetProperty("masked").GetRawText());
        // NDWI (400 − 300) / 700 everywhere: thirteen clear pixels of 100 m², all of them open water.
        Assert.Equal(0.13, run.Json.GetProperty("areaHa").GetDouble(), 1e-12);
        Assert.Equal(0.13, run.Json.GetProperty("waterHa").GetDouble(), 1e-12);
        MonitorProgram plain = await MonitorProgram.RunAsync(scene);
        Assert.False(plain.Json.TryGetProperty("masked", out _) || plain.Json.TryGetProperty("waterHa", out _));
    }
}
