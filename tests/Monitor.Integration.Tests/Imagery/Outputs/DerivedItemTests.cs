using System.Security.Cryptography;
using System.Text.Json;
using Monitor.Imagery.Gdal;
using Monitor.Imagery.Tiff;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Imagery.Outputs;

/// <summary>The STAC Item beside a raster, and the statistics in it.</summary>
public sealed class DerivedItemTests
{
    private static readonly string[] Cover = ["--soil", "0,0.1,0.2", "--veg", "0.8,0.9,1"];

    private static string Scene(TempFolder folder, string id, ushort red, GeoReference place, byte scl = 4)
    {
        GeoTiffWriter.WriteAll<ushort>(folder[$"{id}-r.tif"], [.. Enumerable.Repeat(red, 16)], 4, 4, place, 0);
        GeoTiffWriter.WriteAll<ushort>(folder[$"{id}-n.tif"], [0, .. Enumerable.Repeat((ushort)300, 15)], 4, 4, place, 0);
        GeoTiffWriter.WriteAll<byte>(folder[$"{id}-m.tif"], [9, scl, scl, scl], 2, 2, place with
        {
            PixelWidth = 2 * place.PixelWidth, PixelHeight = 2 * place.PixelHeight,
        });
        return folder.Write($"{id}.json", $$$$"""
            {"type":"Feature","stac_version":"1.0.0","id":"{{{{id}}}}",
             "properties":{"datetime":"2025-07-{{{{red / 10}}}}T02:40:00Z"},"assets":{
             "red":{"href":"{{{{id}}}}-r.tif","eo:bands":[{"common_name":"red"}],"raster:bands":[{"scale":0.0001,"offset":0}]},
             "nir":{"href":"{{{{id}}}}-n.tif","eo:bands":[{"common_name":"nir"}],"raster:bands":[{"scale":0.0001,"offset":0}]},
             "scl":{"href":"{{{{id}}}}-m.tif"}}}
            """);
    }

    private static GeoReference Place => GeoReference.NorthUp(32651, 500_000, 3_500_000, 10);

    private static async Task<JsonElement> RunAsync(string item, params string[] arguments)
    {
        MonitorProgram run = await MonitorProgram.RunAsync(["scene", .. arguments]);
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Equal("", run.Errors);
        return JsonDocument.Parse(await File.ReadAllBytesAsync(item, TestContext.Current.CancellationToken)).RootElement;
    }

    // The required fields of STAC 1.0.0, item-spec.md, and what it says of their values.
    private static void AssertIsItem(JsonElement item)
    {
        Assert.Equal("Feature", item.GetProperty("type").GetString());
        Assert.Equal("1.0.0", item.GetProperty("stac_version").GetString());
        Assert.NotEqual("", item.GetProperty("id").GetString());
        JsonElement geometry = item.GetProperty("geometry");
        Assert.Equal(geometry.ValueKind == JsonValueKind.Null, !item.TryGetProperty("bbox", out _));
        JsonElement properties = item.GetProperty("properties");
        JsonElement time = properties.GetProperty("datetime");
        foreach (string end in (string[])["start_datetime", "end_datetime"])
        {
            if (time.ValueKind == JsonValueKind.Null) Assert.True(properties.GetProperty(end).TryGetDateTimeOffset(out _));
            else Assert.True(time.TryGetDateTimeOffset(out _));
        }
        Assert.Equal(JsonValueKind.Array, item.GetProperty("links").ValueKind);
        Assert.All(item.GetProperty("links").EnumerateArray(), link => Assert.NotEqual("", link.GetProperty("rel").GetString()));
        Assert.All(
            item.GetProperty("assets").EnumerateObject(), a => Assert.NotEqual("", a.Value.GetProperty("href").GetString()));
        Assert.All(
            item.GetProperty("stac_extensions").EnumerateArray(),
            e => Assert.True(Uri.IsWellFormedUriString(e.GetString(), UriKind.Absolute)));
        if (geometry.ValueKind != JsonValueKind.Null) AssertRings(geometry, item.GetProperty("bbox"));
    }

    private static void AssertRings(JsonElement geometry, JsonElement box)
    {
        Assert.Equal(4, box.GetArrayLength());
        JsonElement[] rings = [.. geometry.GetProperty("type").GetString() == "Polygon"
            ? geometry.GetProperty("coordinates").EnumerateArray()
            : geometry.GetProperty("coordinates").EnumerateArray().SelectMany(part => part.EnumerateArray())];
        foreach (JsonElement ring in rings)
        {
            (double X, double Y)[] points = [.. ring.EnumerateArray().Select(p => (p[0].GetDouble(), p[1].GetDouble()))];
            Assert.Equal(points[0], points[^1]);
            Assert.All(points, p => Assert.InRange(p.X, -180, 180));
            // RFC 7946, 3.1.6: outer rings run counterclockwise.
            Assert.True(points.Zip(points.Skip(1)).Sum(e => (e.First.X * e.Second.Y) - (e.Second.X * e.First.Y)) > 0);
        }
    }

