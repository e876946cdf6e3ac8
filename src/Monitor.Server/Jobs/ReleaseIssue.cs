using System.Security.Cryptography;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Judgements;
using Monitor.Storage;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Jobs;

/// <summary>Turns approved proposals of a bank into its award and its releases, each release with its certificate.</summary>
/// <param name="ledger">Where entries go.</param>
/// <param name="evidence">Where the programmes' texts are.</param>
/// <param name="folder">Where certificates are written.</param>
internal sealed class ReleaseIssue(ILedgerStore ledger, EvidenceStore evidence, DataFolder folder)
{
    /// <summary>What the proposal led to; null where it waits, as for the milestone before.</summary>
    internal LedgerEntry? Complete(DecisionCase decided, Instant now)
    {
        LedgerEntry entry = ledger.At(decided.Entry)!;
        if (BankProposal.Read(entry) is not BankProposal proposal) return null;
        WetlandProgramme programme = new SealedInputs(evidence).Wetland(proposal.Definition, entry.Number);
        WetlandBank bank = programme.FindBank(proposal.Bank) ?? throw Gone(proposal.Bank, entry);
        return proposal.Milestone is null
            ? Award(decided, proposal, programme, bank, now)
            : Release(decided, proposal, programme, bank, now);
    }

    /// <summary>What an approved proposal waits for, in words; null where nothing is against it.</summary>
    internal string? Waits(DecisionCase decided, Instant now)
    {
        LedgerEntry entry = ledger.At(decided.Entry)!;
        if (BankProposal.Read(entry) is not { Milestone: string milestone } proposal) return null;
        WetlandProgramme programme = new SealedInputs(evidence).Wetland(proposal.Definition, entry.Number);
        WetlandBank bank = programme.FindBank(proposal.Bank) ?? throw Gone(proposal.Bank, entry);
        return FaultOf(
            programme, bank, MilestoneOf(programme, milestone, entry), CreditAward.Number(proposal.Credits), now, out _)
            ?? FaultOfShown(entry);
    }

    /// <summary>
    /// Why nothing can be released on a proposal, in words; null where what it rests on shows its milestone, and of anything
    /// that is no release.
    /// </summary>
    internal string? FaultOfShown(LedgerEntry proposed)
    {
        if (BankProposal.Read(proposed) is not { Milestone: not null } proposal) return null;
        WetlandProgramme programme = new SealedInputs(evidence).Wetland(proposal.Definition, proposed.Number);
        return ShownMilestone.FaultOf(programme, proposal, [.. ledger.Entries()]);
    }

    private LedgerEntry? Award(
        DecisionCase decided, BankProposal proposal, WetlandProgramme programme, WetlandBank bank, Instant now)
    {
        string key = CreditAward.Key(programme.Id, bank.Id);
        LedgerEntry? made = ledger.Append(
            key,
            _ => new LedgerDraft(
                LedgerKinds.Award, key, SealingDesk.Software, null, proposal.Definition,
                CreditAward.Of(programme, bank, proposal, decided).Write()),
            now);
        return made is not null && CreditAward.Read(made).Completes == decided.Entry ? made : null;
    }

    private LedgerEntry? Release(
        DecisionCase decided, BankProposal proposal, WetlandProgramme programme, WetlandBank bank, Instant now)
    {
        Milestone milestone = MilestoneOf(programme, proposal.Milestone!, ledger.At(decided.Entry)!);
        decimal credits = CreditAward.Number(proposal.Credits);
        string key = CreditRelease.Key(programme.Id, bank.Id, milestone.Id);
        LedgerEntry shown = ledger.At(proposal.Assessment!.Value)!;
        LedgerEntry? made = ledger.Append(key, head =>
        {
            // Read under the ledger's lock: no other process can release between this look and the entry.
            bool waits = FaultOf(programme, bank, milestone, credits, now, out BankAccount account) is not null
                || FaultOfShown(ledger.At(decided.Entry)!) is not null;
            if (waits) return null;
            ReleaseContext context = CertificatePrint.Context(
                programme, bank, milestone, proposal, decided, account, shown,
                PlaceInLedger.After(head, now, SealingDesk.Software), ledger.At);
            byte[] document = ReleaseCertificate.Render(context);
            string file = $"documents/release-{bank.Id}-{milestone.Id}.html";
            // The document first: an entry whose document is missing would not verify.
            AtomicFile.Write(Path.Combine(folder.Root, file), document);
            var release = new CreditRelease(
                programme.Id, programme.Version, programme.Text.Sha256, bank.Id, milestone.Id, context.Credits,
                proposal.Unit, context.AwardEntry, context.Awarded, context.Released, context.Remaining, shown.Number,
                shown.Hash, decided.Entry, decided.Hash, ApprovalReference.Of(decided), file,
                Convert.ToHexStringLower(SHA256.HashData(document)));
            return new LedgerDraft(
                LedgerKinds.Release, key, SealingDesk.Software, shown.Position, shown.Evidence, release.Write());
        }, now);
        return made is not null && CreditRelease.Read(made).Completes == decided.Entry ? made : null;
    }

    private string? FaultOf(
        WetlandProgramme programme, WetlandBank bank, Milestone milestone, decimal credits, Instant now,
        out BankAccount account)
    {
        (account, BankDossier dossier) = BankAccounts.ReadAll(ledger, programme, bank);
        return ReleaseConditions.FaultOf(programme, bank, account, dossier, milestone, credits, now);
    }

    private static Milestone MilestoneOf(WetlandProgramme programme, string id, LedgerEntry entry) =>
        programme.FindMilestone(id) ?? throw Gone(id, entry);

    private static StoreUnusableException Gone(string id, LedgerEntry entry) => new(
        $"The programme of entry {entry.Number} has no {id}. Restore the evidence folder from a backup.");
}
