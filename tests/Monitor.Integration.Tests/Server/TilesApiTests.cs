using System.Net;
using System.Text.Json.Nodes;
using Monitor.Imagery.Gdal;
using Monitor.Imagery.Tiles;
using Monitor.Integration.Tests.Jobs;
using Monitor.Integration.Tests.Support;
using Monitor.Server.Jobs;
using Monitor.Storage;
using Xunit;

namespace Monitor.Integration.Tests.Server;

/// <summary>Tiles and the list of scenes over HTTP, of scenes that the inbox took.</summary>
public sealed class TilesApiTests : IAsyncLifetime
{
    private readonly TempFolder _scratch = new();
    private JobService _service = null!;
    private HttpClient _http = null!;

    private DataFolder Folder => new(_scratch.Root);

    private static CancellationToken Ceiling => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        DroppedScene.Drop(Folder, "jiulong", "clear");
        DroppedScene.Drop(Folder, "jiulong", "cloudy", DroppedScene.At(3, 14), clouded: 0.62);
        _service = await JobService.StartAsync(
            Folder, new DateTimeOffset(2025, 8, 1, 0, 0, 0, TimeSpan.Zero), [], DroppedScene.Programme);
        Assert.Equal(2, _service.Job(SceneInboxJob.Name).Done);
        _http = new HttpClient
        {
            BaseAddress = new Uri($"http://127.0.0.1:{_service.Server.HttpPort}"), Timeout = TimeSpan.FromSeconds(60),
        };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _service.DisposeAsync();
        _scratch.Dispose();
    }

    [Fact]
    public async Task The_list_says_where_each_scene_lies_and_which_cannot_be_judged_by()
    {
        JsonNode site = await SiteAsync();
        JsonNode[] scenes = [.. site["scenes"]!.AsArray()!];
        Assert.Equal(["cloudy", "clear"], scenes.Select(s => s["name"]!.GetValue<string>()));
        Assert.Equal([false, true], scenes.Select(s => s["isUsable"]!.GetValue<bool>()));
        Assert.All(scenes, s => Assert.True(s["isAsStored"]!.GetValue<bool>()));
        Assert.Equal(["ndvi", "cover", "mask"], site["layers"]!.AsArray().Select(l => l!.GetValue<string>()));
        // The site lies within its scene: a margin of 400 m is on each side.
        double[] inner = Box(site["bounds"]!), outer = Box(scenes[1]["bounds"]!);
        Assert.True(outer[0] < inner[0] && outer[1] < inner[1] && outer[2] > inner[2] && outer[3] > inner[3]);
        // The ring of the programme's file has five points, the last the first.
        JsonArray ring = site["outline"]![0]!.AsArray();
        Assert.Equal(5, ring.Count);
        Assert.True(JsonNode.DeepEquals(ring[0], ring[4]));
        using HttpResponseMessage unknown = await _http.GetAsync("/api/v1/wetlands/nowhere/scenes", Ceiling);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Theory]
    [InlineData("ndvi")]
    [InlineData("cover")]
    [InlineData("mask")]
    public async Task A_tile_of_each_layer_is_a_picture_of_256_pixels(string layer)
    {
        (string scene, TileAddress tile) = await AddressAsync();
        byte[] png = await _http.GetByteArrayAsync(PathOf(scene, layer, tile), Ceiling);
        using RasterBand opacity = RasterBand.Open(new BandReference(_scratch.Write($"{layer}.png", png), 4));
        Assert.Equal((256, 256), (opacity.Width, opacity.Height));
        double[] values = new double[256 * 256];
        opacity.Read(0, 0, 256, 256, values);
        // The middle of the site, at a zoom where it fills a good part of a tile.
        Assert.Contains(255.0, values);
        byte[] site = await _http.GetByteArrayAsync($"/tiles/{scene}/{layer}/site.png", Ceiling);
        using RasterBand small = RasterBand.Open(new BandReference(_scratch.Write($"{layer}-site.png", site), 4));
        Assert.Equal((192, 112), (small.Width, small.Height));
    }

    [Fact]
    public async Task A_tile_is_kept_for_ever_only_under_its_full_address_and_answered_by_its_tag()
    {
        (string scene, TileAddress tile) = await AddressAsync();
        using HttpResponseMessage bare = await _http.GetAsync(PathOf(scene, "ndvi", tile), Ceiling);
        Assert.True(bare.Headers.CacheControl!.NoCache);
        string template = (await SceneAsync("clear"))["tiles"]!.GetValue<string>();
        string full = template.Replace("{layer}", "ndvi", StringComparison.Ordinal)
            .Replace("{z}/{x}/{y}", $"{tile.Z}/{tile.X}/{tile.Y}", StringComparison.Ordinal);
        using HttpResponseMessage kept = await _http.GetAsync(full, Ceiling);
        Assert.Equal("public, max-age=31536000, immutable", kept.Headers.CacheControl!.ToString());
        Assert.False(kept.Headers.ETag!.IsWeak);
        Assert.Equal(bare.Headers.ETag, kept.Headers.ETag);
        using var again = new HttpRequestMessage(HttpMethod.Get, full);
        again.Headers.IfNoneMatch.Add(kept.Headers.ETag);
        using HttpResponseMessage same = await _http.SendAsync(again, Ceiling);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Empty(await same.Content.ReadAsByteArrayAsync(Ceiling));
    }

    [Theory]
    [InlineData("SCENE/ndvi/23/0/0.png", HttpStatusCode.BadRequest)]
    [InlineData("SCENE/ndvi/3/8/0.png", HttpStatusCode.BadRequest)]
    [InlineData("SCENE/ndvi/3/-1/0.png", HttpStatusCode.BadRequest)]
    [InlineData("SCENE/ndvi/3/1e1/0.png", HttpStatusCode.BadRequest)]
    [InlineData("SCENE/ndvi/3/99999999999/0.png", HttpStatusCode.BadRequest)]
    [InlineData("SCENE/heat/3/0/0.png", HttpStatusCode.NotFound)]
    [InlineData("SCENE/ndvi/3/0/0.jpg", HttpStatusCode.NotFound)]
    [InlineData("00000000000000000000000000000000/ndvi/3/0/0.png", HttpStatusCode.NotFound)]
    [InlineData("clear/ndvi/3/0/0.png", HttpStatusCode.NotFound)]
    [InlineData("..%2F..%2Fscenes%2Ftaken%2Fjiulong%2Fclear/ndvi/3/0/0.png", HttpStatusCode.NotFound)]
    [InlineData("%2Fetc%2Fpasswd/ndvi/3/0/0.png", HttpStatusCode.NotFound)]
    [InlineData("SCENE/mask/3/0/0.png?minus=SCENE", HttpStatusCode.BadRequest)]
    [InlineData("SCENE/ndvi/3/0/0.png?minus=..%2Fclear", HttpStatusCode.NotFound)]
    [InlineData("SCENE/..%2F..%2Frecord.db/3/0/0.png", HttpStatusCode.NotFound)]
    public async Task What_is_no_tile_is_a_problem_document(string path, HttpStatusCode expected)
    {
        (string scene, _) = await AddressAsync();
        using HttpResponseMessage answer =
            await _http.GetAsync("/tiles/" + path.Replace("SCENE", scene, StringComparison.Ordinal), Ceiling);
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_scene_less_another_is_another_picture_with_a_tag_of_its_own()
    {
        (string scene, TileAddress tile) = await AddressAsync();
        string other = (await SceneAsync("cloudy"))["id"]!.GetValue<string>();
        using HttpResponseMessage plain = await _http.GetAsync(PathOf(scene, "ndvi", tile), Ceiling);
        using HttpResponseMessage less =
            await _http.GetAsync($"{PathOf(scene, "ndvi", tile)}?minus={other}", Ceiling);
        Assert.Equal(HttpStatusCode.OK, less.StatusCode);
        Assert.NotEqual(plain.Headers.ETag, less.Headers.ETag);
        Assert.NotEqual(
            await plain.Content.ReadAsByteArrayAsync(Ceiling), await less.Content.ReadAsByteArrayAsync(Ceiling));
    }

    [Fact]
    public async Task Two_hundred_at_once_are_all_answered_the_same_address_with_the_same_bytes()
    {
        (string scene, TileAddress tile) = await AddressAsync();
        string[] paths = [.. Enumerable.Range(0, 200).Select(i => PathOf(
            scene, TileLayers.Names[i % 3], tile with { X = tile.X + (i / 3 % 7) - 3, Y = tile.Y + (i / 21 % 3) - 1 }))];
        byte[][] pictures = await Task.WhenAll(paths.Select(p => _http.GetByteArrayAsync(p, Ceiling)));
        Assert.All(
            paths.Zip(pictures).GroupBy(p => p.First),
            same => Assert.Single(same.Select(p => Convert.ToHexString(p.Second)).Distinct()));
        // 3 layers × 7 columns × 3 rows: else one picture was compared with itself.
        Assert.Equal(63, paths.Distinct().Count());
    }

    [Fact]
    public async Task A_scene_whose_file_is_gone_has_no_tiles_and_says_so_and_the_others_stay()
    {
        (string scene, TileAddress tile) = await AddressAsync();
        // Drawn once, and so in the cache.
        _ = await _http.GetByteArrayAsync(PathOf(scene, "ndvi", tile), Ceiling);
        File.Delete(Directory.GetFiles(Path.Combine(Folder.Scenes, "taken", "jiulong", "clear"), "*B08.tif").Single());
        using HttpResponseMessage gone = await _http.GetAsync(PathOf(scene, "ndvi", tile), Ceiling);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        JsonNode site = await SiteAsync();
        JsonNode listed = site["scenes"]!.AsArray()[1]!;
        Assert.Null(listed["id"]);
        Assert.NotEmpty(listed["missing"]!.GetValue<string>());
        JsonNode unread = Assert.Single(site["unread"]!.AsArray())!;
        Assert.Equal("clear", unread["name"]!.GetValue<string>());
        Assert.Contains("B08.tif", unread["reason"]!.GetValue<string>(), StringComparison.Ordinal);
        string other = (await SceneAsync("cloudy"))["id"]!.GetValue<string>();
        Assert.NotEmpty(await _http.GetByteArrayAsync(PathOf(other, "ndvi", tile), Ceiling));
    }

    [Fact]
    public async Task A_scene_whose_pixels_were_changed_is_another_and_not_the_stored_one()
    {
        (string scene, TileAddress tile) = await AddressAsync();
        string folder = Path.Combine(Folder.Scenes, "taken", "jiulong", "clear");
        string sidecar = await File.ReadAllTextAsync(Path.Combine(folder, "scene.json"), Ceiling);
        // Other pixels under the same names.
        DroppedScene.Bands(folder, DroppedScene.Taken, vegetated: 0.5);
        await File.WriteAllTextAsync(Path.Combine(folder, "scene.json"), sidecar, Ceiling);
        using HttpResponseMessage former = await _http.GetAsync(PathOf(scene, "ndvi", tile), Ceiling);
        Assert.Equal(HttpStatusCode.NotFound, former.StatusCode);
        JsonNode now = await SceneAsync("clear");
        Assert.NotEqual(scene, now["id"]!.GetValue<string>());
        Assert.False(now["isAsStored"]!.GetValue<bool>());
    }

    private static string PathOf(string scene, string layer, TileAddress tile) =>
        $"/tiles/{scene}/{layer}/{tile.Z}/{tile.X}/{tile.Y}.png";

    private static double[] Box(JsonNode bounds) => [.. bounds.AsArray().Select(b => b!.GetValue<double>())];

    private async Task<JsonNode> SiteAsync() =>
        JsonNode.Parse(await _http.GetStringAsync("/api/v1/wetlands/jiulong/scenes", Ceiling))!;

    private async Task<JsonNode> SceneAsync(string name) =>
        (await SiteAsync())["scenes"]!.AsArray().Single(s => s!["name"]?.GetValue<string>() == name)!;

    // The clear scene, and the tile of zoom 15 in the middle of its site.
    private async Task<(string Scene, TileAddress Tile)> AddressAsync()
    {
        JsonNode site = await SiteAsync();
        double[] box = Box(site["bounds"]!);
        return (
            (await SceneAsync("clear"))["id"]!.GetValue<string>(),
            TileAddress.Of((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, 15));
    }
}
