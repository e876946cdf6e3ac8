using System.Globalization;
using System.Security.Cryptography;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Support;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Evidence;
using Monitor.Programmes.Judgements;
using Monitor.Programmes.Records;
using Monitor.Server.Jobs;
using Monitor.Server.People;
using Monitor.Storage;
using Monitor.Storage.Evidence;
using Monitor.Storage.Sqlite;
using Monitor.Wire.Envelope;
using Xunit;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>A section's year in real stores, with two persons, that is judged, issued, changed and revised.</summary>
internal sealed class RevisedYear : IDisposable
{
    private static readonly string[] Scaled = ["w01019", "w21003", "w21011", "w21001"];
    private readonly TempFolder _scratch = new();
    private readonly SqliteReadingStore _record;
    private readonly SqliteRegistryStore _registry;
    private readonly PersonRegister _register;
    private readonly RiverProgramme _programme = JobYear.Programme(sections: 1);
    private readonly Signatory _reviewer, _approver;
    private readonly ECDsa _device = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private int _scalings;

    internal RevisedYear()
    {
        _record = SqliteReadingStore.Open(Folder.Record);
        _registry = SqliteRegistryStore.Open(Folder.Record);
        Ledger = SqliteLedgerStore.Open(Folder);
        _register = new PersonRegister(_registry, TimeProvider.System);
        (_reviewer, _approver) = (Add("甲", PersonRole.Reviewer), Add("乙", PersonRole.Approver));
        string agent = $"agent-{Section.Id}";
        new AgentRegister(_registry, TimeProvider.System).Add(
            agent, [Section.Id], "pbkdf2-of-nothing", Convert.ToBase64String(_device.ExportSubjectPublicKeyInfo()));
        string previous = "";
        foreach ((_, ReadingBatch batch) in new JobYear(_programme).Batches(Section))
        {
            ReadingBatch chained = batch with { Previous = previous };
            byte[] payload = EnvelopeSeal.Sign(
                EnvelopeCodec.Encode(chained), data => _device.SignData(data, HashAlgorithmName.SHA256));
            previous = EnvelopeSeal.HashOf(payload);
            Assert.Equal(
                [AppendOutcome.Stored],
                _record.Append([new BatchArrival(chained with { Payload = payload })], batch.Sent));
        }
    }

    internal SqliteLedgerStore Ledger { get; }

    internal NoticeChain Chain => Assert.Single(Flow.Chains());

    internal long Newest => Ledger.Head.Entries;

    internal long FirstIssued => Ledger.Entries().First(e => e.Key.EndsWith("/issued", StringComparison.Ordinal)).Number;

    internal int? IssuedRound => Chain.Standing.Notice.Revision?.Round;

    internal DataFolder Folder => new(_scratch.Root);

    private RiverSection Section => _programme.Sections[0];

    private Period Year => Period.OfYear(2025, _programme.Zone);

    private EvidenceStore Evidence => new(Folder.Evidence);

    private RevisionFlow Flow => new(_record, _registry, Ledger, Evidence, Folder, TimeProvider.System);

    private DecisionDesk Decisions => new(Ledger, Evidence, Folder, _register, TimeProvider.System);

    internal SealedNotice Judge() => new RiverFlow(
        _record, _registry, new SealingDesk(Ledger, Evidence, Folder, TimeProvider.System)).Judge(_programme, Year)[0];

    internal SealedNotice? Revise() => Flow.Revise(Chain);

    /// <summary>Issues the newest draft.</summary>
    internal SealedNotice Issue(SealedNotice draft)
    {
        Assert.Equal(draft.Number, Chain.Newest.Notice.Number);
        return SealedNotice.Read(Assert.Single(Approve(Chain.Newest.Entry.Number).Results));
    }

    internal DecisionOutcome Approve(long entry)
    {
        Decisions.Decide(entry, _reviewer, approves: true);
        return Decisions.Decide(entry, _approver, approves: true);
    }

    internal void Reject(long entry) => Decisions.Decide(entry, _reviewer, approves: false, "再核");

    /// <summary>
    /// The water-use figures become others, so that the index does: by a review, as a late statistical yearbook would.
    /// </summary>
    internal void Scale(decimal factor)
    {
        _scalings++;
        foreach (string code in new[] { Measurands.WaterUse, Measurands.WaterIntensity })
        {
            string value = (Section.Baseline[code] * Factor(factor)).ToString("0.####", CultureInfo.InvariantCulture);
            Assert.True(ReportedValue.TryParseQualified(value, out ReportedValue corrected));
            new RecordDesk(_record, _registry, TimeProvider.System).Keep(
                new Review
                {
                    Series = new SeriesName(Section.Id, code),
                    From = Year.Start,
                    To = Year.End,
                    Verdict = ReviewVerdict.Correct,
                    Value = corrected,
                    Reason = string.Create(CultureInfo.InvariantCulture, $"年报更正 {_scalings}"),
                    Person = _reviewer.Person,
                },
                _reviewer);
        }
    }

    internal void Suspend(string reason, bool lift) => new RecordDesk(_record, _registry, TimeProvider.System).Keep(
        new Suspension(Section.Id, "2025", reason, lift, _approver.Person), _approver);

    /// <summary>What a judgement of everything that is there says that upstream owes; 0 where it says nothing.</summary>
    internal decimal Fresh()
    {
        RiverAssessment a = RiverJudgement.Assess(_programme, Section, Year, JudgementInputs.Read(
            _record, _registry, Section.Id, _programme.Statistic, Year, _record.LastPosition));
        return a.Payer == Section.Upstream ? a.AmountYuan!.Value : a.Payer == Section.Downstream ? -a.AmountYuan!.Value : 0;
    }

    internal byte[] Document(SealedNotice notice) => File.ReadAllBytes(Path.Combine(_scratch.Root, notice.File));

    internal LedgerVerdict Audit() => new LedgerAudit(Ledger, Folder, _register.Registration()).Verify();

    internal IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Bundle(long entry) =>
        new BundleFlow(Ledger, _record, _registry, Evidence, Folder).Make(entry);

    internal BundleReport Verify(long entry) => BundleVerification.Run(Bundle(entry), SealingDesk.Software);

    internal ReplayOutcome Replay(long entry) => new ReplayFlow(Ledger, _record, _registry, Evidence).Replay(entry);

    public void Dispose()
    {
        _device.Dispose();
        _reviewer.Dispose();
        _approver.Dispose();
        Ledger.Dispose();
        _registry.Dispose();
        _record.Dispose();
        _scratch.Dispose();
    }

    // The index is that of the readings, 0.80, for quality, and of the two figures for the rest.
    private decimal Factor(decimal index)
    {
        decimal quality = _programme.Index.Terms.Where(t => !t.IsYearlyFigure).Sum(t => t.Weight * t.Stability);
        decimal rest = _programme.Index.Terms.Where(t => t.IsYearlyFigure).Sum(t => t.Weight * t.Stability);
        return (index - (quality * 0.80m)) / rest;
    }

    private Signatory Add(string name, PersonRole role)
    {
        string key = _scratch.File(name + ".pem");
        _register.Add(new Person(name, role, PersonKeyFile.Make(key)));
        return Signatory.Open(key, _register);
    }
}
