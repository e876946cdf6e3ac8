using Monitor.Domain;
using Monitor.Imagery;
using Monitor.Imagery.Products;
using Monitor.Raster;
using Monitor.Integration.Tests.Support;
using Xunit;
using static Monitor.Integration.Tests.Imagery.Products.ProductFolder;

namespace Monitor.Integration.Tests.Imagery.Products;

public sealed class LandsatProductTests
{
    private const string Clear = "008059_20191201_20200825_02_T1", Cloudy = "017036_20130419_20200913_02_T2";

    [Theory]
    [InlineData(Clear, 21_334)]
    [InlineData(Cloudy, 0)]
    public void A_real_product_has_the_clear_pixels_of_its_QA_PIXEL(string scene, long expected)
    {
        SceneProduct product = SceneProduct.Open(SharedData.Find($"{SharedData.Landsat}{scene}_MTL.json"));
        Assert.Equal($"LC08_L2SP_{scene}", product.Id);
        Assert.Equal(new BandScaling(0.0000275, -0.2, 0), product.Source.NirScaling);
        Assert.EndsWith("QA_RADSAT.TIF", product.Source.Saturation!.File, StringComparison.Ordinal);
        RasterTally tally = Tally(product.Source);
        Assert.Equal(expected, tally.Count);
        if (expected == 0) return;
        // NumPy's median of the clear pixels is 0.78, as SOURCES.md says; the scene was taken at 15:13:51.861 UTC.
        Assert.Equal(0.78, tally.Percentile(0.5)!.Value, 0.005);
        Assert.Equal("2019-12-01T15:13:51.861Z", product.Taken.ToString());
    }

    [Fact]
    public void A_folder_of_one_product_is_enough_and_one_of_two_is_not()
    {
        using var folder = new TempFolder();
        Link(folder, Clear);
        Assert.Equal(21_334, Tally(SceneProduct.Open(folder[""]).Source).Count);
        Link(folder, Cloudy);
        InputException fault = Refused(folder[""]);
        Assert.Contains("2 products", fault.Message, StringComparison.Ordinal);
        Assert.Contains(Cloudy, fault.Message, StringComparison.Ordinal);
    }

    private static void Link(TempFolder folder, string scene)
    {
        foreach (string part in (string[])["MTL.json", "SR_B3.TIF", "SR_B4.TIF", "SR_B5.TIF", "QA_PIXEL.TIF"])
        {
            string real = SharedData.Find($"{SharedData.Landsat}{scene}_{part}");
            File.CreateSymbolicLink(folder[Path.GetFileName(real)], real);
        }
    }

    // Red: 20000 × 0.00002 − 0.1 = 0.3; NIR: 30000 × 0.00003 − 0.2 = 0.7; NDVI 0.4 / 1.0.
    private static string Text(string craft, int red, int nir) => $"""
        GROUP = LANDSAT_METADATA_FILE
          GROUP = PRODUCT_CONTENTS
            LANDSAT_PRODUCT_ID = "TEST"
            PROCESSING_LEVEL = "L2SP"
            COLLECTION_NUMBER = 02
            FILE_NAME_BAND_{red} = "TEST_SR_RED.TIF"
            FILE_NAME_BAND_{nir} = "TEST_SR_NIR.TIF"
            FILE_NAME_QUALITY_L1_PIXEL = "TEST_QA_PIXEL.TIF"
            FILE_NAME_QUALITY_L1_RADIOMETRIC_SATURATION = "TEST_QA_RADSAT.TIF"
          END_GROUP = PRODUCT_CONTENTS
          GROUP = IMAGE_ATTRIBUTES
            SPACECRAFT_ID = "{craft}"
            DATE_ACQUIRED = 2025-07-15
            SCENE_CENTER_TIME = "02:30:00.5000000Z"
          END_GROUP = IMAGE_ATTRIBUTES
          GROUP = LEVEL2_SURFACE_REFLECTANCE_PARAMETERS
            REFLECTANCE_MULT_BAND_2 = 9.0e-05
            REFLECTANCE_ADD_BAND_2 = -0.9
            REFLECTANCE_MULT_BAND_3 = 9.0e-05
            REFLECTANCE_ADD_BAND_3 = -0.9
            REFLECTANCE_MULT_BAND_{red} = 2.0e-05
            REFLECTANCE_ADD_BAND_{red} = -0.1
            REFLECTANCE_MULT_BAND_{nir} = 3.0e-05
            REFLECTANCE_ADD_BAND_{nir} = -0.2
          END_GROUP = LEVEL2_SURFACE_REFLECTANCE_PARAMETERS
          GROUP = LEVEL1_RADIOMETRIC_RESCALING
            REFLECTANCE_MULT_BAND_{red} = 7.0e-05
            REFLECTANCE_ADD_BAND_{red} = -0.7
          END_GROUP = LEVEL1_RADIOMETRIC_RESCALING
        END_GROUP = LANDSAT_METADATA_FILE
        END
        """;

