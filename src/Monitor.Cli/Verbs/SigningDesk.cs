using System.CommandLine;
using Monitor.Domain;
using Monitor.Server.Jobs;
using Monitor.Server.People;
using Monitor.Storage;
using Monitor.Storage.Evidence;
using Monitor.Storage.Sqlite;

namespace Monitor.Cli.Verbs;

/// <summary>The stores that a person's signed act needs, opened together: the ledger to write, the register to ask.</summary>
internal sealed class SigningDesk : IDisposable
{
    private readonly SqliteRegistryStore records;
    private readonly PersonRegister register;

    /// <summary>Opens the stores of a folder.</summary>
    /// <exception cref="InputException">There is no ledger or no register.</exception>
    internal SigningDesk(DataFolder folder, bool makesLedger = false)
    {
        if (!File.Exists(folder.Record)) throw NoStore("record", folder);
        if (!makesLedger && !File.Exists(folder.Ledger)) throw NoStore("ledger", folder);
        records = Backends.OpenRegistry(folder, StoreAccess.ReadOnly);
        try
        {
            register = new PersonRegister(records, TimeProvider.System);
            Ledger = Backends.OpenLedger(folder, StoreAccess.ReadWrite);
        }
        catch
        {
            records.Dispose();
            throw;
        }
        Evidence = new EvidenceStore(folder.Evidence);
        Decisions = new DecisionDesk(Ledger, Evidence, folder, register, TimeProvider.System);
        Banks = new BankDesk(Ledger, Evidence, TimeProvider.System);
        Surveys = new SurveyDesk(Ledger, Evidence, TimeProvider.System);
        Credits = new CreditDesk(Ledger, Evidence, TimeProvider.System);
        Compliance = new ComplianceDesk(Ledger, Evidence, TimeProvider.System);
        Sales = new SaleDesk(Ledger, Evidence, folder, register, TimeProvider.System);
    }

    /// <summary>The ledger.</summary>
    internal SqliteLedgerStore Ledger { get; }

    /// <summary>The evidence folder.</summary>
    internal EvidenceStore Evidence { get; }

    /// <summary>Where persons decide.</summary>
    internal DecisionDesk Decisions { get; }

    /// <summary>Where documents are filed.</summary>
    internal BankDesk Banks { get; }

    /// <summary>Where field surveys are filed.</summary>
    internal SurveyDesk Surveys { get; }

    /// <summary>Where credits are reserved and corrected, and banks suspended.</summary>
    internal CreditDesk Credits { get; }

    /// <summary>Where reports and measures are filed.</summary>
    internal ComplianceDesk Compliance { get; }

    /// <summary>Where credits are sold.</summary>
    internal SaleDesk Sales { get; }

    /// <summary><c>--key FILE</c>.</summary>
    internal static Option<string> KeyOption() => new("--key")
    {
        Description = "Private key of the person who signs, as `user add` wrote it.", HelpName = "FILE", Required = true,
    };

    /// <summary>The person of a key file.</summary>
    internal Signatory Open(string keyFile) => Signatory.Open(keyFile, register);

    /// <inheritdoc/>
    public void Dispose()
    {
        Ledger.Dispose();
        records.Dispose();
    }

    private static InputException NoStore(string store, DataFolder folder) => new(
        $"There is no {store} in {folder.Root}.", "Name the folder that `serve` or `demo` wrote.", field: "--data");
}
