using System.Text;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Tests.House;
using Monitor.Tests.Ledger.Decisions;

namespace Monitor.Tests.Programmes.Banks;

/// <summary>
/// One bank's ledger in memory: what persons ask is judged by the house's rules, and sealed where they allow it.
/// </summary>
internal sealed class BankHistory
{
    private const string Award = "award";
    private static readonly DefinitionText Text = new(
        "wetland.yaml", Encoding.UTF8.GetBytes(HouseFiles.All.Text("pipelines/wetland-seed-florida.yaml")));

    private readonly List<LedgerEntry> entries = [];

    public static WetlandProgramme Programme { get; } = WetlandProgrammeReader.Read(Text);

    public static WetlandBank Bank { get; } = Programme.FindBank("jiulong")!;

    public IReadOnlyList<LedgerEntry> Entries => entries;

    public DecisionBook Book { get; } = new();

    public BankAccount Account => BankAccount.Of(Programme.Id, Bank.Id, entries, Book);

    /// <summary>Somebody proposes an award or a milestone's release.</summary>
    public string Propose(Signer who, string subject)
    {
        string? milestone = subject == Award ? null : subject;
        if (Account.StandingProposal(milestone) is ProposedPart standing) return $"refused: #{standing.Case.Entry} stands";
        decimal credits = milestone is null
            ? Bank.Credits
            : Programme.CreditsOf(Bank, Programme.FindMilestone(milestone)!);
        var proposal = new BankProposal(
            milestone is null ? BankProposal.Award : BankProposal.Release, Programme.Id, Programme.Version, Text.Sha256,
            Bank.Id, milestone, CreditAward.Text(credits), Programme.CreditUnit, milestone is null ? null : 1,
            milestone is null ? null : LedgerHash.Zero, PreparedBy.Of(who.Person));
        return $"proposed #{Seal(LedgerKinds.Proposal, $"proposal/{subject}/{entries.Count}", proposal.Write()).Number}";
    }

    /// <summary>Somebody decides on the newest proposal of a subject; what follows from a second yes follows at once.</summary>
    public string Decide(Signer who, string subject, bool approves)
    {
        string? milestone = subject == Award ? null : subject;
        ProposedPart? newest = Account.Proposals.LastOrDefault(p => p.Proposal.Milestone == milestone);
        if (newest is null) return "nothing is proposed";
        DecisionCase found = Book.Find(newest.Case.Entry)!;
        if (found.FaultOf(who.Person, approves) is DecisionFault fault) return $"refused: {fault.Fault}";
        var decision = new Decision(found.Entry, found.Hash, approves, who.Person, approves ? "" : "证据不足");
        Seal(decision.Kind, decision.LedgerKey, decision.Write(who.Sign));
        List<string> done = Complete();
        string state = Book.Find(found.Entry)!.State;
        return done.Count > 0 ? string.Join(", ", done) : state == "approved" ? $"approved, {Waits(newest)}" : state;
    }

    private List<string> Complete()
    {
        List<string> done = [];
        bool isMore = true;
        while (isMore)
        {
            isMore = false;
            foreach (ProposedPart p in Account.Proposals.Where(p => p.Case is { IsApproved: true, Result: null }).ToList())
            {
                if (Waits(p) is not null) continue;
                done.Add(Seal(p));
                isMore = true;
            }
        }
        return done;
    }

    private string? Waits(ProposedPart p) => p.Proposal.Milestone is not string milestone
        ? null
        : ReleaseConditions.FaultOf(
            Programme, Bank, Account, BankDossier.Of(Programme, Bank.Id, entries), Programme.FindMilestone(milestone)!,
            CreditAward.Number(p.Proposal.Credits), new Instant(entries.Count + 1));

    private string Seal(ProposedPart p)
    {
        DecisionCase decided = p.Case;
        if (p.Proposal.Milestone is not string milestone)
        {
            Seal(LedgerKinds.Award, CreditAward.Key(Programme.Id, Bank.Id),
                CreditAward.Of(Programme, Bank, p.Proposal, decided).Write());
            return $"awarded {p.Proposal.Credits}";
        }
        var release = new CreditRelease(
            Programme.Id, Programme.Version, Text.Sha256, Bank.Id, milestone, p.Proposal.Credits, Programme.CreditUnit,
            Account.AwardEntry!.Value, Account.Award!.Credits, "", "", 1, LedgerHash.Zero, decided.Entry, decided.Hash,
            ApprovalReference.Of(decided), "documents/none.html", LedgerHash.Zero);
        Seal(LedgerKinds.Release, CreditRelease.Key(Programme.Id, Bank.Id, milestone), release.Write());
        return $"released {milestone} {p.Proposal.Credits}";
    }

    /// <summary>The account at the time of the next entry.</summary>
    public BankAccount Now => Account.At(new Instant(entries.Count + 1));

    /// <summary>Seals a statement of this bank, after the audit's rules were asked of it.</summary>
    public void State<T>(string kind, T statement)
    {
        BankAccount before = Account;
        LedgerEntry made = Seal(kind, $"{kind}/{entries.Count}", BankStatement.Write(
            kind, statement, Signer.Approver.Person, Signer.Approver.Sign));
        if (before.FaultOf(made) is string fault) throw new InvalidOperationException(fault);
    }

    private LedgerEntry Seal(string kind, string key, byte[] body)
    {
        LedgerEntry entry = LedgerChain.Seal(
            entries.LastOrDefault(), new LedgerDraft(kind, key, "monitor test", 1, null, body),
            new Instant(entries.Count + 1));
        entries.Add(entry);
        if (Book.Add(entry) is string fault) throw new InvalidOperationException(fault);
        return entry;
    }
}
