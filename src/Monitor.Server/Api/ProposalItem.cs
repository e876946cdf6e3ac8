using Monitor.Domain.People;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Adoption;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Rules.Compensation;

namespace Monitor.Server.Api;

/// <summary>Something that two persons decide, as the list has it.</summary>
/// <remarks>
/// <c>Entry</c>: The ledger entry that is decided on.
/// <c>Proposes</c>: <c>notice</c>, <c>award</c>, <c>release</c>, <c>definition</c>,
/// <c>area-exception</c>, <c>suspension</c>, <c>adaptive-management</c>; another word for what is not known here.
/// <c>Subject</c>: Id of the section or of the bank.
/// <c>Amount</c>: Yuan, of a notice; "0" where neither pays, null where undefined or suspended.
/// <c>Credits</c>: Of an award or a release.
/// <c>Payer</c>: Who would pay, of a notice that anybody pays.
/// <c>State</c>: <c>open</c>, <c>approved</c> (and what follows waits), <c>rejected</c>, <c>replaced</c> (by a draft on later
/// data), <c>preliminary</c> (a month's draft, which nobody issues) or <c>done</c>.
/// <c>Revises</c>: Of a notice on later data, the entry of the one before it. Where that was issued, amount, payer and payee
/// are those of the difference.
/// <c>Due</c>: Until when it is to be decided, exclusive; null where the terms set no time.
/// <c>Preparer</c>: Who prepared it; null where the service did.
/// <c>Result</c>: The entry that the approval led to.
/// <c>WaitsForMe</c>: Whether the person who asks may approve it now.
/// <c>Refusal</c>: Why the person who asks may not: <c>decided</c>, <c>role</c>, <c>preparer</c>, <c>twice</c>,
/// <c>needs-approver</c>, <c>replaced</c>, <c>preliminary</c>; <c>viewer</c> where nobody is signed in; null where nothing
/// is against it.
/// </remarks>
internal sealed record ProposalItem(
    long Entry, string Proposes, string Subject, BilingualName Name, string? Milestone, BilingualName? MilestoneName,
    string? Period, string? Number, string? Index, string? Direction, string? Amount, string? Credits, string? Unit,
    BilingualName? Payer, BilingualName? Payee, string State, string SealedAt, string? Due, string? Preparer,
    IReadOnlyList<SignatureAnswer> Signatures, SignatureAnswer? Rejection, long? Result, bool WaitsForMe, string? Refusal,
    long? Revises)
{
    /// <summary>Why the service proposes a suspension or adaptive management; null for all else.</summary>
    public BilingualName? Reason { get; init; }

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
            refusal is null, refusal, null);
        if (entry.Kind == LedgerKinds.Notice) return OfNotice(item, entry, shelf);
        if (AdoptionProposal.Is(entry)) return OfDefinition(item, AdoptionProposal.Read(entry), shelf);
        if (TriggerProposal.Read(entry) is TriggerProposal trigger) return OfTrigger(item, trigger, entry, shelf);
        return BankProposal.Read(entry) is BankProposal proposal
            ? OfBank(item, proposal, entry, shelf)
            : AreaException.Read(entry) is AreaException exception ? OfException(item, exception, entry, shelf) : item;
    }

    /// <summary>Whether an entry is a month's draft, which waits for nobody.</summary>
    internal static bool IsPreliminary(LedgerEntry entry) =>
        entry.Kind == LedgerKinds.Notice && SealedNotice.Read(entry).IsPreliminary;

    private static ProposalItem OfNotice(ProposalItem item, LedgerEntry entry, ProgrammeShelf shelf)
    {
        SealedNotice notice = SealedNotice.Read(entry);
        RiverProgramme? programme = shelf.Rivers.FirstOrDefault(p => p.FindSection(notice.Section) is not null);
        RiverSection? section = programme?.FindSection(notice.Section);
        decimal owed = NoticeRevision.Moved(notice);
        (Bilingual? payer, Bilingual? payee) = owed > 0 ? (section?.Upstream, section?.Downstream)
            : owed < 0 ? (section?.Downstream, section?.Upstream)
            : (null, null);
        bool isPreliminary = notice.IsPreliminary && item.State == "open";
        return item with
        {
            State = isPreliminary ? "preliminary" : item.State,
            Refusal = isPreliminary ? "preliminary" : item.Refusal,
            WaitsForMe = !isPreliminary && item.WaitsForMe,
            Subject = notice.Section,
            Name = section is null ? new BilingualName(notice.Section, notice.Section) : BilingualName.Of(section.Name),
            Period = notice.Period,
            Number = notice.Number,
            Index = notice.Index,
            Direction = notice.Direction,
            Amount = NoticeRevision.ToSettle(notice),
            Revises = notice.Revision?.Former,
            Payer = payer is null ? null : BilingualName.Of(payer),
            Payee = payee is null ? null : BilingualName.Of(payee),
            Due = programme?.Closing?.DecideBy(entry.SealedAt)?.ToString(),
        };
    }

    private static ProposalItem OfDefinition(ProposalItem item, AdoptionProposal proposal, ProgrammeShelf shelf)
    {
        Bilingual? title = shelf.Rivers.FirstOrDefault(p => p.Id == proposal.Programme)?.Title
            ?? shelf.Wetlands.FirstOrDefault(p => p.Id == proposal.Programme)?.Title;
        return item with
        {
            Proposes = AdoptionProposal.Word,
            Subject = proposal.Programme,
            Name = title is null ? new BilingualName(proposal.Programme, proposal.Programme) : BilingualName.Of(title),
            Number = proposal.Version,
        };
    }

    private static ProposalItem OfException(
        ProposalItem item, AreaException exception, LedgerEntry entry, ProgrammeShelf shelf)
    {
        WetlandProgramme? programme = shelf.Wetlands.FirstOrDefault(p => p.FindBank(exception.Bank) is not null);
        Bilingual? name = programme?.FindBank(exception.Bank)!.Name;
        return item with
        {
            Proposes = AreaException.Word,
            Subject = exception.Bank,
            Name = name is null ? new BilingualName(exception.Bank, exception.Bank) : BilingualName.Of(name),
            Number = exception.Permit,
            Due = DueOf(programme, entry),
        };
    }

    private static ProposalItem OfTrigger(
        ProposalItem item, TriggerProposal trigger, LedgerEntry entry, ProgrammeShelf shelf)
    {
        WetlandProgramme? programme = shelf.Wetlands.FirstOrDefault(p => p.FindBank(trigger.Bank) is not null);
        Bilingual? name = programme?.FindBank(trigger.Bank)!.Name;
        return item with
        {
            Proposes = trigger.Proposes,
            Subject = trigger.Bank,
            Name = name is null ? new BilingualName(trigger.Bank, trigger.Bank) : BilingualName.Of(name),
            Reason = BilingualName.Of(trigger.Reason),
            Due = DueOf(programme, entry),
        };
    }

    private static string? DueOf(WetlandProgramme? programme, LedgerEntry entry) =>
        programme?.Review?.DecideBy(entry.SealedAt, programme.Zone).ToString();

    private static ProposalItem OfBank(
        ProposalItem item, BankProposal proposal, LedgerEntry entry, ProgrammeShelf shelf)
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
            Due = DueOf(programme, entry),
        };
    }

    private static string? RefusalOf(DecisionFault? fault) => fault?.Rule switch
    {
        null => null,
        DecisionRule.Decided => "decided",
        DecisionRule.Role => "role",
        DecisionRule.Preparer => "preparer",
        DecisionRule.Twice => "twice",
        DecisionRule.Replaced => "replaced",
        DecisionRule.Preliminary => "preliminary",
        DecisionRule.JudgedAgain => "judged-again",
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
