using Monitor.Domain;
using Monitor.Imagery;
using Monitor.Imagery.Gdal;
using Monitor.Imagery.Tiff;
using Monitor.Integration.Tests.Support;
using Monitor.Raster;
using Xunit;

namespace Monitor.Integration.Tests.Imagery;

/// <summary>
/// Five dates of 40 × 30 pixels, given by formulas, against NumPy:
/// <code>
/// y, x = np.mgrid[0:30, 0:40]
/// red = 200 + (x*7 + y*13 + d*101) % 997;  nir = 300 + (x*31 + y*17 + d*57) % 2003
/// v = np.where((x &lt; 4*d) | ((x*3 + y*5 + d*7) % 4 == 0), np.nan, ((nir - red) / (nir + red)).astype('f4'))
/// m = np.nanmedian(stack, axis=0);  w = m[(~np.isnan(stack)).sum(0) >= N];  w.mean(), w.min(), w.max()
/// </code>
/// </summary>
public sealed class SceneCompositeTests
{
    private const int Width = 40, Height = 30, Dates = 5;
    private const double West = 500_000, North = 3_500_000;
    private static readonly CoverEnds Ends = new(0.05, 0.10, 0.20, 0.80, 0.86, 0.90);

    // A date, cut to a window of the whole picture: scenes of one place begin and end elsewhere on each date.
    private static SceneSource Scene(TempFolder folder, int d, RasterWindow cut, string name = "", double shift = 0)
    {
        GeoReference place = GeoReference.NorthUp(32651, West + (cut.X * 10) + shift, North - (cut.Y * 10), 10);
        ushort[] red = new ushort[cut.Area], nir = new ushort[cut.Area];
        byte[] scl = new byte[cut.Area];
        for (int i = 0; i < cut.Area; i++)
        {
            int x = cut.X + (i % cut.Width), y = cut.Y + (i / cut.Width);
            red[i] = x < 4 * d ? (ushort)0 : (ushort)(200 + (((x * 7) + (y * 13) + (d * 101)) % 997));
            nir[i] = (ushort)(300 + (((x * 31) + (y * 17) + (d * 57)) % 2003));
            scl[i] = ((x * 3) + (y * 5) + (d * 7)) % 4 == 0 ? (byte)9 : (byte)5;
        }
        string File(string band) => folder[$"{name}{d}{band}.tif"];
        GeoTiffWriter.WriteAll<ushort>(File("r"), red, cut.Width, cut.Height, place, 0);
        GeoTiffWriter.WriteAll<ushort>(File("n"), nir, cut.Width, cut.Height, place);
        GeoTiffWriter.WriteAll<byte>(File("m"), scl, cut.Width, cut.Height, place);
        return new(new(File("r")), new(File("n"))) { Mask = new(new(File("m")), MaskKind.Scl) };
    }

    private static List<SceneSource> Season(TempFolder folder) =>
        [.. Enumerable.Range(0, Dates).Select(d => Scene(folder, d, new(0, 0, Width, Height)))];

    private static CompositeFigures Write(IReadOnlyList<SceneSource> scenes, int min, string path, int threads = 2) =>
        SceneComposite.Write(scenes, min, Ends, path, TiffCompression.None, threads, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData(1, 1170, 0.28518005904988347, 0.1576642394065857, 0.43120241165161133, 0.2436579724340572)]
    [InlineData(3, 870, 0.3066354886382476, 0.19421102106571198, 0.43120241165161133, 0.27188880083979944)]
    [InlineData(4, 540, 0.3198351091808743, 0.20702776312828064, 0.43120241165161133, 0.28925672260641355)]
    public void The_medians_and_their_figures_are_NumPys(
        int min, long enough, double mean, double low, double high, double cover)
    {
        using var folder = new TempFolder();
        CompositeFigures figures = Write(Season(folder), min, folder["c.tif"]);
        Assert.Equal((1200, enough), (figures.Tally.Eligible, figures.Tally.Count));
        Assert.Equal(enough / 1200.0, figures.Tally.ClearFraction);
        Assert.Equal(mean, figures.Tally.Mean!.Value, 1e-6);
        Assert.Equal((low, high), (figures.Tally.Min, figures.Tally.Max));
        Assert.Equal(cover, figures.Tally.Cover!.Value.Central, 1e-6);
        Assert.Equal(1200 - enough, Pixels(folder["c.tif"]).Count(v => v == NdviKernel.NoData));
    }

