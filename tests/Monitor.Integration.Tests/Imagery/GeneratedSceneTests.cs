using Monitor.Domain;
using Monitor.Imagery.Gdal;
using Monitor.Imagery.Tiff;
using Monitor.Imagery;
using Monitor.Integration.Tests.Support;
using Monitor.Raster;
using Xunit;

namespace Monitor.Integration.Tests.Imagery;

/// <summary>
/// Scenes of our own making: 4 x 4 pixels where red is 100 and NIR 300, NDVI 0.5, but for what a test changes.
/// </summary>
public sealed class GeneratedSceneTests
{
    private static readonly GeoReference Place = GeoReference.NorthUp(32651, 500_000, 3_500_000, 10);
    private static readonly GeoReference Coarse = Place with { PixelWidth = 20, PixelHeight = -20 };

    [Fact]
    public void Every_data_type_is_read()
    {
        Check<byte>(100, 200, 0);
        Check<ushort>(100, 200, 0);
        Check<short>(100, 200, -9999);
        Check<int>(100, 200, int.MinValue);
        Check<uint>(100, 200, uint.MaxValue);
        Check<float>(0.1f, 0.2f, -3.4e38);
        Check<double>(0.1, 0.2, -1.5);
    }

    private static void Check<T>(T red, T nir, double noData) where T : unmanaged, System.Numerics.INumberBase<T>
    {
        using var folder = new TempFolder();
        T[] r = [.. Enumerable.Repeat(red, 16)], n = [.. Enumerable.Repeat(nir, 16)];
        n[5] = T.CreateTruncating(noData);
        GeoTiffWriter.WriteAll<T>(folder["r.tif"], r, 4, 4, Place, noData);
        GeoTiffWriter.WriteAll<T>(folder["n.tif"], n, 4, 4, Place, noData);
        RasterTally tally = SceneStatistics.Compute(
            new(new(folder["r.tif"]), new(folder["n.tif"])), null, 1, TestContext.Current.CancellationToken).Tally;
        Assert.Equal((15, 15), (tally.Count, tally.Eligible));
        Assert.Equal(1 / 3.0, tally.Mean!.Value, 1e-6);
    }

    [Fact]
    public void The_nodata_given_by_hand_goes_before_the_files_own()
    {
        using var folder = new TempFolder();
        ushort[] red = [.. Enumerable.Repeat((ushort)100, 16)], nir = [.. Enumerable.Repeat((ushort)300, 16)];
        (red[0], nir[1]) = (7, 9);
        SceneSource source = Write(folder, red, nir, noData: 9);
        Assert.Equal(15, Count(source));
        Assert.Equal(15, Count(source with { NoData = 7 }));
        Assert.Equal(16, Count(source with { NoData = 8 }));
    }

    [Fact]
    public void NaN_in_a_float_band_is_nodata()
    {
        using var folder = new TempFolder();
        float[] red = [.. Enumerable.Repeat(0.1f, 16)], nir = [.. Enumerable.Repeat(0.3f, 16)];
        red[3] = float.NaN;
        GeoTiffWriter.WriteAll<float>(folder["r.tif"], red, 4, 4, Place);
        GeoTiffWriter.WriteAll<float>(folder["n.tif"], nir, 4, 4, Place);
        SceneSource source = new(new(folder["r.tif"]), new(folder["n.tif"]));
        SceneRasters.WriteNdvi(source, folder["v.tif"], TiffCompression.None, 1, TestContext.Current.CancellationToken);
        using RasterBand written = RasterBand.Open(new(folder["v.tif"]));
        double[] v = new double[16];
        written.Read(0, 0, 4, 4, v);
        Assert.Equal(-9999, v[3]);
        Assert.Equal(0.5, v[4], 1e-6);
    }

    [Theory]
    [InlineData(0, 12)] // one mask pixel of 2 x 2 is cloud: 16 - 4
    [InlineData(1, 0)] // grown by one of the mask's own pixels it fills the 2 x 2 mask
    public void A_mask_coarser_by_a_whole_factor_is_spread_over_the_pixels(int dilate, int expected)
    {
        using var folder = new TempFolder();
        SceneSource source = Write(folder, Fill(100), Fill(300));
        GeoTiffWriter.WriteAll<byte>(folder["scl.tif"], [4, 5, 9, 6], 2, 2, Coarse);
        source = source with { Mask = new SceneMask(new(folder["scl.tif"]), MaskKind.Scl, dilate) };
        Assert.Equal(expected, Count(source));
        SceneRasters.WriteMask(source, folder["m.tif"], TiffCompression.None, 1, TestContext.Current.CancellationToken);
        using RasterBand written = RasterBand.Open(new(folder["m.tif"]));
        double[] m = new double[16];
        written.Read(0, 0, 4, 4, m);
        Assert.Equal(expected, m.Sum());
        Assert.Equal(0, m[8]); // row 2, column 0: under the cloud
    }

