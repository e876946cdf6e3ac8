using Monitor.Programmes.Definitions;
using Monitor.Server.Jobs;
using Monitor.Storage;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>Scenes dropped into the folder, with real pixels.</summary>
public sealed class SceneInboxTests : IDisposable
{
    private static readonly WetlandProgramme Programme = DroppedScene.Programme;

    private readonly TempFolder _scratch = new();

    private DataFolder Folder => new(_scratch.Root);

    private string Scenes => Path.Combine(_scratch.Root, "scenes");

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_scene_is_taken_moved_and_taken_again_changes_nothing()
    {
        Drop("jiulong", "first");
        await using JobService service = await StartAsync();
        Assert.Equal((1L, 0L), (service.Job(SceneInboxJob.Name).Done, service.Job(SceneInboxJob.Name).Faults));
        Assert.True(File.Exists(Path.Combine(Scenes, "taken", "jiulong", "first", "scene.json")));
        (long position, long entries) = (service.Server.Record.LastPosition, service.Server.Ledger.Head.Entries);
        Assert.Equal(5, position); // clear fraction, NDVI, cover: low, central, high
        Assert.True(entries > 0);

        // The same pixels under the same name: known by their bytes, and the folder that is there is not written over.
        await service.RestartAsync(whileDown: () => Drop("jiulong", "first"));
        Assert.Equal(1, service.Job(SceneInboxJob.Name).Done);
        Assert.Equal((position, entries), (service.Server.Record.LastPosition, service.Server.Ledger.Head.Entries));
        Assert.True(Directory.Exists(Path.Combine(Scenes, "taken", "jiulong", "first-2")));
    }

    [Fact]
    public async Task What_cannot_be_read_is_set_apart_with_its_reason_and_stops_nothing_else()
    {
        string broken = Drop("jiulong", "a-broken");
        await File.WriteAllTextAsync(Path.Combine(broken, "scene.json"), "{\"taken\":\"2025-07-15\"", Ceiling);
        string outside = Drop("jiulong", "b-outside");
        await File.WriteAllTextAsync(
            Path.Combine(outside, "scene.json"),
            "{\"taken\":\"2025-07-15T02:40:00Z\",\"red\":\"../../../record.db\",\"nir\":\"x\"}", Ceiling);
        string cut = Drop("jiulong", "c-cut");
        await File.WriteAllBytesAsync(Directory.GetFiles(cut, "*B04.tif")[0], new byte[100], Ceiling);
        Drop("nowhere", "d-unknown");
        string copying = Drop("jiulong", "e-copying");
        File.Delete(Path.Combine(copying, "scene.json"));
        Drop("jiulong", "f-good");

        await using JobService service = await StartAsync();
        JobState job = service.Job(SceneInboxJob.Name);
        Assert.Equal((1L, 1L, 4L), (job.Done, job.Waiting, job.Faults));
        Assert.Equal(
            ["jiulong/a-broken", "jiulong/b-outside", "jiulong/c-cut", "nowhere/d-unknown"],
            Directory.GetDirectories(Path.Combine(Scenes, "faulty"), "*-*", SearchOption.AllDirectories)
                .Select(d => Path.GetRelativePath(Path.Combine(Scenes, "faulty"), d)).Order(StringComparer.Ordinal));
        Assert.All(
            Directory.GetFiles(Path.Combine(Scenes, "faulty"), "fault.txt", SearchOption.AllDirectories),
            f => Assert.NotEmpty(File.ReadAllText(f).Trim()));
        Assert.True(Directory.Exists(copying));
    }

    [Fact]
    public async Task A_scene_whose_judgement_a_kill_cut_off_is_judged_at_the_next_start()
    {
        Drop("jiulong", "first");
        byte[] whole;
        await using (JobService service = await StartAsync()) whole = Judged(service);
        // The same record without the ledger, which is how a kill between the append and the seal leaves it.
        foreach (string file in new[] { Folder.Ledger, Folder.Ledger + "-wal", Folder.Ledger + "-shm", Folder.Head })
        {
            File.Delete(file);
        }
        await using JobService again = await StartAsync();
        Assert.Equal(whole, Judged(again));
    }

    private static CancellationToken Ceiling => TestContext.Current.CancellationToken;

    private static byte[] Judged(JobService service) => service.Server.Ledger.Find(
        $"assessment/{Programme.Id}/{Programme.Version}/jiulong/cover/2025-07-15T02:40:00.000Z")!.Body.ToArray();

    private Task<JobService> StartAsync() =>
        JobService.StartAsync(Folder, new DateTimeOffset(2025, 8, 1, 0, 0, 0, TimeSpan.Zero), [], Programme);

    private string Drop(string bank, string name) => DroppedScene.Drop(Folder, bank, name);
}
