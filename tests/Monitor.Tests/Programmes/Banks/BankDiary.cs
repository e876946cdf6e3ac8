using System.Text;
using System.Text.Json;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Tests.House;
using Monitor.Tests.Ledger.Decisions;

namespace Monitor.Tests.Programmes.Banks;

/// <summary>A bank's ledger in memory whose entries are sealed on the days that a test names.</summary>
internal sealed class BankDiary
{
    private readonly List<LedgerEntry> entries = [];

    /// <summary>The shipped programme with other text in places.</summary>
    public BankDiary(params (string Old, string New)[] changes)
    {
        string text = HouseFiles.All.Text("pipelines/wetland-seed-florida.yaml");
        foreach ((string old, string other) in changes) text = text.Replace(old, other, StringComparison.Ordinal);
        Programme = WetlandProgrammeReader.Read(new DefinitionText("wetland.yaml", Encoding.UTF8.GetBytes(text)));
    }

    public WetlandProgramme Programme { get; }

    public WetlandBank Bank => Programme.FindBank("jiulong")!;

    public DecisionBook Book { get; } = new();

    public IReadOnlyList<LedgerEntry> Entries => entries;

    public BankAccount Account => BankAccount.Of(Programme.Id, Bank.Id, entries, Book);

    public BankDossier Dossier => BankDossier.Of(Programme, Bank.Id, entries);

    public static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Noon of a day where the bank lies.</summary>
    public Instant At(string day) => new(Period.Midnight(Day(day), Programme.Zone).UnixMilliseconds + (12 * 3_600_000));

    public IReadOnlyList<BankTrigger> Triggers(string day) =>
        new BankTriggers(Programme, Bank, Account, Dossier, At(day)).All();

    public MilestoneStage Stage(string milestone, string day) =>
        MilestoneStage.Of(Programme, Account, Dossier, milestone, At(day));

    /// <summary>What is awaited before a milestone is released, by the ids of the conditions that do not hold.</summary>
    public string Awaited(string milestone, string day)
    {
        Milestone step = Programme.FindMilestone(milestone)!;
        return string.Join(' ', ReleaseConditions.Of(
            Programme, Bank, Account.At(At(day)), Dossier, step, Programme.CreditsOf(Bank, step), At(day))
            .Where(c => !c.IsMet).Select(c => c.Id));
    }

    public void Award(string day)
    {
        LedgerEntry proposal = Seal(day, LedgerKinds.Proposal, "proposal/award", Proposal(null, null).Write());
        Approve(day, proposal.Number);
        BankProposal asked = BankProposal.Read(proposal)!;
        Seal(day, LedgerKinds.Award, CreditAward.Key(Programme.Id, Bank.Id),
            CreditAward.Of(Programme, Bank, asked, Book.Find(proposal.Number)!).Write());
    }

    /// <summary>A document that shows a milestone, and the proposal on it.</summary>
    public long File(string day, string milestone)
    {
        LedgerEntry shown = File(day, Filing() with { Milestone = milestone });
        return Propose(day, milestone, shown);
    }

    public LedgerEntry File(string day, BankFiling filing) => Seal(
        day, LedgerKinds.Assessment, filing.Key(), filing.Write(Signer.Sponsor.Person, Signer.Sponsor.Sign));

    public BankFiling Filing() => new(Programme.Id, Programme.Version, Bank.Id)
    {
        Document = new FiledDocument("文件.txt", LedgerHash.Of(Encoding.UTF8.GetBytes($"{entries.Count}")), 3),
    };