    private static TempFolder Product(string text)
    {
        var folder = new TempFolder();
        File.WriteAllText(folder["TEST_MTL.txt"], text);
        WriteBand(folder["TEST_SR_RED.TIF"], 20000);
        WriteBand(folder["TEST_SR_NIR.TIF"], 30000);
        WriteMask<ushort>(folder["TEST_QA_PIXEL.TIF"], 21824, 21824, 21824, 22280); // three clear, one cloud
        return folder;
    }

    [Fact]
    public void The_text_form_is_read_with_each_bands_own_scaling_of_level_2()
    {
        using TempFolder folder = Product(Text("LANDSAT_9", 4, 5));
        SceneProduct product = SceneProduct.Open(folder[""]);
        RasterTally tally = Tally(product.Source);
        Assert.Equal(12, tally.Count);
        Assert.Equal(0.4, tally.Mean!.Value, 1e-7);
        Assert.Equal("2025-07-15T02:30:00.500Z", product.Taken.ToString());
        Assert.Null(product.Source.Saturation); // named, but not there
    }

    [Fact]
    public void Landsat_7_has_red_in_band_3_and_near_infrared_in_band_4()
    {
        string text = Text("LANDSAT_7", 3, 4)
            .Replace("    REFLECTANCE_MULT_BAND_3 = 9.0e-05\n", "", StringComparison.Ordinal)
            .Replace("    REFLECTANCE_ADD_BAND_3 = -0.9\n", "", StringComparison.Ordinal);
        using TempFolder folder = Product(text);
        Assert.Equal(0.4, Tally(SceneProduct.Open(folder[""]).Source).Mean!.Value, 1e-7);
    }

    [Fact]
    public void Saturated_pixels_are_masked_and_do_not_grow()
    {
        using TempFolder folder = Product(Text("LANDSAT_8", 4, 5));
        WriteBand(folder["TEST_QA_RADSAT.TIF"], 0);
        Assert.Equal(12, Tally(SceneProduct.Open(folder[""]).Source).Count);
        WriteBand(folder["TEST_QA_RADSAT.TIF"], 1 << 3); // red is saturated, everywhere
        RasterTally tally = Tally(SceneProduct.Open(folder[""]).Source);
        Assert.Equal((0, 16), (tally.Count, tally.Eligible));
    }

    [Theory]
    [InlineData("COLLECTION_NUMBER = 02", "COLLECTION_NUMBER = 01", "PRODUCT_CONTENTS/COLLECTION_NUMBER")]
    [InlineData("\"L2SP\"", "\"L1TP\"", "PRODUCT_CONTENTS/PROCESSING_LEVEL")]
    [InlineData("LANDSAT_8", "LANDSAT_3", "IMAGE_ATTRIBUTES/SPACECRAFT_ID")]
    [InlineData("= 2.0e-05", "= two", "LEVEL2_SURFACE_REFLECTANCE_PARAMETERS/REFLECTANCE_MULT_BAND_4")]
    [InlineData("= 2.0e-05", "= -2.0e-05", "LEVEL2_SURFACE_REFLECTANCE_PARAMETERS/REFLECTANCE_MULT_BAND_4")]
    [InlineData("REFLECTANCE_ADD_BAND_5", "X", "LEVEL2_SURFACE_REFLECTANCE_PARAMETERS/REFLECTANCE_ADD_BAND_5")]
    [InlineData("TEST_SR_NIR", "TEST_SR_B5", "PRODUCT_CONTENTS/FILE_NAME_BAND_5")]
    [InlineData("FILE_NAME_QUALITY_L1_PIXEL", "X", "PRODUCT_CONTENTS/FILE_NAME_QUALITY_L1_PIXEL")]
    [InlineData("02:30:00.5000000Z", "noon", "IMAGE_ATTRIBUTES/SCENE_CENTER_TIME")]
    public void A_field_that_cannot_be_is_named(string from, string to, string field)
    {
        using TempFolder folder = Product(Text("LANDSAT_8", 4, 5).Replace(from, to, StringComparison.Ordinal));
        InputException fault = Refused(folder[""]);
        Assert.Equal((field, folder["TEST_MTL.txt"]), (fault.Field, fault.File));
    }

    [Fact]
    public void Metadata_that_are_cut_off_are_refused()
    {
        string whole = Text("LANDSAT_8", 4, 5);
        using TempFolder folder = Product(whole[..(whole.Length / 2)]);
        Assert.Contains("cut off", Refused(folder[""]).Message, StringComparison.Ordinal);
        File.WriteAllText(folder["TEST_MTL.json"], "{\"LANDSAT_METADATA_FILE\":\n{");
        Assert.Equal((folder["TEST_MTL.json"], 2), (Refused(folder[""]).File, Refused(folder[""]).Line));
    }
}
