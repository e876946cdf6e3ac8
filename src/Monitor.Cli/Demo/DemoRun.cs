using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Imagery;
using Monitor.Programmes.Definitions;
using Monitor.Server;
using Monitor.Server.Jobs;
using Monitor.Storage;
using Monitor.Storage.Evidence;

namespace Monitor.Cli.Demo;

/// <summary>
/// The main job on the embedded defaults, with made-up data: agents replay a year over real sockets, a scene is taken, the
/// year is judged, and everything is sealed. Run again on the same folder, it does nothing that is done already.
/// </summary>
/// <param name="server">The running service.</param>
/// <param name="folder">Its folder.</param>
/// <param name="shelf">The programmes.</param>
/// <param name="clock">The clock.</param>
/// <param name="say">Progress, for people.</param>
internal sealed class DemoRun(
    MonitorServer server, DataFolder folder, ProgrammeShelf shelf, TimeProvider clock, Action<string> say)
{
    private static readonly Bilingual Caution = new(
        "演示：本通知所据读数为合成数据，不代表任何真实断面，不具效力。",
        "Demonstration: the readings are synthetic, stand for no real section and have no effect.");

    private readonly SealingDesk desk = new(server.Ledger, new EvidenceStore(folder.Evidence), folder, clock);

    /// <summary>Does it all.</summary>
    internal async Task<DemoSummary> RunAsync(CancellationToken cancellation)
    {
        RiverProgramme river = shelf.Rivers[0];
        IReadOnlyList<AgentReport> reports = await ReplayAsync(river, cancellation);
        int figures = await TakeScenesAsync(shelf.Wetlands[0], cancellation);
        say("judging the year");
        IReadOnlyList<SealedNotice> notices = new RiverFlow(server.Record, server.Registry, desk)
            .Judge(river, Period.OfYear(DemoScenario.Year, river.Zone), Caution);
        say("verifying the ledger");
        return DemoSummary.Of(server, reports.Sum(r => r.Published) + figures, notices);
    }

    private async Task<IReadOnlyList<AgentReport>> ReplayAsync(RiverProgramme river, CancellationToken cancellation)
    {
        List<(string Agent, DemoScenario Scenario, string File)> agents = [];
        foreach (DemoScenario scenario in DemoScenario.All)
        {
            RiverSection section = river.FindSection(scenario.Section)
                ?? throw new InputException($"The programme has no section {scenario.Section}.", "Use the shipped programme.");
            string file = Path.Combine(folder.Root, "demo", "replay", $"{section.Id}.csv");
            if (!File.Exists(file))
            {
                say($"making a year for {section.Id}");
                AtomicFile.Write(file, System.Text.Encoding.UTF8.GetBytes(
                    new SyntheticYear(section, scenario).ToCsv()));
            }
            agents.Add(($"agent-{section.Id}", scenario, file));
        }
        say($"{agents.Count} agent(s) replay a year over MQTT");
        Directory.CreateDirectory(Path.Combine(folder.Root, "demo", "edge"));
        return await Task.WhenAll(agents.Select(a => DemoAgents.RunAsync(
            a.Agent, a.Scenario.Section, server.MqttPort, Path.Combine(folder.Root, "demo", "edge", a.Agent + ".db"),
            a.File, river.Statistic.Name(), cancellation)));
    }

    private async Task<int> TakeScenesAsync(WetlandProgramme wetland, CancellationToken cancellation)
    {
        var flow = new SceneFlow(
            server.Record, arrival => server.AppendAsync(arrival).GetAwaiter().GetResult(), desk);
        int readings = 0;
        foreach (WetlandBank bank in wetland.Banks)
        {
            var taken = Instant.From(new DateTimeOffset(DemoScenario.Year, 7, 15, 2, 40, 0, TimeSpan.Zero));
            var scene = new SyntheticScene(bank, taken, Vegetated: 0.93, Clouded: 0);
            say($"taking the scene {scene.Name}");
            SceneSource source = scene.Write(Path.Combine(folder.Root, "scenes", scene.Name));
            SceneOutcome outcome = await Task.Run(() => flow.Take(wetland, bank, source, taken, cancellation), cancellation);
            readings += outcome.Readings;
        }
        return readings;
    }
}