    private static string Sha(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));

    [Fact]
    public async Task NDVI_is_written_with_an_Item_that_names_inputs_hashes_parameters_and_software()
    {
        using var folder = new TempFolder();
        string scene = Scene(folder, "a", 150, Place);
        JsonElement item = await RunAsync(
            folder["out.json"], "ndvi", "--item", scene, "--dilate", "1", "--out", folder["out.tif"]);
        AssertIsItem(item);
        JsonElement properties = item.GetProperty("properties");
        Assert.Equal("2025-07-15T02:40:00.000Z", properties.GetProperty("datetime").GetString());
        Assert.Equal("ndvi", properties.GetProperty("monitor:kind").GetString());
        Assert.Matches(@"^\d+\.\d+\.\d+$", properties.GetProperty("processing:software").GetProperty("monitor").GetString());
        JsonElement input = Assert.Single(properties.GetProperty("monitor:inputs").EnumerateArray());
        foreach ((string role, string file) in ((string, string)[])[
            ("sidecar", "a.json"), ("red", "a-r.tif"), ("nir", "a-n.tif"), ("mask", "a-m.tif")])
        {
            Assert.Equal("./" + file, input.GetProperty(role).GetProperty("href").GetString());
            Assert.Equal(Sha(folder[file]), input.GetProperty(role).GetProperty("sha256").GetString());
            Assert.Equal(new FileInfo(folder[file]).Length, input.GetProperty(role).GetProperty("bytes").GetInt64());
        }
        Assert.Equal(0.0001, input.GetProperty("red").GetProperty("scale").GetDouble());
        JsonElement mask = input.GetProperty("mask");
        Assert.Equal(("scl", 1), (mask.GetProperty("kind").GetString(), mask.GetProperty("dilate").GetInt32()));
        Assert.Equal("./a.json", item.GetProperty("links")[0].GetProperty("href").GetString());
        Assert.Equal("./out.tif", item.GetProperty("assets").GetProperty("data").GetProperty("href").GetString());
        // 123 E is the central meridian of zone 51, and 3,500,000 m north some 31.6 degrees.
        Assert.Equal(123, item.GetProperty("bbox")[0].GetDouble(), 1e-6);
        Assert.InRange(item.GetProperty("bbox")[3].GetDouble(), 31.5, 31.7);
        Assert.Equal([4, 4], properties.GetProperty("proj:shape").EnumerateArray().Select(n => n.GetInt32()));
    }

    [Fact]
    public async Task The_same_inputs_give_the_same_bytes_and_statistics_stand_in_the_file_and_in_the_Item()
    {
        using var folder = new TempFolder();
        string scene = Scene(folder, "a", 100, Place);
        string[] cover = ["cover", "--item", scene, .. Cover, "--out", folder["c.tif"]];
        JsonElement item = await RunAsync(folder["c.json"], cover);
        AssertIsItem(item);
        JsonElement statistics = item.GetProperty("assets").GetProperty("data").GetProperty("raster:bands")[0]
            .GetProperty("statistics");
        // NDVI 0.5 on the twelve clear pixels: cover (0.5 − 0.1) / 0.8.
        Assert.Equal(0.5, statistics.GetProperty("mean").GetDouble(), 1e-7);
        Assert.Equal(12 / 16.0 * 100, statistics.GetProperty("valid_percent").GetDouble());
        Assert.Equal([0, 0.1, 0.2], item.GetProperty("properties").GetProperty("monitor:parameters").GetProperty("cover")
            .GetProperty("soil").EnumerateArray().Select(n => n.GetDouble()));
        byte[] raster = File.ReadAllBytes(folder["c.tif"]), beside = File.ReadAllBytes(folder["c.json"]);
        string text = System.Text.Encoding.Latin1.GetString(raster);
        Assert.Contains("<Item name=\"STATISTICS_MEAN\" sample=\"0\">0.5", text, StringComparison.Ordinal);
        Assert.Contains("STATISTICS_VALID_PERCENT\" sample=\"0\">75<", text, StringComparison.Ordinal);
        Assert.Contains("monitor 0.", text, StringComparison.Ordinal);
        await RunAsync(folder["c.json"], cover);
        Assert.Equal(raster, File.ReadAllBytes(folder["c.tif"]));
        Assert.Equal(beside, File.ReadAllBytes(folder["c.json"]));
    }

    [Fact]
    public async Task A_composite_names_every_date_and_tells_the_share_with_enough()
    {
        using var folder = new TempFolder();
        string[] items = [Scene(folder, "a", 100, Place), Scene(folder, "b", 150, Place), Scene(folder, "c", 200, Place, 8)];
        string[] arguments = ["composite", .. items.SelectMany(i => (string[])["--item", i]), .. Cover, "--min-dates", "2"];
        JsonElement item = await RunAsync(folder["m.json"], [.. arguments, "--out", folder["m.tif"], "--json"]);
        AssertIsItem(item);
        JsonElement properties = item.GetProperty("properties");
        Assert.Equal("2025-07-10T02:40:00.000Z", properties.GetProperty("start_datetime").GetString());
        Assert.Equal("2025-07-20T02:40:00.000Z", properties.GetProperty("end_datetime").GetString());
        Assert.Equal(
            ["a", "b", "c"],
            properties.GetProperty("monitor:inputs").EnumerateArray().Select(i => i.GetProperty("scene").GetString()));
        JsonElement parameters = properties.GetProperty("monitor:parameters");
        Assert.Equal("median", parameters.GetProperty("statistic").GetString());
        Assert.Equal(2, parameters.GetProperty("minDates").GetInt32());
        MonitorProgram run = await MonitorProgram.RunAsync(["scene", .. arguments, "--out", folder["m.tif"], "--json"]);
        // Three quarters of 16 pixels are clear on two dates; one pixel of the rest is nodata on all.
        Assert.Equal((15, 12), (run.Json.GetProperty("eligible").GetInt64(), run.Json.GetProperty("enough").GetInt64()));
        Assert.Equal(0.8, run.Json.GetProperty("enoughFraction").GetDouble());
        // NDVI 0.5 and 1/3: the mean of the two.
        Assert.Equal((0.5 + (1 / 3.0)) / 2, run.Json.GetProperty("ndvi").GetProperty("mean").GetDouble(), 1e-7);
        MonitorProgram four = await MonitorProgram.RunAsync(["scene", .. arguments[..^1], "4", "--out", folder["x.tif"]]);
        Assert.Equal(2, four.ExitCode);
        Assert.Contains("--min-dates", four.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["x.tif"]) || File.Exists(folder["x.json"]));
    }

    [Fact]
    public async Task Files_by_hand_have_no_time_and_a_scene_across_the_antimeridian_has_two_rings()
    {
        using var folder = new TempFolder();
        GeoReference fiji = GeoReference.NorthUp(32760, 820_000, 8_230_000, 1000);
        Scene(folder, "a", 150, fiji);
        JsonElement item = await RunAsync(
            folder["o.json"], "ndvi", "--red", folder["a-r.tif"], "--nir", folder["a-n.tif"], "--out", folder["o.tif"]);
        AssertIsItem(item);
        Assert.Equal(JsonValueKind.Null, item.GetProperty("properties").GetProperty("datetime").ValueKind);
        Assert.Equal("MultiPolygon", item.GetProperty("geometry").GetProperty("type").GetString());
        Assert.True(item.GetProperty("bbox")[0].GetDouble() > 179 && item.GetProperty("bbox")[2].GetDouble() < -179);
        // Without any place, geometry is null and there is no box.
        GeoTiffWriter.WriteAll<ushort>(folder["p.tif"], [100, 100], 2, 1, null);
        AssertIsItem(await RunAsync(
            folder["q.json"], "mask", "--red", folder["p.tif"], "--nir", folder["p.tif"], "--out", folder["q.tif"]));
    }

    [Fact]
    public async Task Inputs_and_files_of_others_are_never_written_over()
    {
        using var folder = new TempFolder();
        string scene = Scene(folder, "a", 150, Place);
        byte[] before = File.ReadAllBytes(scene);
        folder.Write("mine.json", "{\"my\":\"notes\"}");
        foreach (string taken in (string[])["a.tif", "a-r.tif", "mine.tif"])
        {
            MonitorProgram run = await MonitorProgram.RunAsync(["scene", "ndvi", "--item", scene, "--out", folder[taken]]);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains("--out", run.Errors, StringComparison.Ordinal);
        }
        Assert.Equal(before, File.ReadAllBytes(scene));
        MonitorProgram without = await MonitorProgram.RunAsync(
            ["scene", "ndvi", "--item", scene, "--no-item", "--out", folder["mine.tif"]]);
        Assert.True(without.ExitCode == 0, without.Errors);
        Assert.Equal("{\"my\":\"notes\"}", File.ReadAllText(folder["mine.json"]));
    }
}
