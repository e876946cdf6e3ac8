using System.Text;
using Monitor.Domain.People;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Tests.Ledger.Decisions;
using Monitor.Tests.Programmes.Judgements;

namespace Monitor.Tests.Programmes.Banks.Invariants;

/// <summary>
/// A bank's whole life in memory: commands of anybody in any order, asked of the law, sealed as the real statements where it
/// allows them, folded by the real account. Begins with the award and the easement.
/// </summary>
internal sealed partial class RandomBank
{
    private static readonly DefinitionText Text = new("wetland.yaml", Encoding.UTF8.GetBytes(WetlandText.WithComposite("")));
    private static readonly DateOnly FirstDay = new(2026, 3, 1);

    private readonly BankLaw law;
    private readonly List<LedgerEntry> entries = [];
    private Instant now = Period.Midnight(FirstDay, Programme.Zone);

    private RandomBank(BankLaw law) => this.law = law;

    public static WetlandProgramme Programme { get; } = WetlandProgrammeReader.Read(Text);

    public static WetlandBank Bank { get; } = Programme.FindBank("jiulong")!;

    public static Milestone Cover { get; } = Programme.FindMilestone("cover")!;

    public IReadOnlyList<LedgerEntry> Entries => entries;

    /// <summary>Each entry's bytes at the moment it was sealed.</summary>
    public List<byte[]> Sealed { get; } = [];

    /// <summary>What the audit's own rules said of entries that were sealed.</summary>
    public List<string> AuditFaults { get; } = [];

    /// <summary>Evidence files by hash.</summary>
    public Dictionary<string, byte[]> Kept { get; } = [];

    public DecisionBook Book { get; } = new();

    public BankAccount Account { get; private set; } = new(Programme.Id, Bank.Id);

    /// <summary>The account as it stood, in its own time, before each entry.</summary>
    public List<BankAccount> Before { get; } = [];

    public BankDossier Dossier => BankDossier.Of(Programme, Bank.Id, entries);

    public Instant Now => now;

    /// <summary>Whether the fold itself refused what the law let through: the history ends there.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>What the service saw at the end, and whether each stands in the ledger or would be proposed next.</summary>
    public IReadOnlyList<BankTrigger> Seen => law.Triggers(Account.At(now), Dossier, now);

    /// <summary>Runs a history.</summary>
    public static RandomBank Run(IEnumerable<BankCommand> commands, BankLaw? law = null)
    {
        var bank = new RandomBank(law ?? new BankLaw());
        bank.ProposeAward();
        bank.Decide(Signer.Approver, 0, approves: true);
        bank.Decide(Signer.Reviewer, 0, approves: true);
        bank.File(Signer.Sponsor, 0);
        bank.Decide(Signer.SecondApprover, 0, approves: true);
        bank.Decide(Signer.SecondReviewer, 0, approves: true);
        foreach (BankCommand command in commands)
        {
            if (bank.IsBroken) break;
            bank.now = new Instant(bank.now.UnixMilliseconds + (command.Days * 86_400_000L) + 1000);
            bank.Do(command, Signer.All[command.Who]);
        }
        return bank;
    }

    /// <summary>Does what is asked, or nothing where the law is against it.</summary>
    private void Do(BankCommand c, Signer who)
    {
        decimal credits = c.Amount / 10_000m;
        switch (c.Verb)
        {
            case BankVerb.File: File(who, c.Which); break;
            case BankVerb.Approve: Decide(who, c.Which, approves: true); break;
            case BankVerb.Reject: Decide(who, c.Which, approves: false); break;
            case BankVerb.Reserve: Reserve(who, credits, 5 + (c.Which * 20)); break;
            case BankVerb.Sell: Sell(who, credits, null, c.Which); break;
            case BankVerb.SellReserved: Sell(who, credits, Hold(c.Which), c.Which % 4); break;
            case BankVerb.Transfer: Transfer(who, c.Which); break;
            case BankVerb.Except: Except(who, c.Which); break;
            case BankVerb.Suspend: Suspend(who); break;
            case BankVerb.Lift: Lift(who); break;
            case BankVerb.Correct: Correct(who, c.Which, c.Which % 2 == 0 ? credits : null); break;
            case BankVerb.Judge: Judge(c.Which, c.Amount); break;
            case BankVerb.Propose: Propose(); break;
            case BankVerb.Report: Report(who, c.Which); break;
            default: Instrument(who, c.Which); break;
        }
        Complete();
    }

    private DateOnly Today => Period.DayOf(now, Programme.Zone);

    private BankAccount Standing => Account.At(now);

    private LedgerEntry? Seal(string kind, string key, byte[] body, long? position = null, string? evidence = null)
    {
        if (IsBroken || (law.IsIdempotent && entries.Exists(e => e.Key == key))) return null;
        LedgerEntry entry = LedgerChain.Seal(
            entries.LastOrDefault(), new LedgerDraft(kind, key, "monitor test", position, evidence, body), now);
        Before.Add(Standing);
        Sealed.Add(entry.Bytes.ToArray());
        law.Keep(entries, entry);
        try
        {
            if (Book.Add(entry) is string decision) AuditFaults.Add(decision);
            if (Account.FaultOf(entry) is string fault) AuditFaults.Add(fault);
            Account = Refreshed(Account.With(entry, Book));
        }
        catch (ArgumentException)
        {
            // More was taken than there is: the fold has no account of it. The properties speak of the entries.
            IsBroken = true;
        }
        return entry;
    }

    // The fold of a whole ledger sees every case as it came out; this one goes on from entry to entry.
    private BankAccount Refreshed(BankAccount account) => account with
    {
        Proposals = [.. account.Proposals.Select(p => p with { Case = Book.Find(p.Case.Entry)! })],
        Triggers = [.. account.Triggers.Select(p => p with { Case = Book.Find(p.Case.Entry)! })],
    };

    private void State<T>(string kind, string key, T statement, Signer who, Person? reversed = null)
    {
        if (law.FaultOfSigner(kind, who.Person, reversed) is not null) return;
        Seal(kind, key, BankStatement.Write(kind, statement, who.Person, who.Sign));
    }

    private long? Hold(int which) =>
        Standing.Holdings.Holds is { Count: > 0 } holds ? holds[which % holds.Count].Id : null;
}
