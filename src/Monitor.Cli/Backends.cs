using System.CommandLine;
using Monitor.Storage;
using Monitor.Storage.Sqlite;

namespace Monitor.Cli;

/// <summary>The one place that chooses a store.</summary>
internal static class Backends
{
    /// <summary>The option that every verb has that touches a store.</summary>
    internal static Option<DataFolder> DataOption() => new("--data")
    {
        Description = $"The folder of records, ledger and documents; {DataFolder.DefaultRoot} by default.",
        DefaultValueFactory = _ => new DataFolder(DataFolder.DefaultRoot),
        CustomParser = result => new DataFolder(result.Tokens[0].Value),
    };

    /// <summary>The readings.</summary>
    internal static SqliteReadingStore OpenRecord(DataFolder folder, StoreAccess access) =>
        SqliteReadingStore.Open(folder.Record, access);

    /// <summary>The ledger.</summary>
    internal static SqliteLedgerStore OpenLedger(DataFolder folder, StoreAccess access) =>
        SqliteLedgerStore.Open(folder, access);
}
