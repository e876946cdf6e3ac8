using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;

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
}
