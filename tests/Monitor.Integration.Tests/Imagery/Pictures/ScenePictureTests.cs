using Monitor.Domain.Readings;
using Monitor.Imagery;
using Monitor.Imagery.Gdal;
using Monitor.Imagery.Pictures;
using Monitor.Imagery.Products;
using Monitor.Imagery.Tiff;
using Monitor.Raster;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Imagery.Pictures;

public sealed class ScenePictureTests
{
    private static readonly Rgb Grey = new(0x94, 0x99, 0x9C), White = new(255, 255, 255);
    private static readonly Rgb Hatch = new(0xE4, 0xE4, 0xDF);

    [Fact]
    public void Ramps_grow_darker_at_every_step_and_are_never_the_masks_grey()
    {
        foreach (ColourRamp ramp in (ColourRamp[])[ColourRamp.Ndvi, ColourRamp.Cover])
        {
            Rgb[] colours = [.. Enumerable.Range(0, 101).Select(i =>
                ramp.Of(ramp.Least + (i / 100.0 * (ramp.Most - ramp.Least))))];
            for (int i = 1; i < colours.Length; i++)
                Assert.True(colours[i].Luminance < colours[i - 1].Luminance, $"step {i} is not darker");
            Assert.All(colours, c => Assert.True(Distance(c, Grey) > 40, $"{c} is nearly the grey of the mask"));
            Assert.Equal(colours[0], ramp.Of(-1));
            Assert.Equal(colours[^1], ramp.Of(1));
        }
    }

    private static double Distance(Rgb a, Rgb b) =>
        Math.Sqrt(Math.Pow(a.R - b.R, 2) + Math.Pow(a.G - b.G, 2) + Math.Pow(a.B - b.B, 2));

    // 4 × 4 pixels: the upper left is nodata, the upper right quarter is cloud, the rest NDVI 0.5.
    private static SceneProduct Scene(TempFolder folder)
    {
        GeoReference place = GeoReference.NorthUp(32651, 500_000, 3_500_000, 10);
        ushort[] red = [0, .. Enumerable.Repeat((ushort)100, 15)], nir = [.. Enumerable.Repeat((ushort)300, 16)];
        GeoTiffWriter.WriteAll<ushort>(folder["r.tif"], red, 4, 4, place, 0);
        GeoTiffWriter.WriteAll<ushort>(folder["n.tif"], nir, 4, 4, place, 0);
        GeoTiffWriter.WriteAll<byte>(
            folder["m.tif"], [4, 9, 5, 6], 2, 2, place with { PixelWidth = 20, PixelHeight = -20 });
        var source = new SceneSource(new(folder["r.tif"]), new(folder["n.tif"]))
        {
            Mask = new SceneMask(new(folder["m.tif"]), MaskKind.Scl),
        };
        return new SceneProduct("SCENE-1 (东岸)", new Instant(0), source);
    }

    [Fact]
    public void The_map_has_the_ramps_colour_grey_under_the_mask_and_hatches_without_data()
    {
        using var folder = new TempFolder();
        ScenePicture.Write(Scene(folder), null, folder["p.png"], 1, TestContext.Current.CancellationToken);
        (int width, int height, Func<int, int, Rgb> at) = Read(folder["p.png"]);
        // 640 pixels of map, 160 to a pixel of the scene: margins, legend, header and footer around it.
        Assert.Equal((36 + 640 + 32 + 132 + 36, 116 + 640 + 58), (width, height));
        Rgb Map(int x, int y) => at(36 + (160 * x) + 80, 116 + (160 * y) + 80);
        Assert.Contains(Map(0, 0), (Rgb[])[White, Hatch]);
        Assert.Equal(ColourRamp.Ndvi.Of(0.5), Map(1, 0));
        Assert.Equal(Grey, Map(2, 1));
        Assert.Equal(ColourRamp.Ndvi.Of(0.5), Map(3, 3));

        // (0.5 − 0.1) / 0.8
        ScenePicture.Write(
            Scene(folder), new CoverLine(0.1, 0.9), folder["p.png"], 1, TestContext.Current.CancellationToken);
        at = Read(folder["p.png"]).At;
        Assert.Equal(ColourRamp.Cover.Of(0.5), Map(3, 3));
        Assert.Equal(["m.tif", "n.tif", "p.png", "r.tif"], folder.Names);
    }

