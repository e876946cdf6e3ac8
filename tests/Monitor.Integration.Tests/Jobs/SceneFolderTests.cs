using Monitor.Domain.Readings;
using Monitor.Imagery;
using Monitor.Integration.Tests.Imagery.Products;
using Monitor.Integration.Tests.Support;
using Monitor.Server.Jobs;
using Monitor.Storage;
using Xunit;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>Scenes in the inbox that a STAC Item or a product's own metadata describes.</summary>
public sealed class SceneFolderTests : IDisposable
{
    private readonly TempFolder _scratch = new();

    private DataFolder Folder => new(_scratch.Root);

    private static CancellationToken Ceiling => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task An_item_gives_the_figures_that_a_sidecar_gives_of_the_same_pixels_and_twice_is_once()
    {
        decimal[] expected = await FiguresOfSidecarAsync();
        Item(Bands("item"));
        await using JobService service = await StartAsync();
        Assert.Equal((1L, 0L, 0L), Tally(service));
        Assert.Equal(expected, Figures(service));
        Assert.True(File.Exists(Path.Combine(Folder.Scenes, "taken", "jiulong", "item", "item.json")));

        await service.RestartAsync(whileDown: () => Item(Bands("item-again")));
        Assert.Equal((1L, 5L), (service.Job(SceneInboxJob.Name).Done, service.Server.Record.LastPosition));
    }

    [Theory]
    [InlineData("S2A_TEST.SAFE", "")]
    [InlineData("scene", "S2A_TEST.SAFE")]
    public async Task A_Sentinel_2_product_is_taken_as_its_folder_or_in_one(string name, string inner)
    {
        decimal[] expected = await FiguresOfSidecarAsync();
        string folder = Path.Combine(DroppedScene.FolderOf(Folder, "jiulong", name), inner);
        string images = Path.Combine(folder, ProductFolder.Granule);
        SceneSource bands = DroppedScene.Bands(Path.Combine(_scratch.Root, "bands"), DroppedScene.Taken);
        Put(bands.Red.File, Path.Combine(images, "R10m", $"{ProductFolder.Tile}_B04_10m.tif"));
        Put(bands.Nir.File, Path.Combine(images, "R10m", $"{ProductFolder.Tile}_B08_10m.tif"));
        Put(bands.Mask!.Band.File, Path.Combine(images, "R20m", $"{ProductFolder.Tile}_SCL_20m.tif"));
        // Before baseline 04.00 nothing is added: the DN are the sidecar's.
        await File.WriteAllTextAsync(
            Path.Combine(folder, "MTD_MSIL2A.xml"), ProductFolder.Metadata("02.14"), Ceiling);
        await using JobService service = await StartAsync();
        Assert.Equal((1L, 0L, 0L), Tally(service));
        // PRODUCT_START_TIME of the metadata.
        var taken = Instant.From(new DateTimeOffset(2025, 7, 15, 2, 30, 0, 24, TimeSpan.Zero));
        Assert.Equal(expected, Figures(service, taken));
    }

    [Fact]
    public async Task A_Landsat_product_is_taken()
    {
        decimal[] expected = await FiguresOfSidecarAsync();
        string folder = DroppedScene.FolderOf(Folder, "jiulong", "landsat");
        SceneSource bands = DroppedScene.Bands(Path.Combine(_scratch.Root, "bands"), DroppedScene.Taken);
        Put(bands.Red.File, Path.Combine(folder, "T_SR_B4.TIF"));
        Put(bands.Nir.File, Path.Combine(folder, "T_SR_B5.TIF"));
        ClearQuality(bands.Mask!.Band, Path.Combine(folder, "T_QA_PIXEL.TIF"));
        await File.WriteAllTextAsync(Path.Combine(folder, "T_MTL.txt"), Landsat, Ceiling);
        await using JobService service = await StartAsync();
        Assert.Equal((1L, 0L, 0L), Tally(service));
        Assert.Equal(expected, Figures(service));
    }