    [Fact]
    public void A_large_scene_cut_into_many_windows_masks_and_dilates_across_their_seams()
    {
        // 2,300 x 1,200 in tiles of 512: windows meet inside; a mask of half the size, 3 pixels of dilation.
        const int Width = 2300, Height = 1200;
        using var folder = new TempFolder();
        ushort[] red = new ushort[Width * Height], nir = new ushort[Width * Height];
        byte[] scl = new byte[Width * Height / 4];
        for (int i = 0; i < red.Length; i++) (red[i], nir[i]) = ((ushort)((i * 31) % 3001), (ushort)((i * 17) % 5003));
        for (int i = 0; i < scl.Length; i++)
            scl[i] = (i * 7919L) % 1009 == 0 ? (byte)9 : (i * 104729L) % 997 == 0 ? (byte)0 : (byte)4;
        SceneSource source = Write(folder, red, nir, Width, Height, 0);
        GeoTiffWriter.WriteAll<byte>(
            folder["scl.tif"], scl, Width / 2, Height / 2, Coarse);
        source = source with { Mask = new SceneMask(new(folder["scl.tif"]), MaskKind.Scl, 3) };

        (long expected, double sum) = Definition(red, nir, scl, Width, Height, 3);
        RasterTally one = SceneStatistics.Compute(source, null, 1, TestContext.Current.CancellationToken).Tally;
        RasterTally four = SceneStatistics.Compute(source, null, 4, TestContext.Current.CancellationToken).Tally;
        Assert.Equal(expected, one.Count);
        Assert.Equal(sum / expected, one.Mean!.Value, 1e-8);
        Assert.Equal((one.Count, one.Sum, one.SumOfSquares), (four.Count, four.Sum, four.SumOfSquares));
    }

    private static (long Count, double Sum) Definition(
        ushort[] red, ushort[] nir, byte[] scl, int width, int height, int n)
    {
        int mw = width / 2, mh = height / 2;
        bool[] clear = new bool[scl.Length];
        for (int i = 0; i < scl.Length; i++) clear[i] = scl[i] == 4;
        for (int i = 0; i < scl.Length; i++)
        {
            if (scl[i] != 9) continue;
            for (int y = Math.Max(0, (i / mw) - n); y <= Math.Min(mh - 1, (i / mw) + n); y++)
                for (int x = Math.Max(0, (i % mw) - n); x <= Math.Min(mw - 1, (i % mw) + n); x++)
                    clear[(y * mw) + x] = false;
        }
        (long count, double sum) = (0, 0);
        for (int i = 0; i < red.Length; i++)
        {
            if (red[i] == 0 || nir[i] == 0 || !clear[(i / width / 2 * mw) + (i % width / 2)]) continue;
            count++;
            sum += (nir[i] - red[i]) / (double)(nir[i] + red[i]);
        }
        return (count, sum);
    }

    [Fact]
    public void Bands_of_different_size_are_refused_with_both_sizes()
    {
        using var folder = new TempFolder();
        GeoTiffWriter.WriteAll<ushort>(folder["r.tif"], Fill(1), 4, 4, Place);
        GeoTiffWriter.WriteAll<ushort>(folder["n.tif"], Fill(1), 8, 2, Place);
        var fault = Assert.Throws<InputException>(() => Count(new(new(folder["r.tif"]), new(folder["n.tif"]))));
        Assert.Contains("8 x 2", fault.Message, StringComparison.Ordinal);
        Assert.Contains("4 x 4", fault.Message, StringComparison.Ordinal);
        Assert.Equal(folder["n.tif"], fault.File);
    }

