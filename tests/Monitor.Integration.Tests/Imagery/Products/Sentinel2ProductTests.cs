using System.Xml.Linq;
using Monitor.Domain;
using Monitor.Imagery;
using Monitor.Imagery.Products;
using Monitor.Integration.Tests.Support;
using Xunit;
using static Monitor.Integration.Tests.Imagery.Products.ProductFolder;

namespace Monitor.Integration.Tests.Imagery.Products;

/// <summary>
/// DN 1400 and 4200. Shifted by −1000: (3200 − 400) / (3200 + 400) = 0.778; forgotten: 2800 / 5600 = 0.50; twice: red
/// is below 0 and counts as 0, so that NDVI is 1.
/// </summary>
public sealed class Sentinel2ProductTests
{
    private const double Shifted = 2800 / 3600.0, Unshifted = 2800 / 5600.0;

    private static readonly string[] Stems =
        [.. XDocument.Parse(Metadata("05.09")).Descendants("IMAGE_FILE").Select(e => e.Value)];

    [Theory]
    [InlineData("S2B_MSIL2A_20191228T210519_N0212_R071_T01CCV_20201003T104658", Unshifted, 0.0)]
    [InlineData("S2B_MSIL2A_20220413T150759_N0400_R025_T33XWJ_20220414T082126", Shifted, -0.1)]
    [InlineData("S2A_MSIL2A_20230821T221941_N0509_R029_T01KAB_20230822T021825", Shifted, -0.1)]
    public void Real_metadata_shift_by_their_baseline(string name, double ndvi, double offset)
    {
        string real = SharedData.Find($"satellite/stactools_s2_l2a_metadata/{name}.SAFE/MTD_MSIL2A.xml");
        using var folder = new TempFolder();
        File.CreateSymbolicLink(folder["MTD_MSIL2A.xml"], real);
        IEnumerable<string> images = XDocument.Load(real).Descendants("IMAGE_FILE").Select(e => e.Value.Trim());
        WriteImages(folder[""], images.Where(i => Stems.Any(s => i.EndsWith(s[^8..], StringComparison.Ordinal))),
            1400, 1400, 4200, [4, 5, 6, 4]);

        SceneProduct product = SceneProduct.Open(folder[""]);
        Assert.Equal(name, product.Id);
        Assert.Equal(name[11..26], $"{product.Taken!.Value.ToDateTimeOffset():yyyyMMdd'T'HHmmss}");
        Assert.Equal(new BandScaling(0.0001, offset, 0), product.Source.RedScaling);
        Assert.Equal(ndvi, Tally(product.Source).Mean!.Value, 1e-7);
        Assert.Equal(16, Tally(product.Source).Count);
    }

    [Fact]
    public void Each_band_has_its_own_offset_by_its_band_id()
    {
        using TempFolder folder = Product("05.11", (3, -1000), (7, -500), (8, -77), (2, -900));
        SceneSource source = SceneProduct.Open(folder[""]).Source;
        // (4200 − 500) and (1400 − 1000): 3700 and 400.
        Assert.Equal((3700 - 400) / (double)(3700 + 400), Tally(source).Mean!.Value, 1e-7);
        // NDWI: green 1900 − 900 = 1000 against 3700.
        SceneFigures figures = SceneStatistics.Compute(source, null, 2, TestContext.Current.CancellationToken);
        Assert.Equal((1000 - 3700) / (double)(1000 + 3700), figures.Water!.Mean!.Value, 1e-7);
    }

    [Fact]
    public async Task The_images_are_read_as_JPEG_2000_as_they_are_delivered()
    {
        using TempFolder folder = Product("04.00", (2, -1000), (3, -1000), (7, -1000));
        foreach (string stem in Stems) await ToJpeg2000Async(folder[stem + ".tif"]);
        SceneSource source = SceneProduct.Open(folder["MTD_MSIL2A.xml"]).Source;
        Assert.EndsWith("_B04_10m.jp2", source.Red.File, StringComparison.Ordinal);
        Assert.Equal(Shifted, Tally(source).Mean!.Value, 1e-7);
    }

