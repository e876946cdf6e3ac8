using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;

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

    /// <summary>The annual ledger report of a bank, printable, as the ledger has it.</summary>
    public static byte[] Report(ILedgerStore ledger, WetlandProgramme programme, WetlandBank bank, int year, Instant now)
    {
        List<LedgerEntry> entries = [.. ledger.Entries()];
        return AnnualReport.Render(Year(programme, bank, year, entries, DecisionBook.Of(entries), ledger.Head, now));
    }
}
