using Monitor.Domain;
using Monitor.Server.Jobs;
using Monitor.Server.People;
using Monitor.Storage;
using Monitor.Storage.Sqlite;

namespace Monitor.Cli.Verbs;

/// <summary>The record of a folder, opened to put something beside the readings, and the person who does it.</summary>
internal sealed class SigningSession : IDisposable
{
    private readonly SqliteRegistryStore registry;

    private SigningSession(SqliteReadingStore record, SqliteRegistryStore registry, Signatory signatory)
    {
        (Record, this.registry, Signatory) = (record, registry, signatory);
        Desk = new RecordDesk(record, registry, TimeProvider.System);
    }

    /// <summary>The readings.</summary>
    internal SqliteReadingStore Record { get; }

    /// <summary>Who signs.</summary>
    internal Signatory Signatory { get; }

    /// <summary>Where statements are kept.</summary>
    internal RecordDesk Desk { get; }

    /// <summary>Opens; works beside a service that serves the folder.</summary>
    /// <exception cref="InputException">There is no record, or the key is not that of a registered person.</exception>
    internal static SigningSession Open(DataFolder folder, string keyFile)
    {
        if (!File.Exists(folder.Record)) throw new InputException(
            $"There is no record in {folder.Root}.", "Name the folder that `serve` or `demo` wrote.", field: "--data");
        SqliteRegistryStore registry = Backends.OpenRegistry(folder, StoreAccess.ReadWrite);
        SqliteReadingStore? record = null;
        try
        {
            record = Backends.OpenRecord(folder, StoreAccess.ReadOnly);
            return new SigningSession(
                record, registry, Signatory.Open(keyFile, new PersonRegister(registry, TimeProvider.System)));
        }
        catch
        {
            record?.Dispose();
            registry.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Signatory.Dispose();
        Record.Dispose();
        registry.Dispose();
    }
}
