using System.Collections.Concurrent;

namespace Monitor.Storage.Sqlite;

/// <summary>
/// Reading connections to one file, one for each call, kept for the next. A reader sees the file as it was when its
/// first row was read, and never waits for the writer.
/// </summary>
internal sealed class SqliteReaders(string file, int schemaVersion, SqliteSettings settings) : IDisposable
{
    private readonly ConcurrentBag<SqliteDatabase> _idle = [];
    private volatile bool _disposed;

    /// <summary>A connection; disposing the lease gives it back.</summary>
    internal Lease Take()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_idle.TryTake(out SqliteDatabase? database)) return new Lease(this, database);
        database = SqliteDatabase.Open(file, StoreAccess.ReadOnly, settings);
        try
        {
            database.Require(schemaVersion);
            return new Lease(this, database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out SqliteDatabase? database)) database.Dispose();
    }

    private void GiveBack(SqliteDatabase database)
    {
        _idle.Add(database);
        // Given back after the end: nobody else would close it.
        if (_disposed) Dispose();
    }

    /// <summary>A connection on loan.</summary>
    internal readonly struct Lease(SqliteReaders readers, SqliteDatabase database) : IDisposable
    {
        internal SqliteDatabase Database => database;

        public void Dispose() => readers.GiveBack(database);
    }
}