    [Fact]
    public void Any_number_of_threads_and_any_order_of_the_dates_gives_the_same_bytes()
    {
        using var folder = new TempFolder();
        List<SceneSource> season = Season(folder);
        Write(season, 3, folder["a.tif"], 1);
        Write([.. Enumerable.Reverse(season)], 3, folder["b.tif"], 3);
        Assert.Equal(File.ReadAllBytes(folder["a.tif"]), File.ReadAllBytes(folder["b.tif"]));
    }

    [Fact]
    public void Dates_that_show_only_a_part_count_where_they_show_it()
    {
        using var folder = new TempFolder();
        SceneSource whole = Scene(folder, 0, new(0, 0, Width, Height));
        // The second date runs beyond the grid in the south-east and lacks its north-west; the third lies apart.
        SceneSource part = Scene(folder, 1, new(10, 12, Width, Height)), apart = Scene(folder, 2, new(100, 100, 8, 8));
        CompositeFigures one = Write([whole, part, apart], 1, folder["one.tif"]);
        CompositeFigures two = Write([whole, part, apart], 2, folder["two.tif"]);
        Assert.Equal((Width, Height), (one.Shape.Width, one.Shape.Height));
        Assert.Equal(1200, one.Tally.Eligible);
        // Clear on the second date too: in its part, and under no cloud on either.
        int both = Enumerable.Range(0, Width * Height).Count(i => i % Width >= 10 && i / Width >= 12
            && Clear(i % Width, i / Width, 0) && Clear(i % Width, i / Width, 1));
        Assert.Equal(both, two.Tally.Count);
        int any = Enumerable.Range(0, Width * Height).Count(i => Clear(i % Width, i / Width, 0)
            || (i % Width >= 10 && i / Width >= 12 && Clear(i % Width, i / Width, 1)));
        Assert.Equal(any, one.Tally.Count);

        static bool Clear(int x, int y, int d) => x >= 4 * d && ((x * 3) + (y * 5) + (d * 7)) % 4 != 0;
    }

    [Fact]
    public void Dates_whose_pixels_do_not_fall_together_are_refused_and_nothing_is_left()
    {
        using var folder = new TempFolder();
        SceneSource first = Scene(folder, 0, new(0, 0, Width, Height));
        SceneSource off = Scene(folder, 1, new(0, 0, Width, Height), "off", shift: 5);
        InputException refused = Assert.Throws<InputException>(() => Write([first, off], 1, folder["c.tif"]));
        Assert.Equal(folder["off1r.tif"], refused.File);
        Assert.Contains("do not fall on", refused.Message, StringComparison.Ordinal);
        Assert.Equal("--min-dates", Assert.Throws<InputException>(() => Write([first], 2, folder["c.tif"])).Field);
        Assert.Contains("two scenes", Assert.Throws<InputException>(
            () => Write([first, first], 1, folder["c.tif"])).Message, StringComparison.Ordinal);
        Assert.Equal("--item", Assert.Throws<InputException>(() => Write([], 1, folder["c.tif"])).Field);
        Assert.DoesNotContain(folder.Names, name => name.Contains("c.tif", StringComparison.Ordinal));
    }

    private static float[] Pixels(string file)
    {
        using RasterBand band = RasterBand.Open(new(file));
        double[] values = new double[band.Width * band.Height];
        band.Read(0, 0, band.Width, band.Height, values);
        return [.. values.Select(v => (float)v)];
    }
}
