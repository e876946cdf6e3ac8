using System.Text;
using System.Text.Json;
using Monitor.Cli;
using Monitor.Domain.Readings;
using Monitor.Imagery;
using Monitor.Integration.Tests.Support;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Evidence;
using Monitor.Server.Jobs;
using Monitor.Storage;
using Monitor.Storage.Evidence;
using Xunit;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>A season's scenes dropped into the folder, with real pixels: the composite is made, judged and replayed.</summary>
public sealed class SeasonInboxTests : IDisposable
{
    private static readonly WetlandProgramme Programme = DroppedScene.Programme;

    private readonly TempFolder _scratch = new();

    private DataFolder Folder => new(_scratch.Root);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_season_dropped_at_once_is_judged_date_by_date_on_its_composite_and_replays_and_verifies()
    {
        // By name in another order than by time, and one under cloud.
        Drop("d", 5, 8, 0.70);
        Drop("c", 6, 2, 0.76, clouded: 0.62);
        Drop("b", 6, 22, 0.84);
        Drop("a", 7, 15, 0.93);
        await using JobService service = await StartAsync();
        Assert.Equal((4L, 0L), (service.Job(SceneInboxJob.Name).Done, service.Job(SceneInboxJob.Name).Faults));
        Assert.Equal("inconclusive", Outcome(service, 6, 22));
        LedgerEntry july = Judged(service, 7, 15)!;
        using JsonDocument json = JsonDocument.Parse(july.Body);
        Assert.Equal("pass", json.RootElement.GetProperty("outcome").GetString());
        Assert.Equal("ndvi-median-1", json.RootElement.GetProperty("algorithm").GetString());
        Assert.Equal(3, json.RootElement.GetProperty("composite").GetProperty("dates").GetInt32());
        Assert.Equal(
            ["used", "rejected not-clear", "used", "used"],
            json.RootElement.GetProperty("scenes").EnumerateArray().Select(s =>
                $"{s.GetProperty("use").GetString()} {s.GetProperty("reason").GetString()}".Trim()));

        var evidence = new EvidenceStore(Folder.Evidence);
        ReplayOutcome replay = new ReplayFlow(
            service.Server.Ledger, service.Server.Record, service.Server.Registry, evidence).Replay(july.Number);
        Assert.True(replay.IsSame, replay.Difference);
        // 4 scenes of five figures; the composite's five and its three scenes.
        Assert.Equal((4 * 5) + 5 + 3, replay.Readings);
        BundleReport report = BundleVerification.Run(
            new BundleFlow(
                service.Server.Ledger, service.Server.Record, service.Server.Registry, evidence, Folder).Make(july.Number),
            SealingDesk.Software);
        Assert.True(report.Holds, string.Join('\n', report.Steps.Select(s => s.Words)));
    }

    [Fact]
    public async Task A_composite_that_a_kill_cut_off_is_made_by_the_next_round_with_the_same_bytes()
    {
        using var other = new TempFolder();
        Assert.Equal(await TakenAsync(Folder, isCut: false), await TakenAsync(new DataFolder(other.Root), isCut: true));
    }

    [Fact]
    public async Task A_scene_whose_season_is_not_at_hand_is_set_apart_and_nothing_of_it_is_stored()
    {
        Drop("a", 5, 8, 0.70);
        Drop("b", 6, 22, 0.84);
        await using JobService service = await StartAsync();
        Assert.Equal(0, service.Job(SceneInboxJob.Name).Faults);
        long position = service.Server.Record.LastPosition;
        await service.RestartAsync(whileDown: () =>
        {
            Directory.Delete(Path.Combine(Folder.Scenes, "taken", "jiulong", "a"), recursive: true);
            Drop("c", 7, 15, 0.93);
        });
        Assert.Equal(1, service.Job(SceneInboxJob.Name).Faults);
        string why = await File.ReadAllTextAsync(
            Path.Combine(Folder.Scenes, "faulty", "jiulong", "c", "fault.txt"), TestContext.Current.CancellationToken);
        Assert.Contains("2025-05-08", why, StringComparison.Ordinal);
        Assert.Equal(position, service.Server.Record.LastPosition);
        Assert.Null(Judged(service, 7, 15));
    }

    [Fact]
    public async Task Out_of_season_nothing_is_judged()
    {
        Drop("a", 4, 30, 0.95);
        await using JobService service = await StartAsync();
        Assert.Equal(5, service.Server.Record.LastPosition);
        Assert.Null(Judged(service, 4, 30));
    }