    [Fact]
    public async Task What_an_item_or_a_product_lacks_sets_the_scene_apart_with_the_reason()
    {
        Item(Bands("a-no-time"), time: null);
        Item(Bands("b-outside"), red: "../i-good/r.tif");
        Item(Bands("c-remote"), red: "https://example.org/B04.tif");
        Item(Bands("d-gone"), red: "gone.tif");
        string two = Bands("e-two");
        Item(two);
        Item(two, file: "other.json");
        await File.WriteAllTextAsync(Path.Combine(Bands("f-broken"), "item.json"), "{\"type\":\"Feature\",", Ceiling);
        string product = Directory.CreateDirectory(DroppedScene.FolderOf(Folder, "jiulong", "g-empty.SAFE")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(product, "MTD_MSIL2A.xml"), ProductFolder.Metadata("02.14"), Ceiling);
        // No description: still being copied.
        await File.WriteAllTextAsync(Path.Combine(Bands("h-waits"), "notes.json"), "{\"by\":\"hand\"}", Ceiling);
        Item(Bands("i-good"));

        await using JobService service = await StartAsync();
        Assert.Equal((1L, 1L, 7L), Tally(service));
        string Reason(string name) =>
            File.ReadAllText(Path.Combine(Folder.Scenes, "faulty", "jiulong", name, "fault.txt"));
        Assert.Contains("when the scene was taken", Reason("a-no-time"), StringComparison.Ordinal);
        Assert.Contains("not in the scene's folder", Reason("b-outside"), StringComparison.Ordinal);
        Assert.Contains("not in the scene's folder", Reason("c-remote"), StringComparison.Ordinal);
        Assert.Contains("gone.tif", Reason("d-gone"), StringComparison.Ordinal);
        Assert.Contains("2 descriptions", Reason("e-two"), StringComparison.Ordinal);
        Assert.Contains("not JSON", Reason("f-broken"), StringComparison.Ordinal);
        Assert.Contains("B04_10m", Reason("g-empty.SAFE"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_written_sidecar_is_read_back_as_it_was()
    {
        string folder = _scratch["one"];
        SceneSource source = DroppedScene.Bands(folder, DroppedScene.Taken) with { Offset = -0.1, NoData = 7 };
        SceneSidecar.Write(folder, DroppedScene.Taken, source);
        Assert.Equal(new SceneSidecar(DroppedScene.Taken, source), SceneFolder.Read(folder));
        Assert.Throws<ArgumentException>(() => SceneSidecar.Write(
            folder, DroppedScene.Taken, source with { RedScaling = new BandScaling(1, 0, null) }));
    }

    private const string Landsat = """
        GROUP = LANDSAT_METADATA_FILE
          GROUP = PRODUCT_CONTENTS
            LANDSAT_PRODUCT_ID = "T"
            PROCESSING_LEVEL = "L2SP"
            COLLECTION_NUMBER = 02
            FILE_NAME_BAND_3 = "T_SR_B3.TIF"
            FILE_NAME_BAND_4 = "T_SR_B4.TIF"
            FILE_NAME_BAND_5 = "T_SR_B5.TIF"
            FILE_NAME_QUALITY_L1_PIXEL = "T_QA_PIXEL.TIF"
          END_GROUP = PRODUCT_CONTENTS
          GROUP = IMAGE_ATTRIBUTES
            SPACECRAFT_ID = "LANDSAT_8"
            DATE_ACQUIRED = 2025-07-15
            SCENE_CENTER_TIME = "02:40:00.0000000Z"
          END_GROUP = IMAGE_ATTRIBUTES
          GROUP = LEVEL2_SURFACE_REFLECTANCE_PARAMETERS
            REFLECTANCE_MULT_BAND_3 = 0.0001
            REFLECTANCE_MULT_BAND_4 = 0.0001
            REFLECTANCE_MULT_BAND_5 = 0.0001
            REFLECTANCE_ADD_BAND_3 = 0
            REFLECTANCE_ADD_BAND_4 = 0
            REFLECTANCE_ADD_BAND_5 = 0
          END_GROUP = LEVEL2_SURFACE_REFLECTANCE_PARAMETERS
        END_GROUP = LANDSAT_METADATA_FILE
        END
        """;

    private static (long Done, long Waiting, long Faults) Tally(JobService service)
    {
        JobState job = service.Job(SceneInboxJob.Name);
        return (job.Done, job.Waiting, job.Faults);
    }

    // Clear fraction, NDVI and the three covers, in the order of their codes.
    private static decimal[] Figures(JobService service, Instant? taken = null) =>
        [.. service.Server.Record.Read(ReadingQuery.At(
            "jiulong", Statistic.Instantaneous, taken ?? DroppedScene.Taken, service.Server.Record.LastPosition))
            .Select(r => r.Reading.Value.ToDecimal())];

    private static async Task<decimal[]> FiguresOfSidecarAsync()
    {
        using var scratch = new TempFolder();
        DroppedScene.Drop(new DataFolder(scratch.Root), "jiulong", "plain");
        await using JobService service = await StartAsync(new DataFolder(scratch.Root));
        decimal[] figures = Figures(service);
        Assert.Equal(5, figures.Length);
        return figures;
    }

    private static Task<JobService> StartAsync(DataFolder folder) => JobService.StartAsync(
        folder, new DateTimeOffset(2025, 8, 1, 0, 0, 0, TimeSpan.Zero), [], DroppedScene.Programme);

    private Task<JobService> StartAsync() => StartAsync(Folder);

    private string Bands(string name)
    {
        string folder = DroppedScene.FolderOf(Folder, "jiulong", name);
        SceneSource source = DroppedScene.Bands(folder, DroppedScene.Taken);
        File.Move(source.Red.File, Path.Combine(folder, "r.tif"));
        File.Move(source.Nir.File, Path.Combine(folder, "n.tif"));
        File.Move(source.Mask!.Band.File, Path.Combine(folder, "m.tif"));
        return folder;
    }

    private static void Item(
        string folder, string? time = "2025-07-15T02:40:00Z", string red = "./r.tif", string file = "item.json")
    {
        string properties = time is null ? "" : $"\"datetime\":\"{time}\"";
        File.WriteAllText(Path.Combine(folder, file), $$"""
            {"type":"Feature","stac_version":"1.1.0","id":"{{Path.GetFileName(folder)}}","properties":{ {{properties}} },
             "assets":{
              "red":{"href":"{{red}}","bands":[{"eo:common_name":"red","raster:scale":0.0001,"raster:offset":0}]},
              "nir":{"href":"n.tif","bands":[{"eo:common_name":"nir","raster:scale":0.0001,"raster:offset":0}]},
              "scl":{"href":"m.tif"} } }
            """);
    }

    private static void Put(string file, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Move(file, to);
    }

    private static void ClearQuality(Monitor.Imagery.Gdal.BandReference scl, string path)
    {
        using var band = Monitor.Imagery.Gdal.RasterBand.Open(scl);
        // 21824: what QA_PIXEL holds of clear land.
        Monitor.Imagery.Tiff.GeoTiffWriter.WriteAll<ushort>(
            path, [.. Enumerable.Repeat((ushort)21_824, band.Width * band.Height)], band.Width, band.Height, band.Place);
    }
}