    [Fact]
    public void A_mask_that_is_not_coarser_by_a_whole_factor_is_refused_with_both_sizes()
    {
        using var folder = new TempFolder();
        SceneSource source = Write(folder, Fill(100), Fill(300));
        GeoTiffWriter.WriteAll<byte>(folder["scl.tif"], new byte[9], 3, 3, null);
        var fault = Assert.Throws<InputException>(() => Count(
            source with { Mask = new SceneMask(new(folder["scl.tif"]), MaskKind.Scl) }));
        Assert.Contains("3 x 3", fault.Message, StringComparison.Ordinal);
        Assert.Contains("4 x 4", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bands_that_lie_elsewhere_are_refused()
    {
        using var folder = new TempFolder();
        GeoTiffWriter.WriteAll<ushort>(folder["r.tif"], Fill(1), 4, 4, Place);
        GeoTiffWriter.WriteAll<ushort>(folder["n.tif"], Fill(1), 4, 4, Place with { OriginX = 500_010 });
        Assert.Throws<InputException>(() => Count(new(new(folder["r.tif"]), new(folder["n.tif"]))));
        GeoReference zone50 = GeoReference.NorthUp(32650, 500_000, 3_500_000, 10);
        GeoTiffWriter.WriteAll<ushort>(folder["n.tif"], Fill(1), 4, 4, zone50);
        Assert.Throws<InputException>(() => Count(new(new(folder["r.tif"]), new(folder["n.tif"]))));
    }

    [Fact]
    public void A_truncated_file_is_named_and_leaves_no_output()
    {
        using var folder = new TempFolder();
        const int Side = 1024;
        ushort[] pixels = [.. Enumerable.Range(0, Side * Side).Select(i => (ushort)(1 + (i % 900)))];
        SceneSource source = Write(folder, pixels, pixels, Side, Side);
        using (FileStream file = File.OpenWrite(folder["n.tif"])) file.SetLength(file.Length * 2 / 3);
        var fault = Assert.Throws<InputException>(() => SceneRasters.WriteNdvi(
            source, folder["v.tif"], TiffCompression.None, 2, TestContext.Current.CancellationToken));
        Assert.Equal(folder["n.tif"], fault.File);
        Assert.Equal(["n.tif", "r.tif"], folder.Names);
    }

    [Fact]
    public void What_is_no_raster_or_no_band_is_refused()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["text.tif"], "not a raster");
        SceneSource source = Write(folder, Fill(1), Fill(1));
        Assert.Throws<InputException>(() => Count(source with { Red = new(folder["text.tif"]) }));
        Assert.Throws<InputException>(() => Count(source with { Red = new(folder["missing.tif"]) }));
        Assert.Throws<InputException>(() => Count(source with { Nir = new(folder["n.tif"], 2) }));
        Assert.Throws<InputException>(() => BandReference.Parse("scene.tif#x"));
        Assert.Throws<InputException>(() => BandReference.Parse("scene.tif#0"));
        Assert.Equal(new BandReference("scene.tif", 4), BandReference.Parse("scene.tif#4"));
    }

    [Fact]
    public void A_cancelled_write_leaves_nothing_and_the_older_file_as_it_was()
    {
        using var folder = new TempFolder();
        SceneSource source = Write(folder, Fill(100), Fill(300));
        File.WriteAllText(folder["v.tif"], "older");
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => SceneRasters.WriteNdvi(
            source, folder["v.tif"], TiffCompression.None, 1, cancelled.Token));
        Assert.Equal(["n.tif", "r.tif", "v.tif"], folder.Names);
        Assert.Equal("older", File.ReadAllText(folder["v.tif"]));
    }

    [Fact]
    public void A_folder_that_does_not_exist_cannot_be_written_to()
    {
        using var folder = new TempFolder();
        var fault = Assert.Throws<ImageryUnavailableException>(() => GeoTiffWriter.WriteAll<ushort>(
            Path.Combine(folder["none"], "x.tif"), Fill(1), 4, 4, Place));
        Assert.Contains("x.tif", fault.Message, StringComparison.Ordinal);
    }

    private static ushort[] Fill(ushort value) => [.. Enumerable.Repeat(value, 16)];

    private static SceneSource Write(
        TempFolder folder, ushort[] red, ushort[] nir, int width = 4, int height = 4, double? noData = null)
    {
        GeoTiffWriter.WriteAll<ushort>(folder["r.tif"], red, width, height, Place, noData);
        GeoTiffWriter.WriteAll<ushort>(folder["n.tif"], nir, width, height, Place, noData);
        return new SceneSource(new(folder["r.tif"]), new(folder["n.tif"]));
    }

    private static long Count(SceneSource source) =>
        SceneStatistics.Compute(source, null, 1, TestContext.Current.CancellationToken).Tally.Count;
}