    [Fact]
    public async Task Open_water_is_left_out_by_the_green_band_that_the_sidecar_names()
    {
        DefinitionText shipped = DefinitionFiles.Shipped("wetland-seed-florida.yaml");
        string text = Encoding.UTF8.GetString(shipped.Bytes.Span);
        Assert.Contains("  water: counted\n", text, StringComparison.Ordinal);
        WetlandProgramme dry = WetlandProgrammeReader.Read(new DefinitionText(
            "dry.yaml", Encoding.UTF8.GetBytes(text.Replace("water: counted", "water: left-out", StringComparison.Ordinal))));
        Drop("a", 7, 15, 0.93);
        string without = DroppedScene.Drop(Folder, "jiulong", "b", DroppedScene.At(7, 20));
        string sidecar = Path.Combine(without, SceneSidecar.FileName);
        string keys = await File.ReadAllTextAsync(sidecar, TestContext.Current.CancellationToken);
        Assert.Contains("\"green\":\"jiulong-20250720-B03.tif\",", keys, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            sidecar, keys.Replace("\"green\":\"jiulong-20250720-B03.tif\",", "", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        await using JobService service = await JobService.StartAsync(
            Folder, new DateTimeOffset(2025, 8, 1, 0, 0, 0, TimeSpan.Zero), [], dry);
        Assert.Equal((1L, 1L), (service.Job(SceneInboxJob.Name).Done, service.Job(SceneInboxJob.Name).Faults));
        Assert.Contains("green band", await File.ReadAllTextAsync(
            Path.Combine(Folder.Scenes, "faulty", "jiulong", "b", "fault.txt"), TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        // The same site with its water counted: some 6 % of it, and bare.
        using var other = new TempFolder();
        var counted = new DataFolder(other.Root);
        DroppedScene.Drop(counted, "jiulong", "a");
        await using JobService wet = await JobService.StartAsync(
            counted, new DateTimeOffset(2025, 8, 1, 0, 0, 0, TimeSpan.Zero), [], Programme);
        decimal ratio = Cover(wet) / Cover(service);
        Assert.InRange(ratio, 0.92m, 0.96m);
    }

    private static decimal Cover(JobService service) => service.Server.Record.Read(new ReadingQuery(
            "jiulong", Statistic.Instantaneous, new Instant(0), new Instant(long.MaxValue), service.Server.Record.LastPosition))
        .Single(r => r.Reading.Measurand == Measurands.Cover).Reading.Value.ToDecimal();

    // Three dates, one after another; where it is cut, the program ends after the third scene's own figures.
    private static async Task<byte[]> TakenAsync(DataFolder folder, bool isCut)
    {
        await using JobService service = await JobService.StartAsync(
            folder, new DateTimeOffset(2025, 8, 1, 0, 0, 0, TimeSpan.Zero), []);
        var desk = new SealingDesk(service.Server.Ledger, new EvidenceStore(folder.Evidence), folder, TimeProvider.System);
        AppendOutcome Append(Arrival arrival) => service.Server.AppendAsync(arrival).GetAwaiter().GetResult();
        var flow = new SceneFlow(
            service.Server.Record, arrival => isCut && IsComposite(arrival) ? throw new IOException("cut") : Append(arrival),
            desk, folder);
        WetlandBank bank = Programme.FindBank("jiulong")!;
        foreach ((int month, int day, double vegetated) in ((int, int, double)[])[(5, 8, 0.70), (6, 22, 0.84), (7, 15, 0.93)])
        {
            string place = Path.Combine(folder.Scenes, "taken", bank.Id, $"{month}-{day}");
            SceneSource source = DroppedScene.Bands(place, DroppedScene.At(month, day), vegetated);
            SceneSidecar.Write(place, DroppedScene.At(month, day), source);
            SceneOutcome Take() => flow.Take(
                Programme, bank, source, DroppedScene.At(month, day), TestContext.Current.CancellationToken);
            if (isCut && month == 7) Assert.Throws<IOException>(() => Take());
            else Take();
        }
        if (isCut)
        {
            Assert.Null(Judged(service, 7, 15));
            var next = new SceneFlow(service.Server.Record, Append, desk, folder);
            Assert.Single(next.JudgeAll(Programme, bank, TestContext.Current.CancellationToken));
            Assert.Empty(next.JudgeAll(Programme, bank, TestContext.Current.CancellationToken));
        }
        return Judged(service, 7, 15)!.Body.ToArray();
    }

    private static bool IsComposite(Arrival arrival) => arrival is BatchArrival batch
        && batch.Batch.Readings.Any(r => r.Measurand == Measurands.CompositeAt);

    private static string Outcome(JobService service, int month, int day)
    {
        using JsonDocument json = JsonDocument.Parse(Judged(service, month, day)!.Body);
        return json.RootElement.GetProperty("outcome").GetString()!;
    }

    private static LedgerEntry? Judged(JobService service, int month, int day) => service.Server.Ledger.Find(
        $"assessment/{Programme.Id}/{Programme.Version}/jiulong/cover/{DroppedScene.At(month, day)}");

    private Task<JobService> StartAsync() =>
        JobService.StartAsync(Folder, new DateTimeOffset(2025, 8, 1, 0, 0, 0, TimeSpan.Zero), [], Programme);

    private void Drop(string name, int month, int day, double vegetated, double clouded = 0) =>
        DroppedScene.Drop(Folder, "jiulong", name, DroppedScene.At(month, day), vegetated, clouded);
}
