using System.Text;
using Monitor.Cli;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Storage;
using Monitor.Integration.Tests.Support;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Evidence;
using Monitor.Server;
using Monitor.Server.Api;
using Monitor.Server.Jobs;
using Monitor.Server.People;
using Monitor.Storage;
using Monitor.Storage.Evidence;
using Monitor.Storage.Sqlite;
using Xunit;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>
/// A bank with wells in real stores, and the desks on it: the shipped Washington and Florida programmes, made-up readings
/// of 2025, and persons with keys. The season of both ends before the winter, and the clock stands in 2026.
/// </summary>
internal sealed class WatchedBank : IDisposable
{
    private readonly TempFolder _scratch = new();
    private readonly SqliteReadingStore _record;
    private readonly SqliteRegistryStore _registry;
    private readonly List<Signatory> _opened = [];
    private readonly Dictionary<string, long> _sequences = [];

    internal WatchedBank(WetlandProgramme programme)
    {
        (Programme, Bank) = (programme, programme.Banks[0]);
        _record = SqliteReadingStore.Open(Folder.Record);
        _registry = SqliteRegistryStore.Open(Folder.Record);
        Ledger = SqliteLedgerStore.Open(Folder);
        Register = new PersonRegister(_registry, TimeProvider.System);
        Sponsor = Add("建设方", PersonRole.Sponsor);
        Reviewer = Add("甲", PersonRole.Reviewer);
        Approver = Add("乙", PersonRole.Approver);
    }

    internal static WetlandProgramme Florida { get; } =
        WetlandProgrammeReader.Read(DefinitionFiles.Shipped("wetland-seed-florida.yaml"));

