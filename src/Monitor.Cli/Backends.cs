using Monitor.Domain;
using Monitor.Storage;
using Monitor.Storage.Sqlite;

namespace Monitor.Cli;

/// <summary>The one place that chooses a store.</summary>
internal static class Backends
{
    /// <summary>The readings.</summary>
    /// <exception cref="InputException">There is nothing to read in the folder.</exception>
    internal static SqliteReadingStore OpenRecord(DataFolder folder, StoreAccess access) =>
        SqliteReadingStore.Open(Present(folder.Record, folder, access), access);

    /// <summary>What stands beside the readings: reviews, suspensions, registry changes.</summary>
    internal static SqliteRegistryStore OpenRegistry(DataFolder folder, StoreAccess access) =>
        SqliteRegistryStore.Open(folder.Record, access);

    /// <summary>Accounts for the page.</summary>
    internal static SqliteAccountStore OpenAccounts(DataFolder folder, StoreAccess access) =>
        SqliteAccountStore.Open(folder.People, access);

    /// <summary>The ledger.</summary>
    /// <exception cref="InputException">There is nothing to read in the folder.</exception>
    internal static SqliteLedgerStore OpenLedger(DataFolder folder, StoreAccess access)
    {
        Present(folder.Ledger, folder, access);
        return SqliteLedgerStore.Open(folder, access);
    }

    // Only a store that is to be read must be there; one that is written is begun.
    private static string Present(string file, DataFolder folder, StoreAccess access) =>
        access == StoreAccess.ReadWrite || File.Exists(file) ? file : throw new InputException(
            $"There is no {Path.GetFileName(file)} in {folder.Root}.",
            "Name the folder that `serve` or `demo` wrote.", field: "--data");
}
