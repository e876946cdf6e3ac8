using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;

namespace Monitor.Programmes.Documents;

/// <summary>What a petition for a release prints.</summary>
/// <param name="Programme">The terms.</param>
/// <param name="Bank">The bank.</param>
/// <param name="Account">The account as it stands.</param>
/// <param name="Standing">The milestone and what shows it.</param>
/// <param name="Credits">What is asked, with four decimals.</param>
/// <param name="Waits">What is against a release now, in a sentence; null where nothing is.</param>
/// <param name="Sponsor">Who asks; null where nobody is named in the ledger.</param>
/// <param name="Scenes">The scenes of the judgement with the hashes of their files; none for documents.</param>
/// <param name="Head">Number of the newest ledger entry.</param>
/// <param name="HeadHash">Its hash.</param>
public sealed record PetitionContext(
    WetlandProgramme Programme, WetlandBank Bank, BankAccount Account, MilestoneStanding Standing, string Credits, string? Waits,
    string? Sponsor, IReadOnlyList<SceneManifest> Scenes, long Head, string HeadHash)
{
    /// <summary>Of a ledger.</summary>
    /// <param name="programme">The terms.</param>
    /// <param name="bank">A bank of the programme.</param>
    /// <param name="milestone">A milestone of the programme.</param>
    /// <param name="entries">The ledger.</param>
    /// <param name="book">Its decisions.</param>
    /// <param name="head">Its head.</param>
    /// <param name="scenesOf">The scenes that an entry's evidence names; none where it names none.</param>
    /// <exception cref="InputException">Nothing shows the milestone: there is nothing to petition on.</exception>
    public static PetitionContext Of(
        WetlandProgramme programme, WetlandBank bank, Milestone milestone, IReadOnlyList<LedgerEntry> entries, DecisionBook book,
        LedgerHead head, Func<LedgerEntry, IReadOnlyList<SceneManifest>> scenesOf)
    {
        BankAccount account = BankAccount.Of(programme.Id, bank.Id, entries, book);
        if (entries.Count > 0) account = account.At(entries[^1].SealedAt);
        MilestoneStanding standing = MilestoneStanding.Of(programme, bank, account, entries, DateOnly.MaxValue.Year)
            .First(f => f.Milestone == milestone);
        if (standing.Shown is not LedgerEntry shown || !standing.IsMet) throw new InputException(
            $"Nothing shows {milestone.Id} of {bank.Id}: " + (standing.Shown is LedgerEntry newest
                ? $"its newest judgement, entry {newest.Number}, came to {standing.Outcome}."
                : "it is neither judged nor filed."),
            "File the document with `bank file`, or let the service judge another scene.", field: "MILESTONE");
        decimal total = account.Award is null ? bank.Credits : account.Awarded;
        decimal credits = programme.PartOf(total, milestone);
        Instant now = entries[^1].SealedAt;
        BankDossier dossier = BankDossier.Of(programme, bank.Id, entries);
        // The decision is what the petition asks for.
        string? waits = standing.Release is not null ? null : ReleaseConditions
            .Of(programme, bank, account, dossier, milestone, credits, now, entries)
            .FirstOrDefault(c => !c.IsMet && c.Id != ReleaseConditions.Decision)?.Fault;
        string? sponsor = standing.Proposal?.Proposal.Preparer?.Person
            ?? account.Proposals.LastOrDefault(p => p.Proposal.Milestone is null)?.Proposal.Preparer?.Person;
        return new PetitionContext(
            programme, bank, account, standing, CreditAward.Text(credits), waits, sponsor, scenesOf(shown), head.Entries,
            head.Hash);
    }
}
