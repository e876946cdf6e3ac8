using System.Text.Json;
using Monitor.Imagery.Gdal;
using Monitor.Imagery.Tiff;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Imagery;

public sealed class SceneVerbTests
{
    private static readonly GeoReference Place = GeoReference.NorthUp(32651, 500_000, 3_500_000, 10);

    private static string[] Scene(TempFolder folder, ushort red = 100)
    {
        GeoTiffWriter.WriteAll<ushort>(folder["r.tif"], [.. Enumerable.Repeat(red, 16)], 4, 4, Place, 0);
        GeoTiffWriter.WriteAll<ushort>(folder["n.tif"], [.. Enumerable.Repeat((ushort)300, 16)], 4, 4, Place, 0);
        return ["--red", folder["r.tif"] + "#1", "--nir", folder["n.tif"]];
    }

    [Fact]
    public async Task Stats_prints_the_contracts_object()
    {
        using var folder = new TempFolder();
        MonitorProgram run = await MonitorProgram.RunAsync(
            ["scene", "stats", .. Scene(folder), "--soil", "0,0.1,0.2", "--veg", "0.8,0.9,1", "--json"]);
        Assert.True(run.ExitCode == 0, run.Errors);
        JsonElement json = run.Json;
        Assert.Equal(
            ["width", "height", "valid", "clearFraction", "ndvi", "cover", "elapsedMs"],
            json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(16, json.GetProperty("valid").GetInt64());
        Assert.Equal(0.5, json.GetProperty("ndvi").GetProperty("mean").GetDouble());
        JsonElement ndvi = json.GetProperty("ndvi");
        Assert.Equal(["mean", "min", "max", "p5", "p95"], ndvi.EnumerateObject().Select(p => p.Name));
        Assert.Equal((0.5 - 0.2) / 0.8, json.GetProperty("cover").GetProperty("low").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task Green_adds_NDWI_and_nothing_else()
    {
        using var folder = new TempFolder();
        string[] scene = Scene(folder);
        GeoTiffWriter.WriteAll<ushort>(folder["g.tif"], [.. Enumerable.Repeat((ushort)100, 16)], 4, 4, Place, 0);
        MonitorProgram run = await MonitorProgram.RunAsync(
            ["scene", "stats", .. scene, "--green", folder["g.tif"], "--json"]);
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(0.5, run.Json.GetProperty("ndvi").GetProperty("mean").GetDouble());
        // (100 − 300) / (100 + 300)
        Assert.Equal(-0.5, run.Json.GetProperty("ndwi").GetProperty("mean").GetDouble());
        MonitorProgram none = await MonitorProgram.RunAsync(["scene", "stats", .. scene, "--green", "--json"]);
        Assert.Equal(2, none.ExitCode);
        Assert.Contains("--green", none.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Carlson_and_Ripley_square_the_ratio()
    {
        using var folder = new TempFolder();
        MonitorProgram run = await MonitorProgram.RunAsync(
            ["scene", "stats", .. Scene(folder), "--soil", "0,0.1,0.2", "--veg", "0.8,0.9,1",
             "--model", "carlson-ripley", "--json"]);
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(0.4 * 0.4 / 0.64, run.Json.GetProperty("cover").GetProperty("central").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task A_product_is_read_by_every_verb_and_takes_no_scaling_by_hand()
    {
        using var folder = new TempFolder();
        Scene(folder, red: 1400);
        GeoTiffWriter.WriteAll<ushort>(folder["n.tif"], [.. Enumerable.Repeat((ushort)4200, 16)], 4, 4, Place, 0);
        File.WriteAllText(folder["item.json"], """
            {"type":"Feature","id":"x","properties":{},"assets":{
             "red":{"href":"r.tif","eo:bands":[{"common_name":"red"}],"raster:bands":[{"scale":0.0001,"offset":-0.1}]},
             "nir":{"href":"n.tif","eo:bands":[{"common_name":"nir"}],"raster:bands":[{"scale":0.0001,"offset":-0.1}]}}}
            """);
        string[] item = ["--item", folder["item.json"]];
        MonitorProgram stats = await MonitorProgram.RunAsync(["scene", "stats", .. item, "--json"]);
        Assert.True(stats.ExitCode == 0, stats.Errors);
        Assert.Equal(2800 / 3600.0, stats.Json.GetProperty("ndvi").GetProperty("mean").GetDouble(), 1e-7);
        MonitorProgram picture = await MonitorProgram.RunAsync(["scene", "picture", .. item, "--out", folder["p.png"]]);
        Assert.True(picture.ExitCode == 0, picture.Errors);
        Assert.True(File.Exists(folder["p.png"]));
        foreach (string option in (string[])["--offset", "--scale", "--red", "--product"])
        {
            MonitorProgram twice = await MonitorProgram.RunAsync(["scene", "stats", .. item, $"{option}=1"]);
            Assert.Equal(2, twice.ExitCode);
            Assert.Contains(option, twice.Errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_mask_of_another_kind_is_refused_and_leaves_no_output()
    {
        using var folder = new TempFolder();
        string[] scene = Scene(folder);
        GeoTiffWriter.WriteAll<ushort>(folder["qa.tif"], [.. Enumerable.Repeat((ushort)21824, 16)], 4, 4, Place);
        string[] wrong = [.. scene, "--mask", folder["qa.tif"], "--mask-kind", "scl"];
        string[][] verbs = [["stats"], ["ndvi", "--out", folder["v.tif"]], ["picture", "--out", folder["p.png"]]];
        foreach (string[] verb in verbs)
        {
            MonitorProgram run = await MonitorProgram.RunAsync(["scene", .. verb, .. wrong]);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains("--mask-kind qa-pixel", run.Errors, StringComparison.Ordinal);
        }
        Assert.Equal(["n.tif", "qa.tif", "r.tif"], folder.Names);
    }

    [Fact]
    public async Task A_scene_of_nodata_prints_nulls()
    {
        using var folder = new TempFolder();
        MonitorProgram run = await MonitorProgram.RunAsync(["scene", "stats", .. Scene(folder, red: 0), "--json"]);
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(0, run.Json.GetProperty("valid").GetInt64());
        Assert.Equal(JsonValueKind.Null, run.Json.GetProperty("clearFraction").ValueKind);
        Assert.All(
            run.Json.GetProperty("ndvi").EnumerateObject(),
            p => Assert.Equal(JsonValueKind.Null, p.Value.ValueKind));
        Assert.Equal(JsonValueKind.Null, run.Json.GetProperty("cover").ValueKind);
    }

    [Fact]
    public async Task Zones_prints_a_line_per_polygon_in_order()
    {
        using var folder = new TempFolder();
        // About 55 m by 55 m around the scene's west edge, then a place far away.
        File.WriteAllText(folder["z.geojson"], """
            {"type":"FeatureCollection","features":[
             {"type":"Feature","properties":{"bank":7},"geometry":{"type":"Polygon","coordinates":
              [[[122.99,31.6],[123.01,31.6],[123.01,31.7],[122.99,31.7],[122.99,31.6]]]}},
             {"type":"Feature","properties":{"bank":8},"geometry":{"type":"Polygon","coordinates":
              [[[10,10],[11,10],[11,11],[10,11],[10,10]]]}}]}
            """);
        MonitorProgram run = await MonitorProgram.RunAsync(
            ["scene", "zones", .. Scene(folder), "--polygons", folder["z.geojson"], "--id", "bank", "--json"]);
        Assert.True(run.ExitCode == 0, run.Errors);
        string[] lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            """{"id":7,"count":16,"areaHa":0.16,"clearFraction":1,"ndvi":{"mean":0.5,"min":0.5,"max":0.5,"stdev":0},"""
            + "\"cover\":null}",
            lines[0].TrimEnd());
        Assert.Equal(
            """{"id":8,"count":0,"areaHa":null,"clearFraction":null,"""
            + "\"ndvi\":{\"mean\":null,\"min\":null,\"max\":null,\"stdev\":null},\"cover\":null}",
            lines[1].TrimEnd());
    }

    [Theory]
    [InlineData("--soil", "0,0.1,0.2")] // without --veg
    [InlineData("--mask-kind", "scl")] // without --mask
    [InlineData("--dilate", "-1")]
    [InlineData("--scale", "0")]
    [InlineData("--scale", "nan")]
    [InlineData("--threads", "0")]
    [InlineData("--model", "cubic")]
    public async Task An_option_that_cannot_be_is_exit_2_and_named(string option, string value)
    {
        using var folder = new TempFolder();
        string[] scene = Scene(folder);
        MonitorProgram run = await MonitorProgram.RunAsync(["scene", "stats", .. scene, option, value, "--json"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(option == "--mask-kind" ? "--mask" : option, run.Errors, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task A_command_line_that_cannot_be_read_is_exit_2()
    {
        Assert.Equal(2, (await MonitorProgram.RunAsync(["scene", "stats", "--colour", "blue"])).ExitCode);
        Assert.Equal(2, (await MonitorProgram.RunAsync(["scene"])).ExitCode);
        MonitorProgram mixed = await MonitorProgram.RunAsync(
            ["scene", "zones", "--raster", "a.tif", "--scale", "2", "--polygons", "p.shp"]);
        Assert.Equal(2, mixed.ExitCode);
        Assert.Contains("--scale", mixed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_libgdal_a_GeoTIFF_is_read_and_for_the_rest_the_package_is_named_with_exit_code_3()
    {
        using var folder = new TempFolder();
        (string, string) nowhere = (GdalLibrary.PathVariable, folder["nowhere.so"]);
        MonitorProgram run = await MonitorProgram.RunAsync(["scene", "stats", .. Scene(folder), "--json"], nowhere);
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal(16, run.Json.GetProperty("valid").GetInt32());
        await File.WriteAllTextAsync(
            folder["r.asc"], "ncols 4\nnrows 4\ncellsize 1\n", TestContext.Current.CancellationToken);
        run = await MonitorProgram.RunAsync(
            ["scene", "stats", "--red", folder["r.asc"], "--nir", folder["n.tif"]], nowhere);
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("libgdal32", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_raster_verb_writes_its_file_with_its_Item_and_nothing_else()
    {
        using var folder = new TempFolder();
        foreach (string verb in (string[])["ndvi", "cover", "mask"])
        {
            string[] ends = verb == "cover" ? ["--soil", "0,0.1,0.2", "--veg", "0.8,0.9,1"] : [];
            MonitorProgram run = await MonitorProgram.RunAsync(
                ["scene", verb, .. Scene(folder), .. ends, "--out", folder[$"{verb}.tif"], "--compress", "zstd"]);
            Assert.True(run.ExitCode == 0, run.Errors);
            using RasterBand written = RasterBand.Open(new(folder[$"{verb}.tif"]));
            double[] v = new double[16];
            written.Read(0, 0, 4, 4, v);
            double expected = verb switch { "ndvi" => 0.5, "cover" => (0.5 - 0.1) / 0.8, _ => 1 };
            Assert.All(v, x => Assert.Equal(expected, x, 1e-6));
        }
        Assert.Equal(
            ["cover.json", "cover.tif", "mask.json", "mask.tif", "n.tif", "ndvi.json", "ndvi.tif", "r.tif"], folder.Names);
    }
}
