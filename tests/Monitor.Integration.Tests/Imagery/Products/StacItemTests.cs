using Monitor.Domain;
using Monitor.Imagery;
using Monitor.Imagery.Products;
using Monitor.Raster;
using Monitor.Integration.Tests.Support;
using Xunit;
using static Monitor.Integration.Tests.Imagery.Products.ProductFolder;

namespace Monitor.Integration.Tests.Imagery.Products;

/// <summary>DN 1400 and 4200 again: NDVI 0.778 when shifted by −1000, 0.50 when not.</summary>
public sealed class StacItemTests
{
    private const double Shifted = 2800 / 3600.0, Unshifted = 2800 / 5600.0;

    private const string Version10 = """
        {"type":"Feature","stac_version":"1.0.0","id":"ten",
         "properties":{"datetime":"2025-07-15T02:30:00Z"},
         "assets":{
          "visual":{"href":"none.tif","roles":["visual"],"eo:bands":[{"name":"B04","common_name":"red"}]},
          "red-jp2":{"href":"none.jp2","eo:bands":[{"common_name":"red"}],
           "raster:bands":[{"scale":9,"offset":9}]},
          "red":{"href":"./r.tif","eo:bands":[{"name":"B04","common_name":"red"}],
           "raster:bands":[{"nodata":0,"scale":0.0001,"offset":-0.1}]},
          "nir08":{"href":"./n8a.tif","eo:bands":[{"common_name":"nir08"}]},
          "nir":{"href":"./n.tif","eo:bands":[{"name":"B08","common_name":"nir"}],
           "raster:bands":[{"nodata":0,"scale":0.0001,"offset":-0.1}]},
          "scl":{"href":"./m.tif","roles":["data"]}}}
        """;

    private const string Version11 = """
        {"type":"Feature","stac_version":"1.1.0","id":"eleven",
         "properties":{"datetime":"2025-07-15T02:30:00Z"},
         "assets":{
          "B04_10m":{"href":"r.tif","nodata":0,"raster:scale":0.0001,"raster:offset":-0.1,
           "bands":[{"name":"B04","eo:common_name":"red"}]},
          "B08_10m":{"href":"n.tif",
           "bands":[{"name":"B08","eo:common_name":"nir","nodata":0,"raster:scale":0.0001,"raster:offset":-0.1}]},
          "SCL_20m":{"href":"m.tif","bands":[{"name":"SCL"}]}}}
        """;

    [Theory]
    [InlineData(Version10)]
    [InlineData(Version11)]
    public void Bands_scaling_and_mask_are_found_in_both_versions(string text)
    {
        using TempFolder folder = Item(text);
        SceneProduct product = StacItem.Read(folder["item.json"]);
        Assert.Contains(product.Id, (string[])["ten", "eleven"]);
        Assert.Equal("2025-07-15T02:30:00.000Z", product.Taken.ToString());
        Assert.Equal(new BandScaling(0.0001, -0.1, 0), product.Source.RedScaling);
        Assert.Equal(MaskKind.Scl, product.Source.Mask!.Kind);
        RasterTally tally = Tally(product.Source);
        Assert.Equal(12, tally.Count); // one of the four pixels of the mask is cloud
        Assert.Equal(Shifted, tally.Mean!.Value, 1e-7);
    }

    [Fact]
    public void Hrefs_may_be_absolute_and_escaped()
    {
        using TempFolder folder = Item("{}");
        Directory.CreateDirectory(folder["a b"]);
        File.Move(folder["n.tif"], folder["a b/n.tif"]);
        string text = Version11.Replace("\"r.tif\"", $"\"{folder["r.tif"]}\"", StringComparison.Ordinal)
            .Replace("\"n.tif\"", "\"a%20b/n.tif\"", StringComparison.Ordinal)
            .Replace("\"m.tif\"", $"\"file://{folder["m.tif"]}\"", StringComparison.Ordinal);
        File.WriteAllText(folder["item.json"], text);
        Assert.Equal(12, Tally(StacItem.Read(folder["item.json"]).Source).Count);
    }

    [Theory]
    [InlineData("earthsearch:boa_offset_applied", "true", Unshifted)]
    [InlineData("sentinel:boa_offset_applied", "true", Unshifted)]
    [InlineData("earthsearch:boa_offset_applied", "false", Shifted)]
    public void Data_already_shifted_are_not_shifted_again(string name, string value, double expected)
    {
        string property = $"\"properties\":{{\"{name}\":{value},";
        using TempFolder folder = Item(Version10.Replace("\"properties\":{", property, StringComparison.Ordinal));
        Assert.Equal(expected, Tally(StacItem.Read(folder["item.json"]).Source).Mean!.Value, 1e-7);
    }

    [Theory]
    [InlineData("sentinel-2a", "s2:processing_baseline", "05.09", Shifted)]
    [InlineData("sentinel-2a", "s2:processing_baseline", "04.00", Shifted)]
    [InlineData("sentinel-2a", "s2:processing_baseline", "02.12", Unshifted)]
    [InlineData("sentinel-2c", "processing:version", "05.11", Shifted)]
    [InlineData("landsat-8", "processing:version", "05.11", Unshifted)]
    public void Sentinel_2_without_any_scaling_is_scaled_by_its_baseline(
        string platform, string name, string baseline, double expected)
    {
        string property = $"\"properties\":{{\"platform\":\"{platform}\",\"{name}\":\"{baseline}\",";
        string text = Version11.Replace("\"properties\":{", property, StringComparison.Ordinal)
            .Replace("\"raster:scale\":0.0001,", "", StringComparison.Ordinal)
            .Replace("\"raster:scale\":0.0001,\"raster:offset\":-0.1", "", StringComparison.Ordinal)
            .Replace("\"raster:offset\":-0.1", "\"x\":1", StringComparison.Ordinal);
        using TempFolder folder = Item(text);
        Assert.Equal(expected, Tally(StacItem.Read(folder["item.json"]).Source).Mean!.Value, 1e-7);
    }

