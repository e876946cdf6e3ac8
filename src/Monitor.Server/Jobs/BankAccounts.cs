using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Evidence;
using Monitor.Programmes.Judgements;
using Monitor.Storage;
using Monitor.Storage.Evidence;

namespace Monitor.Server.Jobs;

/// <summary>Reads a bank's account out of a ledger.</summary>
public static class BankAccounts
{
    /// <summary>The account as it stands; signatures are checked, registration is left to the decision desk and audits.</summary>
    public static BankAccount Read(ILedgerStore ledger, WetlandProgramme programme, WetlandBank bank)
    {
        List<LedgerEntry> entries = [.. ledger.Entries()];
        return BankAccount.Of(programme.Id, bank.Id, entries, DecisionBook.Of(entries));
    }

    /// <summary>The account, and what the entries show beside it, of one reading of the ledger.</summary>
    public static (BankAccount Account, BankDossier Dossier) ReadAll(
        ILedgerStore ledger, WetlandProgramme programme, WetlandBank bank)
    {
        List<LedgerEntry> entries = [.. ledger.Entries()];
        return (
            BankAccount.Of(programme.Id, bank.Id, entries, DecisionBook.Of(entries)),
            BankDossier.Of(programme, bank.Id, entries));
    }

    /// <summary>What the annual report of a bank prints.</summary>
    internal static AnnualContext Year(
        WetlandProgramme programme, WetlandBank bank, int year, IReadOnlyList<LedgerEntry> entries, DecisionBook book,
        LedgerHead head, Instant now) => new(
            programme, bank, year, BankAccount.Of(programme.Id, bank.Id, entries, book).At(now),
            AccountLine.Of(programme.Id, bank.Id, entries, book, now), head.Entries, head.Hash);

    /// <summary>What the annual report of a bank prints, as the ledger has it.</summary>
    public static AnnualContext Year(ILedgerStore ledger, WetlandProgramme programme, WetlandBank bank, int year, Instant now)
    {
        List<LedgerEntry> entries = [.. ledger.Entries()];
        return Year(programme, bank, year, entries, DecisionBook.Of(entries), ledger.Head, now);
    }

    /// <summary>What the monitoring report of a bank prints, as the ledger has it.</summary>
    public static MonitoringContext Monitoring(ILedgerStore ledger, WetlandProgramme programme, WetlandBank bank, int year)
    {
        List<LedgerEntry> entries = [.. ledger.Entries()];
        return MonitoringContext.Of(programme, bank, year, entries, DecisionBook.Of(entries), ledger.Head);
    }

    /// <summary>What the petition for a milestone's release prints, as the ledger has it.</summary>
    /// <exception cref="InputException">Nothing shows the milestone.</exception>
    public static PetitionContext Petition(
        ILedgerStore ledger, EvidenceStore evidence, WetlandProgramme programme, WetlandBank bank, Milestone milestone)
    {
        List<LedgerEntry> entries = [.. ledger.Entries()];
        return PetitionContext.Of(
            programme, bank, milestone, entries, DecisionBook.Of(entries), ledger.Head, e => ScenesOf(evidence, e));
    }

    /// <summary>The scenes that a judgement sealed the hashes of; none of a document.</summary>
    internal static IReadOnlyList<SceneManifest> ScenesOf(EvidenceStore evidence, LedgerEntry shown)
    {
        if (shown.Evidence is not string hash || JudgedEntry.IsFiling(shown)) return [];
        byte[] inputs = evidence.Find(hash) ?? throw new StoreUnusableException(
            $"The evidence {hash} of entry {shown.Number} is not in the evidence folder. Restore it from a backup.");
        return AssessmentEvidence.Read(inputs, hash).Inputs.Scenes;
    }

    /// <summary>The way of one credit, as the ledger has it.</summary>
    /// <exception cref="InputException">The bank has no such serial number.</exception>
    public static CreditTrace Trace(ILedgerStore ledger, WetlandProgramme programme, WetlandBank bank, long serial, Instant now)
    {
        List<LedgerEntry> entries = [.. ledger.Entries()];
        return CreditTrace.Of(programme.Id, bank.Id, serial, entries, DecisionBook.Of(entries), now);
    }
}
