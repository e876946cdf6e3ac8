using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;

namespace Monitor.Programmes.Documents;

/// <summary>Prints certificates of release from what the ledger holds, before and after they are sealed.</summary>
public static class CertificatePrint
{
    /// <summary>What a certificate prints.</summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">A bank of the programme.</param>
    /// <param name="milestone">A milestone of the programme.</param>
    /// <param name="proposal">What was decided.</param>
    /// <param name="decided">The decision.</param>
    /// <param name="account">The account before the release; it has its award.</param>
    /// <param name="shown">The entry that shows the milestone.</param>
    /// <param name="place">The release's own entry.</param>
    /// <param name="at">Finds entries by number.</param>
    public static ReleaseContext Context(
        WetlandProgramme programme, WetlandBank bank, Milestone milestone, BankProposal proposal, DecisionCase decided,
        BankAccount account, LedgerEntry shown, PlaceInLedger place, Func<long, LedgerEntry?> at)
    {
        decimal released = account.Released + CreditAward.Number(proposal.Credits);
        return new ReleaseContext
        {
            Programme = programme,
            Bank = bank,
            Milestone = milestone,
            Credits = proposal.Credits,
            Awarded = CreditAward.Text(account.Awarded),
            Released = CreditAward.Text(released),
            Remaining = CreditAward.Text(account.Awarded - released),
            Schedule = [.. programme.Milestones.Select(m => new ScheduleLine(
                m, CreditAward.Text(programme.PartOf(account.Awarded, m)),
                m == milestone ? place.Entry : account.Releases.FirstOrDefault(r => r.Milestone == m.Id)?.Entry,
                m == milestone))],
            Evidence = MilestoneEvidence.Lines(shown, at, milestone.Criterion is ByCover ? null : programme.Zone),
            AwardEntry = account.AwardEntry!.Value,
            Proposal = new DraftReference(decided.Entry, decided.Hash),
            Preparer = proposal.Preparer?.Person,
            Signers = DocumentSigner.Of(decided, at, programme.Zone),
            Entry = place.Entry,
            PreviousHash = place.PreviousHash,
            Date = Period.DayOf(place.SealedAt, programme.Zone),
            Software = place.Software,
            Caution = account.Award!.Caution,
        };
    }
}
