using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Definitions;

namespace Monitor.Programmes.Banks;

/// <summary>A release as the account has it.</summary>
/// <param name="Entry">Its entry.</param>
/// <param name="Milestone">Milestone id.</param>
/// <param name="Credits">Credits released.</param>
public sealed record ReleasedPart(long Entry, string Milestone, decimal Credits);

/// <summary>A proposal for a bank and where its decision stands.</summary>
/// <param name="Case">The decision.</param>
/// <param name="Proposal">What is proposed.</param>
public sealed record ProposedPart(DecisionCase Case, BankProposal Proposal);

/// <summary>
/// A bank's credits as its ledger entries have them: awarded once, released milestone by milestone, never more than awarded.
/// </summary>
/// <param name="Programme">Programme id.</param>
/// <param name="Bank">Bank id.</param>
public sealed record BankAccount(string Programme, string Bank)
{
    /// <summary>Entry of the award; null where there is none.</summary>
    public long? AwardEntry { get; init; }

    /// <summary>The award; null where there is none.</summary>
    public CreditAward? Award { get; init; }

    /// <summary>Releases, in ledger order.</summary>
    public IReadOnlyList<ReleasedPart> Releases { get; init; } = [];

    /// <summary>Every proposal that was ever made, in ledger order.</summary>
    public IReadOnlyList<ProposedPart> Proposals { get; init; } = [];

    /// <summary>Credits awarded; 0 without an award.</summary>
    public decimal Awarded => Award is null ? 0 : CreditAward.Number(Award.Credits);

    /// <summary>Credits released so far.</summary>
    public decimal Released => Releases.Sum(r => r.Credits);

    /// <summary>Whether a milestone's credits are released.</summary>
    public bool IsReleased(string milestone) => Releases.Any(r => r.Milestone == milestone);

    /// <summary>The proposal of a milestone (null: of the award) that is not rejected; null where there is none.</summary>
    public ProposedPart? StandingProposal(string? milestone) =>
        Proposals.LastOrDefault(p => p.Proposal.Milestone == milestone && p.Case.Rejection is null);

    /// <summary>Reads a ledger.</summary>
    public static BankAccount Of(string programme, string bank, IEnumerable<LedgerEntry> entries, DecisionBook book)
    {
        var account = new BankAccount(programme, bank);
        foreach (LedgerEntry entry in entries) account = account.With(entry, book);
        return account;
    }

    /// <summary>The account after an entry; the same where the entry is not this bank's.</summary>
    public BankAccount With(LedgerEntry entry, DecisionBook book)
    {
        switch (entry.Kind)
        {
            case LedgerKinds.Proposal:
                bool mine = BankProposal.Read(entry) is BankProposal p && p.Programme == Programme && p.Bank == Bank;
                if (!mine || book.Find(entry.Number) is not DecisionCase decided) return this;
                return this with { Proposals = [.. Proposals, new ProposedPart(decided, BankProposal.Read(entry)!)] };
            case LedgerKinds.Award:
                CreditAward award = CreditAward.Read(entry);
                bool isAward = award.Programme == Programme && award.Bank == Bank && AwardEntry is null;
                return isAward ? this with { AwardEntry = entry.Number, Award = award } : this;
            case LedgerKinds.Release:
                CreditRelease release = CreditRelease.Read(entry);
                if (release.Programme != Programme || release.Bank != Bank) return this;
                var part = new ReleasedPart(entry.Number, release.Milestone, CreditAward.Number(release.Credits));
                return this with { Releases = [.. Releases, part] };
            default:
                return this;
        }
    }

    /// <summary>
    /// Why a milestone's credits cannot be released now, in words that say what is awaited; null where nothing is against
    /// it: awarded, not released yet, every milestone before it released where the programme is in sequence, and the sum
    /// not above the award.
    /// </summary>
    /// <param name="programme">The terms.</param>
    /// <param name="milestone">A milestone of the programme.</param>
    /// <param name="credits">What would be released.</param>
    public string? FaultOfRelease(WetlandProgramme programme, Milestone milestone, decimal credits)
    {
        if (Award is null) return "it waits for the award of credits";
        if (IsReleased(milestone.Id)) return $"{milestone.Id} is released already";
        Milestone? before = programme.IsInSequence
            ? programme.Milestones.TakeWhile(m => m.Id != milestone.Id).FirstOrDefault(m => !IsReleased(m.Id))
            : null;
        if (before is not null) return $"it waits for the release of {before.Id}";
        return Released + credits > Awarded
            ? $"{Released} released and {credits} would be more than the {Awarded} awarded"
            : null;
    }

    /// <summary>What is wrong with an entry as the next of this account, in a sentence; null where nothing is.</summary>
    /// <remarks>For audits, which know only the ledger: the sequence is judged where the programme is at hand.</remarks>
    public string? FaultOf(LedgerEntry entry)
    {
        if (entry.Kind == LedgerKinds.Award)
        {
            CreditAward award = CreditAward.Read(entry);
            ProposedPart? proposed = Proposals.FirstOrDefault(p => p.Case.Entry == award.Completes);
            if (AwardEntry is long former) return $"Entry {entry.Number} awards credits to {Bank} as entry {former} did.";
            return proposed?.Proposal is { Proposes: BankProposal.Award } p && p.Credits == award.Credits
                ? null
                : $"Entry {entry.Number} awards other credits than were proposed.";
        }
        if (entry.Kind != LedgerKinds.Release) return null;
        CreditRelease release = CreditRelease.Read(entry);
        decimal credits = CreditAward.Number(release.Credits);
        if (Award is null) return $"Entry {entry.Number} releases credits of {Bank} before any were awarded.";
        if (IsReleased(release.Milestone)) return $"Entry {entry.Number} releases {release.Milestone} of {Bank} again.";
        if (Released + credits > Awarded)
        {
            return $"Entry {entry.Number} releases {credits} of {Bank}: with {Released} before, more than {Awarded} awarded.";
        }
        BankProposal? rests = Proposals.FirstOrDefault(p => p.Case.Entry == release.Completes)?.Proposal;
        return rests is { Proposes: BankProposal.Release } && rests.Milestone == release.Milestone
            && rests.Credits == release.Credits
            ? null
            : $"Entry {entry.Number} releases something else than was proposed.";
    }
}
