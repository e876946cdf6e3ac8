using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Banks;

/// <summary>A release as the account has it.</summary>
/// <param name="Entry">Its entry.</param>
/// <param name="Milestone">Milestone id.</param>
/// <param name="Credits">Credits released.</param>
/// <param name="Serials">Their serial numbers.</param>
public sealed record ReleasedPart(long Entry, string Milestone, decimal Credits, SerialRange Serials);

/// <summary>A proposal for a bank and where its decision stands.</summary>
/// <param name="Case">The decision.</param>
/// <param name="Proposal">What is proposed.</param>
public sealed record ProposedPart(DecisionCase Case, BankProposal Proposal);

/// <summary>
/// A bank's credits as its ledger entries have them: awarded once, released milestone by milestone, never more than awarded;
/// reserved, sold and taken back by serial number, never the same one twice.
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

    /// <summary>Every proposal to suspend or to order measures that the service ever made, in ledger order.</summary>
    public IReadOnlyList<TriggerPart> Triggers { get; init; } = [];

    /// <summary>Where each released credit is, as of the account's newest entry; see <see cref="At"/>.</summary>
    public CreditHoldings Holdings { get; init; } = CreditHoldings.Empty;

    /// <summary>Every reservation that was ever made, in ledger order.</summary>
    public IReadOnlyList<ReservedPart> Reservations { get; init; } = [];

    /// <summary>Sales, in ledger order.</summary>
    public IReadOnlyList<SoldPart> Sales { get; init; } = [];

    /// <summary>Suspensions, lifted ones too, in ledger order.</summary>
    public IReadOnlyList<SuspendedPart> Suspensions { get; init; } = [];

    /// <summary>Corrections, in ledger order.</summary>
    public IReadOnlyList<CorrectedPart> Corrections { get; init; } = [];

    /// <summary>The suspension that stands; null where none does.</summary>
    public SuspendedPart? Suspended => Suspensions.FirstOrDefault(s => s.LiftedBy is null);

    /// <summary>Credits awarded; 0 without an award.</summary>
    public decimal Awarded => Award is null ? 0 : CreditAward.Number(Award.Credits);

    /// <summary>Credits released so far.</summary>
    public decimal Released => Releases.Sum(r => r.Credits);

    /// <summary>Whether a milestone's credits are released.</summary>
    public bool IsReleased(string milestone) => Releases.Any(r => r.Milestone == milestone);

    /// <summary>The proposal of a milestone (null: of the award) that is not rejected; null where there is none.</summary>
    public ProposedPart? StandingProposal(string? milestone) =>
        Proposals.LastOrDefault(p => p.Proposal.Milestone == milestone && p.Case.Rejection is null);

    /// <summary>The account at a time: reservations whose last day is over hold nothing any more.</summary>
    public BankAccount At(Instant time) => this with { Holdings = Holdings.At(time) };

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
        if (BankStatement.OwnerOf(entry) is (string, string) owner)
        {
            return owner == (Programme, Bank) ? CreditMovements.After(At(entry.SealedAt), entry) : this;
        }
        switch (entry.Kind)
        {
            case LedgerKinds.Proposal:
                return book.Find(entry.Number) is DecisionCase decided ? WithProposal(entry, decided) : this;
            case LedgerKinds.Award:
                CreditAward award = CreditAward.Read(entry);
                bool isAward = award.Programme == Programme && award.Bank == Bank && AwardEntry is null;
                return isAward ? this with { AwardEntry = entry.Number, Award = award } : this;
            case LedgerKinds.Release:
                CreditRelease release = CreditRelease.Read(entry);
                if (release.Programme != Programme || release.Bank != Bank) return this;
                return At(entry.SealedAt).After(entry, release);
            default:
                return this;
        }
    }

    private BankAccount WithProposal(LedgerEntry entry, DecisionCase decided)
    {
        if (TriggerProposal.Read(entry) is TriggerProposal trigger)
        {
            bool isMine = trigger.Programme == Programme && trigger.Bank == Bank;
            return isMine ? this with { Triggers = [.. Triggers, new TriggerPart(decided, trigger)] } : this;
        }
        bool mine = BankProposal.Read(entry) is BankProposal p && p.Programme == Programme && p.Bank == Bank;
        return mine ? this with { Proposals = [.. Proposals, new ProposedPart(decided, BankProposal.Read(entry)!)] } : this;
    }

    private BankAccount After(LedgerEntry entry, CreditRelease release)
    {
        decimal credits = CreditAward.Number(release.Credits);
        var part = new ReleasedPart(entry.Number, release.Milestone, credits, Holdings.NextRelease(credits));
        return this with { Releases = [.. Releases, part], Holdings = Holdings.Release(credits) };
    }

    /// <summary>What is wrong with an entry as the next of this account, in a sentence; null where nothing is.</summary>
    /// <remarks>For audits, which know only the ledger: the sequence is judged where the programme is at hand.</remarks>
    public string? FaultOf(LedgerEntry entry)
    {
        if (BankStatement.OwnerOf(entry) is not null) return CreditMovements.FaultOf(At(entry.SealedAt), entry);
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
        if (Suspended is SuspendedPart s) return $"Entry {entry.Number} releases credits of {Bank}, suspended by {s.Entry}.";
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
