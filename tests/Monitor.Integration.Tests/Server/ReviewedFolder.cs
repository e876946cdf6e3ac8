using System.Security.Cryptography;
using System.Text;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Records;
using Monitor.Server.Jobs;
using Monitor.Server.People;
using Monitor.Storage;
using Monitor.Storage.Evidence;
using Monitor.Storage.Sqlite;
using Monitor.Wire.Envelope;

namespace Monitor.Integration.Tests.Server;

/// <summary>
/// A data folder with the readings of the fixture's evidence (section OJ-05, 2025-03-01 00:00, 04:00 and 08:00 +08:00,
/// positions 1 to 18) and an approver with a key.
/// </summary>
internal sealed class ReviewedFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("monitor-test-");

    internal ReviewedFolder()
    {
        Folder = new DataFolder(_root.FullName);
        Record = SqliteReadingStore.Open(Folder.Record);
        Registry = SqliteRegistryStore.Open(Folder.Record);
        Ledger = SqliteLedgerStore.Open(Folder);
        Evidence = new EvidenceStore(Folder.Evidence);
        Programme = RiverProgrammeReader.Read(Text("programme.yaml"), _ => StandardFile.Read(Text("gb3838-2002.yaml")));
        foreach (IGrouping<long, StoredReading> batch in FixtureReadings().GroupBy(r => r.Sequence).OrderBy(b => b.Key))
        {
            Append(batch.Key, [.. batch.Select(r => r.Reading).OrderBy(r => r.Index)]);
        }
        Key = Path.Combine(_root.FullName, "approver.pem");
        var register = new PersonRegister(Registry, TimeProvider.System);
        register.Add(new Person("示例批准人", PersonRole.Approver, PersonKeyFile.Make(Key)));
    }

    internal DataFolder Folder { get; }
    internal SqliteReadingStore Record { get; }
    internal SqliteRegistryStore Registry { get; }
    internal SqliteLedgerStore Ledger { get; }
    internal EvidenceStore Evidence { get; }
    internal RiverProgramme Programme { get; }
    internal string Key { get; }

    internal Period March => Period.OfMonth(2025, 3, Programme.Zone);

    internal RecordDesk Desk => new(Record, Registry, TimeProvider.System);

    internal Signatory Signatory() =>
        Monitor.Server.People.Signatory.Open(Key, new PersonRegister(Registry, TimeProvider.System));

    /// <summary>The fixture's programme under another version, so that its judgement is another entry.</summary>
    internal static RiverProgramme Version(string version) => RiverProgrammeReader.Read(
        new DefinitionText("programme.yaml", Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(Text("programme.yaml").Bytes.Span)
                .Replace("version: \"2024-demo.1\"", $"version: \"{version}\"", StringComparison.Ordinal))),
        _ => StandardFile.Read(Text("gb3838-2002.yaml")));

    /// <summary>Judges March and seals it; gives the number of the assessment's entry.</summary>
    internal long Judge(RiverProgramme programme) =>
        new RiverFlow(Record, Registry, new SealingDesk(Ledger, Evidence, Folder, TimeProvider.System))
            .Judge(programme, March)[0].Assessment;

    /// <summary>Judges the year, which is what two persons can issue.</summary>
    internal long JudgeYear() =>
        new RiverFlow(Record, Registry, new SealingDesk(Ledger, Evidence, Folder, TimeProvider.System))
            .Judge(Programme, Period.OfYear(2025, Programme.Zone))[0].Assessment;

    internal ReplayOutcome Replay(long entry) => new ReplayFlow(Ledger, Record, Registry, Evidence).Replay(entry);

    /// <summary>A review of the readings from 00:00 until 04:00 on the first of March.</summary>
    internal Review Review(string measurand, ReviewVerdict verdict, string? value = null)
    {
        using Signatory signatory = Signatory();
        ReportedValue? number = value is not null && ReportedValue.TryParseQualified(value, out ReportedValue v) ? v : null;
        return Desk.Keep(
            new Review
            {
                Series = new SeriesName("OJ-05", measurand),
                From = March.Start,
                To = new Instant(March.Start.UnixMilliseconds + 1),
                Verdict = verdict,
                Value = number,
                Reason = "比对",
                Person = signatory.Person,
            },
            signatory).Review;
    }

    internal Suspension Suspend(string period, string reason, bool lift = false)
    {
        using Signatory signatory = Signatory();
        return Desk.Keep(new Suspension("OJ-05", period, reason, lift, signatory.Person), signatory);
    }

    internal void Append(long sequence, IReadOnlyList<Reading> readings)
    {
        var batch = new ReadingBatch
        {
            Agent = "agent-OJ-05",
            Section = "OJ-05",
            Boot = "b1",
            Sequence = sequence,
            Sent = readings.Max(r => r.Time),
            Readings = readings,
            Payload = default,
        };
        Record.Append([new BatchArrival(batch with { Payload = EnvelopeCodec.Encode(batch) })], batch.Sent);
    }

    internal static IReadOnlyList<StoredReading> FixtureReadings() =>
        Monitor.Programmes.Evidence.AssessmentEvidence.Read(Bytes("evidence.ndjson"), "fixture").Inputs.Readings;

    internal static byte[] Bytes(string name)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string file = Path.Combine(at.FullName, "fixtures", "evidence-1", name);
            if (File.Exists(file)) return File.ReadAllBytes(file);
        }
        throw new FileNotFoundException($"No fixtures/evidence-1/{name} above {AppContext.BaseDirectory}.");
    }

    internal static string Sha256(string name) => Convert.ToHexStringLower(SHA256.HashData(Bytes(name)));

    private static DefinitionText Text(string name) => new(name, Bytes(name));

    public void Dispose()
    {
        Ledger.Dispose();
        Registry.Dispose();
        Record.Dispose();
        _root.Delete(recursive: true);
    }
}
