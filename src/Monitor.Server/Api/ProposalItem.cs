using Monitor.Domain.People;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Rules.Compensation;

namespace Monitor.Server.Api;

/// <summary>Something that two persons decide, as the list has it.</summary>
/// <remarks>
/// <c>Entry</c>: The ledger entry that is decided on.
/// <c>Proposes</c>: <c>notice</c>, <c>award</c>, <c>release</c>; another word for what this program does not know.
/// <c>Subject</c>: Id of the section or of the bank.
/// <c>Amount</c>: Yuan, of a notice; "0" where neither pays, null where undefined or suspended.
/// <c>Credits</c>: Of an award or a release.
/// <c>Payer</c>: Who would pay, of a notice that anybody pays.
/// <c>State</c>: <c>open</c>, <c>approved</c> (and what follows waits), <c>rejected</c> or <c>done</c>.
/// <c>Due</c>: Until when it is to be decided, exclusive; null where the terms set no time.
/// <c>Preparer</c>: Who prepared it; null where the service did.
/// <c>Result</c>: The entry that the approval led to.
/// <c>WaitsForMe</c>: Whether the person who asks may approve it now.
/// <c>Refusal</c>: Why the person who asks may not: <c>decided</c>, <c>role</c>, <c>preparer</c>, <c>twice</c>,
/// <c>needs-approver</c>; <c>viewer</c> where nobody is signed in; null where nothing is against it.
/// </remarks>
internal sealed record ProposalItem(
    long Entry, string Proposes, string Subject, BilingualName Name, string? Milestone, BilingualName? MilestoneName,
    string? Period, string? Number, string? Index, string? Direction, string? Amount, string? Credits, string? Unit,
    BilingualName? Payer, BilingualName? Payee, string State, string SealedAt, string? Due, string? Preparer,
    IReadOnlyList<SignatureAnswer> Signatures, SignatureAnswer? Rejection, long? Result, bool WaitsForMe, string? Refusal)
{
    private static readonly string UpstreamPays = Rules.Compensation.Direction.UpstreamPays.Name();
    private static readonly string DownstreamPays = Rules.Compensation.Direction.DownstreamPays.Name();

    /// <summary>Reads a case.</summary>
    /// <param name="decided">The case.</param>
    /// <param name="view">The ledger.</param>
    /// <param name="shelf">Names of sections and banks.</param>
    /// <param name="asker">Who asks; null for a viewer.</param>
    internal static ProposalItem Of(DecisionCase decided, LedgerView view, ProgrammeShelf shelf, Person? asker)
    {
        LedgerEntry entry = view.At(decided.Entry)!;
        string? refusal = asker is null ? "viewer" : RefusalOf(decided.FaultOf(asker, approves: true));
        var item = new ProposalItem(
            decided.Entry, entry.Kind, "", new BilingualName("", ""), null, null, null, null, null, null, null, null, null,
            null, null, decided.State, entry.SealedAt.ToString(), null, decided.PreparerName,
            [.. decided.Approvals.Select(a => SignatureAnswer.Of(a, view))],
            decided.Rejection is SealedDecision no ? SignatureAnswer.Of(no, view) : null, decided.Result,
            refusal is null, refusal);
        if (entry.Kind == LedgerKinds.Notice) return OfNotice(item, entry, shelf);
        return BankProposal.Read(entry) is BankProposal proposal ? OfBank(item, proposal, shelf) : item;
    }

    private static ProposalItem OfNotice(ProposalItem item, LedgerEntry entry, ProgrammeShelf shelf)
    {
        SealedNotice notice = SealedNotice.Read(entry);
        RiverProgramme? programme = shelf.Rivers.FirstOrDefault(p => p.FindSection(notice.Section) is not null);
        RiverSection? section = programme?.FindSection(notice.Section);
        (Bilingual? payer, Bilingual? payee) =
            notice.Direction == UpstreamPays ? (section?.Upstream, section?.Downstream)
            : notice.Direction == DownstreamPays ? (section?.Downstream, section?.Upstream)
            : (null, null);
        return item with
        {
            Subject = notice.Section,
            Name = section is null ? new BilingualName(notice.Section, notice.Section) : BilingualName.Of(section.Name),
            Period = notice.Period,
            Number = notice.Number,
            Index = notice.Index,
            Direction = notice.Direction,
            Amount = notice.Amount,
            Payer = payer is null ? null : BilingualName.Of(payer),
            Payee = payee is null ? null : BilingualName.Of(payee),
            Due = programme?.Closing?.DecideBy(entry.SealedAt)?.ToString(),
        };
    }

    private static ProposalItem OfBank(ProposalItem item, BankProposal proposal, ProgrammeShelf shelf)
    {
        WetlandProgramme? programme = shelf.Wetlands.FirstOrDefault(p => p.FindBank(proposal.Bank) is not null);
        WetlandBank? bank = programme?.FindBank(proposal.Bank);
        Milestone? milestone = proposal.Milestone is null ? null : programme?.FindMilestone(proposal.Milestone);
        return item with
        {
            Proposes = proposal.Proposes,
            Subject = proposal.Bank,
            Name = bank is null ? new BilingualName(proposal.Bank, proposal.Bank) : BilingualName.Of(bank.Name),
            Milestone = proposal.Milestone,
            MilestoneName = milestone is null ? null : BilingualName.Of(milestone.Name),
            Credits = proposal.Credits,
            Unit = proposal.Unit,
        };
    }

    private static string? RefusalOf(DecisionFault? fault) => fault?.Rule switch
    {
        null => null,
        DecisionRule.Decided => "decided",
        DecisionRule.Role => "role",
        DecisionRule.Preparer => "preparer",
        DecisionRule.Twice => "twice",
        _ => "needs-approver",
    };
}

/// <summary>A person's yes or no, as it was sealed.</summary>
/// <remarks>
/// <c>Entry</c>: The entry that seals it; <c>Hash</c> is that entry's.
/// <c>Key</c>: Fingerprint of the key that signed.
/// </remarks>
internal sealed record SignatureAnswer(
    long Entry, string Hash, string Person, string Role, string Key, string At, string Reason)
{
    internal static SignatureAnswer Of(SealedDecision signed, LedgerView view) => new(
        signed.Number, signed.EntryHash, signed.Decision.Person.Name, signed.Decision.Person.Role.Name(),
        signed.Decision.Person.Key, view.At(signed.Number)!.SealedAt.ToString(), signed.Decision.Reason);
}
