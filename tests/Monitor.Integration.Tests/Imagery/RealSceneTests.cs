using Monitor.Imagery.Gdal;
using Monitor.Imagery.Tiff;
using Monitor.Imagery;
using Monitor.Integration.Tests.Support;
using Monitor.Raster;
using Xunit;

namespace Monitor.Integration.Tests.Imagery;

/// <summary>
/// Real scenes against figures computed apart, by plain NumPy in double over the whole bands:
/// <code>
/// r, n, q = (gdal.Open(f).ReadAsArray() for f in (B4, B5, BQA));  R, N = r.astype('f8'), n.astype('f8')
/// bad = ((q &amp; 1) != 0) | ((q >> 14 &amp; 3) >= 2) | ((q >> 10 &amp; 3) == 3) | ((q >> 12 &amp; 3) == 3)      #
/// bqa-pre v = ((N - R) / (N + R))[~bad];  v.size, v.mean(), v.min(), v.max(), np.percentile(v, [5, 95]) cover =
/// lambda soil, veg: np.clip((v - soil) / (veg - soil), 0, 1).mean()
/// </code>
/// For Collection 2, R and N are DN × 0.0000275 − 0.2, never below 0, and bad is (q &amp; 63) != 0.
/// </summary>
public sealed class RealSceneTests
{
    private static readonly CoverEnds Ends = new(0.05, 0.10, 0.20, 0.80, 0.86, 0.90);

    private static BandReference Band(string name) => new(SharedData.Find(name));

    private static SceneSource Perdido(int? dilate = null) =>
        new(Band(SharedData.Perdido + "B4.tif"), Band(SharedData.Perdido + "B5.tif"))
        {
            Mask = dilate is int n ? new SceneMask(Band(SharedData.Perdido + "BQA.tif"), MaskKind.BqaPre, n) : null,
        };

    private static SceneSource Landsat(string scene) =>
        new(Band($"{SharedData.Landsat}{scene}_SR_B4.TIF"), Band($"{SharedData.Landsat}{scene}_SR_B5.TIF"))
        {
            Mask = new SceneMask(Band($"{SharedData.Landsat}{scene}_QA_PIXEL.TIF"), MaskKind.QaPixel),
            Scale = 0.0000275,
            Offset = -0.2,
        };

    [Fact]
    public void Perdido_without_a_mask_has_every_pixel_valid()
    {
        SceneFigures figures = SceneStatistics.Compute(Perdido(), null, 2, TestContext.Current.CancellationToken);
        Assert.Equal((627, 603), (figures.Width, figures.Height));
        Assert.Equal(378_081, figures.Tally.Count); // 627 x 603, no nodata in the file
        Near(0.2938098135411291, figures.Tally.Mean);
        Near(-0.27457210208055755, figures.Tally.Min);
        Near(0.5566909380162761, figures.Tally.Max);
        Assert.Equal(0.20141918, figures.Tally.Percentile(0.05)!.Value, 0.001);
        Assert.Equal(0.38201288, figures.Tally.Percentile(0.95)!.Value, 0.001);
    }

    [Fact]
    public void Perdido_under_its_quality_band_is_what_NumPy_computes()
    {
        RasterTally tally = SceneStatistics.Compute(
            Perdido(dilate: 0), Ends, threads: 2, TestContext.Current.CancellationToken).Tally;
        Assert.Equal(251_266, tally.Count);
        Near(251_266 / 378_081.0, tally.ClearFraction);
        Near(0.30762398177980005, tally.Mean);
        Near(0.057705262263953866, tally.StandardDeviation);
        Near(0.15595549223820546, tally.Cover?.Low);
        Near(0.27341009748075884, tally.Cover?.Central);
        Near(0.34359279484365585, tally.Cover?.High);
        Assert.Equal(0.20579831, tally.Percentile(0.05)!.Value, 0.001);
        Assert.Equal(0.3893896, tally.Percentile(0.95)!.Value, 0.001);
    }

    [Fact]
    public void Perdido_with_its_mask_grown_by_two_pixels_is_what_NumPy_computes()
    {
        // The twenty-five shifts of the masked pixels, or-ed together.
        RasterTally tally = SceneStatistics.Compute(
            Perdido(dilate: 2), Ends, threads: 2, TestContext.Current.CancellationToken).Tally;
        Assert.Equal(185_402, tally.Count);
        Near(0.3062569614595961, tally.Mean);
        Near(-0.2368908953751815, tally.Min);
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        RasterTally one = SceneStatistics.Compute(Perdido(1), Ends, 1, TestContext.Current.CancellationToken).Tally;
        foreach (int threads in (int[])[2, 3, 8])
        {
            RasterTally more = SceneStatistics.Compute(
                Perdido(1), Ends, threads, TestContext.Current.CancellationToken).Tally;
            Assert.Equal((one.Count, one.Sum, one.SumOfSquares), (more.Count, more.Sum, more.SumOfSquares));
            Assert.Equal(one.CoverSums, more.CoverSums);
            Assert.True(one.Histogram.SequenceEqual(more.Histogram));
        }
    }

