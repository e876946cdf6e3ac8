using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Server;
using Monitor.Server.Jobs;
using Monitor.Server.People;
using Monitor.Storage;
using Monitor.Storage.Evidence;

namespace Monitor.Cli.Demo;

/// <summary>
/// The main job on the embedded defaults, with made-up data: agents replay a year over real sockets, scenes are taken,
/// the year is judged, two persons decide, and everything is sealed. Run again on the same
/// folder, it does nothing that is done already.
/// </summary>
/// <param name="server">The running service.</param>
/// <param name="folder">Its folder.</param>
/// <param name="shelf">The programmes.</param>
/// <param name="clock">The clock.</param>
/// <param name="say">Progress, for people.</param>
internal sealed class DemoRun(
    MonitorServer server, DataFolder folder, ProgrammeShelf shelf, TimeProvider clock, Action<string> say)
{
    /// <summary>Stands on everything that the demonstration seals.</summary>
    internal static readonly Bilingual Caution = new(
        "演示：本文书所据数据为合成数据，不代表任何真实断面或湿地，不具效力。",
        "Demonstration: the data are synthetic, stand for no real section or wetland and have no effect.");

    /// <summary>Does it all.</summary>
    internal async Task<DemoSummary> RunAsync(CancellationToken cancellation)
    {
        var evidence = new EvidenceStore(folder.Evidence);
        var desk = new SealingDesk(server.Ledger, evidence, folder, clock);
        var register = new PersonRegister(server.Registry, clock);
        using DemoPersons persons = DemoPersons.Open(register, Path.Combine(folder.Root, "demo", "keys"));
        var decisions = new DecisionDesk(server.Ledger, evidence, folder, register, clock);
        var scenes = new SceneFlow(
            server.Record, arrival => server.AppendAsync(arrival).GetAwaiter().GetResult(), desk, folder);
        var banks = new DemoBanks(
            folder, new BankDesk(server.Ledger, evidence, clock), decisions, scenes,
            new DemoSeasons(
                folder, new HydrologyFlow(server.Record, server.Registry, server.Ledger, evidence, clock),
                new YearFlow(server.Ledger, evidence, clock), new SurveyDesk(server.Ledger, evidence, clock), persons, clock,
                say),
            persons,
            new DemoTrades(
                new CreditDesk(server.Ledger, evidence, clock),
                new SaleDesk(server.Ledger, evidence, folder, register, clock), server.Ledger, persons, clock, say),
            IsMonthly, say);

        RiverProgramme river = shelf.Rivers[0];
        IReadOnlyList<AgentReport> reports = await ReplayAsync(river, shelf.Wetlands[0], cancellation);
        say("two banks file, two persons decide");
        int figures = await Task.Run(() => banks.Run(shelf.Wetlands[0], Caution, cancellation), cancellation);
        say("judging the year");
        IReadOnlyList<SealedNotice> notices = new RiverFlow(server.Record, server.Registry, desk)
            .Judge(river, Period.OfYear(DemoScenario.Year, river.Zone), Caution);
        say("two persons decide on the notices");
        banks.DecideAll();
        say("verifying the ledger");
        LedgerVerdict verdict = new LedgerAudit(server.Ledger, folder, register.Registration()).Verify();
        return DemoSummary.Of(server, reports.Sum(r => r.Published) + figures, notices, verdict);
    }

    private bool IsMonthly(long entry) => server.Ledger.At(entry) is { Kind: LedgerKinds.Notice } notice
        && Period.TryParse(SealedNotice.Read(notice).Period, TimeZoneInfo.Utc, out Period? period)
        && period.Month is not null;

    private async Task<IReadOnlyList<AgentReport>> ReplayAsync(
        RiverProgramme river, WetlandProgramme wetland, CancellationToken cancellation)
    {
        await using var devices = new DemoDevices(folder);
        List<(string Agent, string Section, string File, string? Config)> agents = [];
        foreach (DemoScenario scenario in DemoScenario.All)
        {
            RiverSection section = river.FindSection(scenario.Section)
                ?? throw new InputException($"The programme has no section {scenario.Section}.", "Use the shipped programme.");
            string file = Path.Combine(folder.Root, "demo", "replay", $"{section.Id}.csv");
            if (!File.Exists(file))
            {
                say($"making a year for {section.Id}");
                devices.Write(section.Id, file, new SyntheticYear(section, scenario).ToCsv());
            }
            string agent = $"agent-{section.Id}";
            agents.Add((agent, section.Id, file, devices.Start(section.Id, agent)));
        }
        foreach (WetlandBank bank in wetland.Banks)
        {
            agents.AddRange(DemoWells.Write(folder, bank).Select(a => (a.Agent, bank.Id, a.File, (string?)null)));
        }
        say($"{agents.Count} agents take a year in, of files, a data logger and a sonde, and send it over MQTT");
        Directory.CreateDirectory(Path.Combine(folder.Root, "demo", "edge"));
        return await Task.WhenAll(agents.Select(a => DemoAgents.RunAsync(
            a.Agent, a.Section, server.MqttPort, Path.Combine(folder.Root, "demo", "edge", a.Agent + ".db"),
            a.File, river.Statistic.Name(), a.Config, cancellation)));
    }
}
