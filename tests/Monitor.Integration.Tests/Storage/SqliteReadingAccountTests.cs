using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Support;
using Monitor.Storage.Sqlite;

namespace Monitor.Integration.Tests.Storage;

/// <summary>The contract on SQLite.</summary>
public sealed class SqliteReadingAccountTests : ReadingAccountContract, IDisposable
{
    private readonly TempFolder _scratch = new();

    protected override IReadingStore Open() => SqliteReadingStore.Open(_scratch["record.db"]);

    void IDisposable.Dispose()
    {
        Dispose();
        _scratch.Dispose();
    }
}