    [Fact]
    public void The_scene_classification_masks_and_nodata_is_tested_before_the_offset()
    {
        using TempFolder folder = Product("05.09", (2, -1000), (3, -1000), (7, -1000));
        WriteMask<byte>(folder[$"{Granule}/R20m/{Tile}_SCL_20m.tif"], 4, 9, 3, 6); // two of four are clear
        Assert.Equal(8, Tally(SceneProduct.Open(folder[""]).Source).Count);
        WriteBand(folder[$"{Granule}/R10m/{Tile}_B04_10m.tif"], 0);
        Assert.Equal((0, 0), (Tally(SceneProduct.Open(folder[""]).Source).Count,
            Tally(SceneProduct.Open(folder[""]).Source).Eligible));
    }

    [Fact]
    public void A_shifted_baseline_without_its_offset_is_refused_by_field()
    {
        using TempFolder none = Product("04.00");
        Assert.Equal("BOA_ADD_OFFSET[band_id=3]", Refused(none[""]).Field);
        using TempFolder other = Product("05.09", (2, -1000), (3, -1000), (8, -1000));
        InputException fault = Refused(other[""]);
        Assert.Equal("BOA_ADD_OFFSET[band_id=7]", fault.Field); // B08 is id 7; 8 is B8A
        Assert.Equal(other["MTD_MSIL2A.xml"], fault.File);
    }

    [Theory]
    [InlineData("<PROCESSING_BASELINE>05.09", "<PROCESSING_BASELINE>new", "PROCESSING_BASELINE")]
    [InlineData(">10000<", ">ten<", "BOA_QUANTIFICATION_VALUE")]
    [InlineData(">10000<", ">0<", "BOA_QUANTIFICATION_VALUE")]
    [InlineData("BOA_QUANTIFICATION_VALUE", "QUANTIFICATION", "BOA_QUANTIFICATION_VALUE")]
    [InlineData("_B08_10m", "_B8A_10m", "IMAGE_FILE")]
    [InlineData("GRANULE/", "../GRANULE/", "IMAGE_FILE")]
    [InlineData("2025-07-15T02:30:00.024Z", "yesterday", "PRODUCT_START_TIME")]
    public void A_field_that_cannot_be_is_named(string from, string to, string field)
    {
        (int, int)[] offsets = field == "PROCESSING_BASELINE" ? [] : [(2, 0), (3, 0), (7, 0)];
        using TempFolder folder = Product("05.09", offsets);
        string text = Metadata("05.09", offsets).Replace(from, to, StringComparison.Ordinal);
        File.WriteAllText(folder["MTD_MSIL2A.xml"], text);
        InputException fault = Refused(folder[""]);
        Assert.Equal((field, folder["MTD_MSIL2A.xml"]), (fault.Field, fault.File));
    }

    [Fact]
    public void What_is_no_xml_or_lacks_an_image_is_refused()
    {
        using TempFolder folder = Product("05.09", (2, -1000), (3, -1000), (7, -1000));
        File.Delete(folder[$"{Granule}/R10m/{Tile}_B08_10m.tif"]);
        Assert.Contains("_B08_10m", Refused(folder[""]).Message, StringComparison.Ordinal);
        // A DTD could name other files to read: not even looked at.
        File.WriteAllText(folder["MTD_MSIL2A.xml"], "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///any'>]><a>&e;</a>");
        Assert.Contains("DTD", Refused(folder[""]).Message, StringComparison.Ordinal);
        File.WriteAllText(folder["MTD_MSIL2A.xml"], "<a>\n<b>");
        Assert.Equal(2, Refused(folder[""]).Line);
        using var empty = new TempFolder();
        Assert.Contains("MTD_MSIL2A.xml", Refused(empty[""]).Message, StringComparison.Ordinal);
        Refused(empty["none"]);
    }

    private static TempFolder Product(string baseline, params (int Id, int Offset)[] offsets)
    {
        var folder = new TempFolder();
        File.WriteAllText(folder["MTD_MSIL2A.xml"], Metadata(baseline, offsets));
        WriteImages(folder[""], Stems, 1900, 1400, 4200, [4, 5, 6, 4]);
        return folder;
    }
}