    [Fact]
    public void Collection_2_surface_reflectance_is_masked_by_bits_0_to_5()
    {
        RasterTally tally = SceneStatistics.Compute(
            Landsat("008059_20191201_20200825_02_T1"), Ends, 2, TestContext.Current.CancellationToken).Tally;
        Assert.Equal(21_334, tally.Count);
        Near(21_334 / 181_680.0, tally.ClearFraction); // 181,680 pixels are not 0 in both bands
        Near(0.7744607520606754, tally.Mean);
        Near(0.8206619923288782, tally.Cover?.Low);
        Near(0.9511080491973714, tally.Cover?.High);
    }

    [Fact]
    public void Collection_1_is_masked_by_its_own_quality_bits()
    {
        // bad = (q & 1) | (q >> 4 & 1) | any of (q >> 5, 7, 9, 11 & 3) == 3, on 77 x 78 pixels.
        SceneSource source = new(Band(SharedData.Collection1 + "B4.TIF"), Band(SharedData.Collection1 + "B5.TIF"))
        {
            Mask = new SceneMask(Band(SharedData.Collection1 + "BQA.TIF"), MaskKind.Bqa),
        };
        RasterTally tally = SceneStatistics.Compute(source, Ends, 2, TestContext.Current.CancellationToken).Tally;
        Assert.Equal(3_087, tally.Count);
        Near(3_087 / 6_006.0, tally.ClearFraction);
        Near(0.47698246239930264, tally.Mean);
        Near(0.10245053273868344, tally.StandardDeviation);
    }

    [Fact]
    public void A_scene_under_cloud_altogether_has_no_figures()
    {
        RasterTally tally = SceneStatistics.Compute(
            Landsat("017036_20130419_20200913_02_T2"), Ends, 2, TestContext.Current.CancellationToken).Tally;
        Assert.Equal(0, tally.Count);
        Assert.Equal(177_082, tally.Eligible);
        Assert.Null(tally.Mean);
        Assert.Null(tally.Cover);
    }

    [Theory]
    [InlineData(TiffCompression.None)]
    [InlineData(TiffCompression.Deflate)]
    [InlineData(TiffCompression.Zstd)]
    public void The_ndvi_written_is_the_ratio_of_the_bands_and_never_NaN(TiffCompression compression)
    {
        using var folder = new TempFolder();
        SceneSource source = Landsat("008059_20191201_20200825_02_T1");
        SceneRasters.WriteNdvi(source, folder["ndvi.tif"], compression, 2, TestContext.Current.CancellationToken);

        using RasterBand red = RasterBand.Open(source.Red), nir = RasterBand.Open(source.Nir);
        using RasterBand mask = RasterBand.Open(source.Mask!.Band), written = RasterBand.Open(new(folder["ndvi.tif"]));
        Assert.Equal(red.Place, written.Place);
        Assert.Equal(-9999, written.NoData);
        Assert.Equal((512, 512), (written.BlockWidth, written.BlockHeight));
        double[] r = All(red), n = All(nir), q = All(mask), v = All(written);
        int clear = 0;
        for (int i = 0; i < v.Length; i++)
        {
            if (r[i] == 0 || n[i] == 0 || ((int)q[i] & 63) != 0)
            {
                Assert.Equal(-9999, v[i]);
                continue;
            }
            clear++;
            double a = Math.Max((r[i] * 0.0000275) - 0.2, 0), b = Math.Max((n[i] * 0.0000275) - 0.2, 0);
            Assert.Equal((b - a) / (b + a), v[i], 1e-6);
        }
        Assert.Equal(21_334, clear);
        Assert.Equal(["ndvi.tif"], folder.Names);
    }

    private static double[] All(RasterBand band)
    {
        double[] values = new double[band.Width * band.Height];
        band.Read(0, 0, band.Width, band.Height, values);
        return values;
    }

    // The contract: within 1e-6 relative.
    private static void Near(double expected, double? actual) =>
        Assert.Equal(expected, Assert.NotNull(actual), Math.Abs(expected) * 1e-6);
}