    [Fact]
    public void A_large_scene_is_reduced_to_means_that_threads_do_not_change()
    {
        const int Width = 2500, Height = 1300; // squares of 3 x 3 pixels: 834 x 434
        using var folder = new TempFolder();
        ushort[] red = new ushort[Width * Height], nir = new ushort[Width * Height];
        for (int i = 0; i < red.Length; i++)
            (red[i], nir[i]) = ((ushort)(1 + (i * 31 % 3001)), (ushort)(1 + (i * 17 % 5003)));
        GeoTiffWriter.WriteAll<ushort>(folder["r.tif"], red, Width, Height, null);
        GeoTiffWriter.WriteAll<ushort>(folder["n.tif"], nir, Width, Height, null);
        var scene = new SceneProduct("large", null, new SceneSource(new(folder["r.tif"]), new(folder["n.tif"])));
        ScenePicture.Write(scene, null, folder["one.png"], 1, TestContext.Current.CancellationToken);
        ScenePicture.Write(scene, null, folder["four.png"], 4, TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllBytes(folder["one.png"]), File.ReadAllBytes(folder["four.png"]));

        double sum = 0;
        for (int y = 300; y < 303; y++)
        {
            for (int at = (y * Width) + 600; at < (y * Width) + 603; at++)
                sum += (nir[at] - red[at]) / (double)(nir[at] + red[at]);
        }
        Assert.Equal(ColourRamp.Ndvi.Of(sum / 9), Read(folder["one.png"]).At(36 + 200, 116 + 100));
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_an_environment_fault_and_leaves_nothing()
    {
        using var folder = new TempFolder();
        var fault = Assert.Throws<ImageryUnavailableException>(() => ScenePicture.Write(
            Scene(folder), null, folder["none/p.png"], 1, TestContext.Current.CancellationToken));
        Assert.Contains("p.png", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_glyph_has_ink_within_its_width_and_no_two_look_alike()
    {
        const string All = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.,:-_+−=/()#%·";
        var seen = new HashSet<string>();
        foreach (char c in All)
        {
            var canvas = new PictureCanvas(60, 60, White);
            StrokeFont.Draw(canvas, $"{c}", 10, 40, 21, 2, new Rgb(0, 0, 0));
            int right = 10 + (int)StrokeFont.Width($"{c}", 21) + 2;
            string pixels = string.Concat(Enumerable.Range(0, 60).Select(y => Convert.ToHexString(canvas.Row(y))));
            Assert.True(seen.Add(pixels), $"'{c}' looks like another");
            for (int y = 0; y < 60; y++)
            {
                bool beyond = canvas.Row(y)[(right * 3)..].IndexOfAnyExcept((byte)255) >= 0;
                Assert.False(beyond, $"'{c}' is wider than it says");
            }
        }
        Assert.Equal("abc..", StrokeFont.Fit("abcdefghij", 7, StrokeFont.Width("abc..", 7)));
    }

    // By GDAL's own PNG reader, which checks every chunk's sum.
    private static (int Width, int Height, Func<int, int, Rgb> At) Read(string file)
    {
        byte[][] bands = new byte[3][];
        (int width, int height) = (0, 0);
        for (int b = 0; b < 3; b++)
        {
            using RasterBand band = RasterBand.Open(new(file, b + 1));
            (width, height) = (band.Width, band.Height);
            ushort[] values = new ushort[width * height];
            band.Read(0, 0, width, height, values);
            bands[b] = Array.ConvertAll(values, v => (byte)v);
        }
        return (width, height, (x, y) =>
            new Rgb(bands[0][(y * width) + x], bands[1][(y * width) + x], bands[2][(y * width) + x]));
    }
}