    [Fact]
    public void Bands_of_one_file_are_taken_by_their_place_and_scaled_by_their_own_numbers()
    {
        // Red is the second band: 1400 × 0.0001 = 0.14; NIR the first: 4200 × 0.0002 − 0.1 = 0.74.
        using TempFolder folder = Item("""
            {"type":"Feature","id":"one","properties":{},"assets":{"image":{"href":"both.vrt",
             "eo:bands":[{"common_name":"nir"},{"common_name":"red"}],
             "raster:bands":[{"scale":0.0002,"offset":-0.1},{"scale":0.0001}]}}}
            """);
        string[] parts = [.. new[] { "n.tif", "r.tif" }.Select((name, i) => $"""
            <VRTRasterBand dataType="UInt16" band="{i + 1}"><SimpleSource>
            <SourceFilename relativeToVRT="1">{name}</SourceFilename><SourceBand>1</SourceBand></SimpleSource>
            </VRTRasterBand>
            """)];
        File.WriteAllText(
            folder["both.vrt"], $"<VRTDataset rasterXSize=\"4\" rasterYSize=\"4\">{string.Concat(parts)}</VRTDataset>");
        SceneProduct product = StacItem.Read(folder["item.json"]);
        Assert.Equal((2, 1), (product.Source.Red.Band, product.Source.Nir.Band));
        Assert.Null(product.Source.Mask);
        Assert.Null(product.Taken);
        Assert.Equal((0.74 - 0.14) / (0.74 + 0.14), Tally(product.Source).Mean!.Value, 1e-7);
    }

    [Fact]
    public void Landsats_quality_bands_are_found_by_their_names()
    {
        using TempFolder folder = Item("""
            {"type":"Feature","id":"LC08","properties":{},"assets":{
             "red":{"href":"r.tif","eo:bands":[{"common_name":"red"}]},
             "nir08":{"href":"n.tif","eo:bands":[{"common_name":"nir08"}]},
             "qa":{"href":"none_ST_QA.TIF"},
             "qa_pixel":{"href":"q.tif","roles":["cloud","snow-ice"]},
             "qa_radsat":{"href":"s.tif","roles":["saturation"]}}}
            """);
        WriteMask<ushort>(folder["q.tif"], 21824, 21824, 22280, 22280);
        WriteBand(folder["s.tif"], 0);
        SceneSource source = StacItem.Read(folder["item.json"]).Source;
        Assert.Equal(MaskKind.QaPixel, source.Mask!.Kind);
        Assert.Equal(folder["s.tif"], source.Saturation!.File);
        Assert.Equal(8, Tally(source).Count);
    }

    [Theory]
    [InlineData("\"type\":\"Feature\"", "\"type\":\"Collection\"", "assets")]
    [InlineData("\"eo:common_name\":\"red\"", "\"eo:common_name\":\"blue\"", "assets")]
    [InlineData("\"eo:common_name\":\"nir\"", "\"eo:common_name\":\"blue\"", "assets")]
    [InlineData("\"href\":\"r.tif\"", "\"href\":\"gone.tif\"", "assets/B04_10m/href")]
    [InlineData("\"href\":\"r.tif\"", "\"href\":\"s3://bucket/r.tif\"", "assets/B04_10m/href")]
    [InlineData("\"href\":\"r.tif\"", "\"link\":\"r.tif\"", "assets/B04_10m/href")]
    [InlineData("\"href\":\"m.tif\"", "\"href\":\"gone.tif\"", "assets/SCL_20m/href")]
    [InlineData("\"raster:scale\":0.0001,\"raster:offset\":-0.1,", "\"raster:scale\":0,", "assets/B04_10m/scale")]
    [InlineData("\"nodata\":0,\"raster:scale\":0.0001", "\"raster:scale\":\"x\"", "assets/B04_10m/raster:scale")]
    [InlineData("2025-07-15T02:30:00Z", "spring", "properties/datetime")]
    public void A_field_that_cannot_be_is_named(string from, string to, string field)
    {
        int at = Version11.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0);
        using TempFolder folder = Item(Version11[..at] + to + Version11[(at + from.Length)..]);
        var fault = Assert.Throws<InputException>(() => StacItem.Read(folder["item.json"]));
        Assert.Equal((field, folder["item.json"]), (fault.Field, fault.File));
    }

    [Fact]
    public void What_is_no_JSON_is_refused_by_its_line()
    {
        using TempFolder folder = Item("{\n\"type\": ");
        Assert.Equal(2, Assert.Throws<InputException>(() => StacItem.Read(folder["item.json"])).Line);
        Assert.Throws<InputException>(() => StacItem.Read(folder["none.json"]));
    }

    private static TempFolder Item(string text)
    {
        var folder = new TempFolder();
        File.WriteAllText(folder["item.json"], text);
        WriteBand(folder["r.tif"], 1400);
        WriteBand(folder["n.tif"], 4200);
        WriteMask<byte>(folder["m.tif"], 4, 5, 6, 9);
        return folder;
    }
}