    /// <summary>The same, where a survey shows that exotic species are removed.</summary>
    internal static WetlandProgramme SurveyedExotics { get; } = WetlandProgrammeReader.Read(new DefinitionText(
        "exotics.yaml", Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Florida.Text.Bytes.Span).Replace(
            "share: 25\n      criterion: { kind: document }\n", """
            share: 25
                  criterion:
                    kind: survey
                    requirements:
                      - { measure: invasive-cover, operator: below, threshold: 5, unit: "%" }
                    plots_min: 10
                    assumed: made up for the test

            """, StringComparison.Ordinal))));

    /// <summary>Its stages without an order, so that hydrology can be released first.</summary>
    internal static WetlandProgramme Washington { get; } = WetlandProgrammeReader.Read(new DefinitionText(
        "washington.yaml", Encoding.UTF8.GetBytes(System.IO.File.ReadAllText(
            Path.Combine(AppContext.BaseDirectory, "pipelines", "wetlands", "washington.yaml"))
            .Replace("order: strict", "order: any", StringComparison.Ordinal))));

    internal WetlandProgramme Programme { get; }

    internal WetlandBank Bank { get; }

    internal DataFolder Folder => new(_scratch.Root);

    internal SqliteLedgerStore Ledger { get; }

    internal PersonRegister Register { get; }

    internal Signatory Sponsor { get; }

    internal Signatory Reviewer { get; }

    internal Signatory Approver { get; }

    internal EvidenceStore Evidence => new(Folder.Evidence);

    internal DecisionDesk Decisions => new(Ledger, Evidence, Folder, Register, TimeProvider.System);

    internal BankDesk Banks => new(Ledger, Evidence, TimeProvider.System);

    internal SurveyDesk Surveys => new(Ledger, Evidence, TimeProvider.System);

    /// <summary>Sends a season of every well: wet up to a day, dry after it, four readings a day.</summary>
    internal void Season(DateOnly wetTo) => Store(SeasonBatches(wetTo, new(2025, 11, 30)));

    /// <summary>The same as batches, up to a last day.</summary>
    internal IReadOnlyList<Arrival> SeasonBatches(DateOnly wetTo, DateOnly last) =>
        [.. Bank.Monitoring!.Wells.SelectMany(well => Batches(
            well, Days(new(last.Year, 3, 1), last).SelectMany(day => Enumerable.Range(0, 4).Select(i =>
                Depth(day, 6 * i, day <= wetTo ? "0.20" : "0.60")))))];

    /// <summary>Says how the year's rain ranked.</summary>
    internal void Rain(string rank) => Store(RainBatches(rank, new(2025, 12, 31)));

    /// <summary>The same as batches, on a day.</summary>
    internal IReadOnlyList<Arrival> RainBatches(string rank, DateOnly day) => Batches(
        Bank.Monitoring!.RainfallAgent!, [SampleBatch.One(0, At(day, 20), rank, Measurands.RainfallRank, unit: "1")]);

    /// <summary>A well's reading that comes late.</summary>
    internal void Late(string well, DateOnly day, string depth) =>
        Store(Batches(well, [Depth(day, 3, depth)]));

    internal IReadOnlyList<LedgerEntry> Judge(Instant? at = null) =>
        new HydrologyFlow(_record, _registry, Ledger, Evidence, TimeProvider.System)
            .JudgeAll(Programme, Bank, at ?? Instant.From(TimeProvider.System.GetUtcNow()));

    internal IReadOnlyList<LedgerEntry> JudgeYears() =>
        new YearFlow(Ledger, Evidence, TimeProvider.System).JudgeAll(Programme, Bank);

    internal SurveyOutcome Survey(
        DateOnly day, decimal native = 90m, decimal invasive = 1m, int plots = 12, string unit = "%",
        string path = "year-1.survey", Signatory? who = null) =>
        Surveys.File(Programme, Bank, Programme.FindPart(path)!, new SurveyFiling(
            day,
            [
                new("native-cover", native, unit, plots), new("invasive-cover", invasive, "%", plots),
                new("species-count", 8, "species", plots),
            ],
            "survey.txt", Encoding.UTF8.GetBytes($"样方记录 {day:yyyy-MM-dd}")), who ?? Sponsor);

    internal LedgerEntry File(string path, string text, Signatory? who = null) => Banks.File(
        Programme, Bank, Programme.FindPart(path)!, "report.txt", Encoding.UTF8.GetBytes(text), who ?? Sponsor);

    internal DecisionOutcome Approve(LedgerEntry proposal, Signatory? first = null)
    {
        Decisions.Decide(proposal.Number, first ?? Reviewer, approves: true);
        return Decisions.Decide(proposal.Number, Approver, approves: true);
    }

    internal LedgerView View => new LedgerViews(Ledger, Register).Now();

    /// <summary>What the page of a proposal shows.</summary>
    internal ProposalAnswer Page(LedgerEntry proposal)
    {
        LedgerView view = View;
        return new ProposalReader(new ProgrammeShelf([], [Programme]), _record, _registry, Evidence, Folder, Decisions)
            .Read(view.Decisions.Find(proposal.Number)!, view, null);
    }

    internal LedgerVerdict Audit() => new LedgerAudit(Ledger, Folder, Register.Registration()).Verify();

    internal ReplayOutcome Replay(long entry) => new ReplayFlow(Ledger, _record, _registry, Evidence).Replay(entry);

    internal BundleReport Verify(long entry, Func<SealedPixels, string>? recompute = null) => BundleVerification.Run(
        new BundleFlow(Ledger, _record, _registry, Evidence, Folder).Make(entry), SealingDesk.Software, recompute);

    internal Signatory Add(string name, PersonRole role)
    {
        string key = _scratch.File(name + ".pem");
        Register.Add(new Person(name, role, PersonKeyFile.Make(key)));
        _opened.Add(Signatory.Open(key, Register));
        return _opened[^1];
    }

    public void Dispose()
    {
        foreach (Signatory signatory in _opened) signatory.Dispose();
        Ledger.Dispose();
        _registry.Dispose();
        _record.Dispose();
        _scratch.Dispose();
    }

    /// <summary>Takes batches in; where no day is named, on one after the year 2025.</summary>
    internal void Store(IReadOnlyList<Arrival> batches, DateOnly? on = null) => Assert.All(
        _record.Append(batches, new Instant(At(on ?? new(2026, 1, 2), 0))), o => Assert.Equal(AppendOutcome.Stored, o));

    private List<Arrival> Batches(string agent, IEnumerable<Reading> readings)
    {
        List<Arrival> batches = [];
        foreach (Reading[] chunk in readings.Chunk(400))
        {
            long sequence = _sequences[agent] = _sequences.GetValueOrDefault(agent) + 1;
            long newest = chunk.Max(r => r.Time.UnixMilliseconds);
            batches.Add(new BatchArrival(SampleBatch.Of(
                sequence, [.. chunk.Select((r, i) => r with { Index = i })], agent, section: Bank.Id, sent: newest)));
        }
        return batches;
    }

    private Reading Depth(DateOnly day, int hour, string depth) =>
        SampleBatch.One(0, At(day, hour), depth, Measurands.WaterTableDepth, unit: "m");

    private long At(DateOnly day, int hour) =>
        Period.Midnight(day, Programme.Zone).UnixMilliseconds + (hour * SampleBatch.Hour);

    private static IEnumerable<DateOnly> Days(DateOnly from, DateOnly to)
    {
        for (DateOnly day = from; day <= to; day = day.AddDays(1)) yield return day;
    }
}