    /// <summary>A judgement of the cover on a scene, sealed on a day.</summary>
    public LedgerEntry Judge(string day, string scene, string outcome)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            programme = Programme.Id, version = "1", bank = Bank.Id, milestone = "cover", scene = $"{At(scene)}", outcome,
        });
        return Seal(
            day, LedgerKinds.Assessment, $"assessment/{Programme.Id}/1/{Bank.Id}/cover/{At(scene)}", body);
    }

    public long Propose(string day, string milestone, LedgerEntry shown) => Seal(
        day, LedgerKinds.Proposal, $"proposal/{milestone}/{entries.Count}", Proposal(milestone, shown).Write()).Number;

    public void Approve(string day, long entry)
    {
        Decide(day, entry, Signer.Reviewer, approves: true);
        Decide(day, entry, Signer.Approver, approves: true);
    }

    public void Decide(string day, long entry, Signer who, bool approves)
    {
        DecisionCase found = Book.Find(entry)!;
        var decision = new Decision(entry, found.Hash, approves, who.Person, approves ? "" : "证据不足");
        Seal(day, decision.Kind, decision.LedgerKey, decision.Write(who.Sign));
    }

    /// <summary>The release of a milestone that two persons approved.</summary>
    public void Release(string day, string milestone)
    {
        ProposedPart p = Account.StandingProposal(milestone)!;
        LedgerEntry shown = entries[(int)p.Proposal.Assessment!.Value - 1];
        var release = new CreditRelease(
            Programme.Id, Programme.Version, Programme.Text.Sha256, Bank.Id, milestone, p.Proposal.Credits,
            Programme.CreditUnit, Account.AwardEntry!.Value, Account.Award!.Credits, "", "", shown.Number, shown.Hash,
            p.Case.Entry, p.Case.Hash, ApprovalReference.Of(p.Case), "documents/none.html", LedgerHash.Zero);
        Seal(day, LedgerKinds.Release, CreditRelease.Key(Programme.Id, Bank.Id, milestone), release.Write());
    }

    /// <summary>What the service proposes on a day: whatever is due.</summary>
    public IReadOnlyList<long> ProposeTriggers(string day) => [.. Triggers(day)
        .Where(t => t.IsDue(Account, Dossier)).ToList().Select(t =>
        {
            var proposal = new TriggerProposal(
                t.Proposes, Programme.Id, Programme.Version, Programme.Text.Sha256, Bank.Id, t.Trigger, t.Subject, t.Ground,
                t.Shows, null, t.Reason);
            return Seal(day, LedgerKinds.Proposal, proposal.Key, proposal.Write()).Number;
        })];

    /// <summary>The suspension that two persons decided, sealed as it is; what the account says of it.</summary>
    public (long Entry, string? Fault) Suspend(string day, long proposal)
    {
        DecisionCase decided = Book.Find(proposal)!;
        BankSuspension suspension = BankSuspension.Of(TriggerProposal.Read(entries[(int)proposal - 1])!, decided);
        BankAccount before = Account;
        LedgerEntry made = Seal(day, LedgerKinds.Suspension, $"suspension/{entries.Count}", suspension.Write());
        return (made.Number, before.FaultOf(made));
    }

    public void Lift(string day) => Seal(
        day, LedgerKinds.Lifting, $"lifting/{entries.Count}", BankStatement.Write(
            LedgerKinds.Lifting, new BankLifting(Programme.Id, Bank.Id, Account.Suspended!.Entry, "已整改"),
            Signer.Approver.Person, Signer.Approver.Sign));

    private BankProposal Proposal(string? milestone, LedgerEntry? shown) => new(
        milestone is null ? BankProposal.Award : BankProposal.Release, Programme.Id, Programme.Version,
        Programme.Text.Sha256, Bank.Id, milestone, CreditAward.Text(milestone is null
            ? Bank.Credits
            : Programme.CreditsOf(Bank, Programme.FindMilestone(milestone)!)), Programme.CreditUnit, shown?.Number, shown?.Hash,
        PreparedBy.Of(Signer.Sponsor.Person));

    public LedgerEntry Seal(string day, string kind, string key, byte[] body)
    {
        LedgerEntry entry = LedgerChain.Seal(
            entries.LastOrDefault(), new LedgerDraft(kind, key, "monitor test", 1, null, body), At(day));
        entries.Add(entry);
        if (Book.Add(entry) is string fault) throw new InvalidOperationException(fault);
        return entry;
    }
}
