namespace Monitor.Storage.Sqlite;

/// <summary>
/// The store's one position sequence. Whatever gets a position takes it here, inside the transaction that stores it:
/// so positions are in order of commit and a rollback leaves no gap.
/// </summary>
internal sealed class RecordPositions(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement _last = database.Prepare("SELECT last FROM positions");
    private readonly SqliteStatement _advance = database.Prepare("UPDATE positions SET last = ?1");

    /// <summary>The newest position given; 0 where none was.</summary>
    internal long Last()
    {
        _last.Step();
        long last = _last.Int64(0);
        _last.Reset();
        return last;
    }

    /// <summary>
    /// Marks all positions up to one, inclusive, as given. Only inside a transaction that holds the write lock.
    /// </summary>
    internal void AdvanceTo(long last)
    {
        _advance.Bind(1, last);
        _advance.Run();
    }

    public void Dispose()
    {
        _last.Dispose();
        _advance.Dispose();
    }
}
