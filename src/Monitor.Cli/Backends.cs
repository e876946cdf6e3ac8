using Monitor.Storage;
using Monitor.Storage.Sqlite;

namespace Monitor.Cli;

/// <summary>The one place that chooses a store.</summary>
internal static class Backends
{
    /// <summary>The readings.</summary>
    internal static SqliteReadingStore OpenRecord(DataFolder folder, StoreAccess access) =>
        SqliteReadingStore.Open(folder.Record, access);

    /// <summary>What stands beside the readings: reviews, suspensions, registry changes.</summary>
    internal static SqliteRegistryStore OpenRegistry(DataFolder folder, StoreAccess access) =>
        SqliteRegistryStore.Open(folder.Record, access);

    /// <summary>The ledger.</summary>
    internal static SqliteLedgerStore OpenLedger(DataFolder folder, StoreAccess access) =>
        SqliteLedgerStore.Open(folder, access);
}
