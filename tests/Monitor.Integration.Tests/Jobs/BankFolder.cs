using Monitor.Integration.Tests.Support;
using System.Text;
using Monitor.Domain.People;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Definitions;
using Monitor.Server.Jobs;
using Monitor.Server.People;
using Monitor.Storage;
using Monitor.Storage.Evidence;
using Monitor.Storage.Sqlite;

namespace Monitor.Integration.Tests.Jobs;

/// <summary>A data folder with registered persons, and the desks on it: real stores, real keys.</summary>
internal sealed class BankFolder : IDisposable
{
    private readonly TempFolder scratch = new();
    private readonly List<Signatory> opened = [];
    private readonly SqliteRegistryStore records;

    private readonly TimeProvider clock;

    public BankFolder(TimeProvider? clock = null)
    {
        this.clock = clock ?? TimeProvider.System;
        records = SqliteRegistryStore.Open(Folder.Record);
        Register = new PersonRegister(records, this.clock);
        Ledger = SqliteLedgerStore.Open(Folder);
        Evidence = new EvidenceStore(Folder.Evidence);
        Sponsor = Add("建设方", PersonRole.Sponsor);
        Reviewer = Add("甲", PersonRole.Reviewer);
        Approver = Add("乙", PersonRole.Approver);
    }

    public DataFolder Folder => new(scratch.Root);

    public SqliteLedgerStore Ledger { get; }

    public EvidenceStore Evidence { get; }

    public PersonRegister Register { get; }

    public Signatory Sponsor { get; }

    public Signatory Reviewer { get; }

    public Signatory Approver { get; }

    public static WetlandProgramme Programme { get; } = WetlandProgrammeReader.Read(new DefinitionText(
        "wetland-seed-florida.yaml",
        System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "pipelines", "wetland-seed-florida.yaml"))));

    public static WetlandBank Bank { get; } = Programme.FindBank("jiulong")!;

    public BankDesk Banks => new(Ledger, Evidence, clock);

    public DecisionDesk Decisions => new(Ledger, Evidence, Folder, Register, clock);

    public CreditDesk Credits => new(Ledger, Evidence, clock);

    public SaleDesk Sales => new(Ledger, Evidence, Folder, Register, clock);

    public TriggerDesk Triggers => new(Ledger, Evidence, clock);

    public ComplianceDesk Compliance => new(Ledger, Evidence, clock);

    public LedgerAudit Audit => new(Ledger, Folder, Register.Registration());

    public string KeyFile(string name) => scratch.File(Path.Combine("keys", name + ".pem"));

    public Signatory Add(string name, PersonRole role)
    {
        Register.Add(new Person(name, role, PersonKeyFile.Make(KeyFile(name))));
        opened.Add(Signatory.Open(KeyFile(name), Register));
        return opened[^1];
    }

    public LedgerEntry File(string milestone, string text = "证明") => Banks.File(
        Programme, Bank, Programme.FindMilestone(milestone)!, milestone + ".txt", Encoding.UTF8.GetBytes(text),
        Sponsor);

    public DecisionOutcome Approve(LedgerEntry proposal)
    {
        Decisions.Decide(proposal.Number, Reviewer, approves: true);
        return Decisions.Decide(proposal.Number, Approver, approves: true);
    }

    public void Award() => Approve(Banks.ProposeAward(Programme, Bank, Sponsor));

    /// <summary>An approval as the desk seals it, and nothing after it: as if the program had ended there.</summary>
    public LedgerEntry SealApprovalOnly(LedgerEntry target, Signatory who)
    {
        var decision = new Decision(target.Number, target.Hash, true, who.Person, "");
        return Ledger.Append(
            new LedgerDraft(
                decision.Kind, decision.LedgerKey, "monitor test", who.Position, null, decision.Write(who.Sign)),
            new Domain.Readings.Instant(1));
    }

    public void Dispose()
    {
        foreach (Signatory signatory in opened) signatory.Dispose();
        Ledger.Dispose();
        records.Dispose();
        scratch.Dispose();
    }
}
