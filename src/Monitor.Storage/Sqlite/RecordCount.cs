using Monitor.Domain.Readings;

namespace Monitor.Storage.Sqlite;

/// <summary>Counts of record.db, all of one moment.</summary>
internal sealed class RecordCount(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement _batches = database.Prepare(
        "SELECT count(*), coalesce(sum(repeats), 0) FROM batches WHERE ?1 = '' OR section = ?1");

    // The section of a dead letter is what its topic claims.
    private readonly SqliteStatement _deadLetters = database.Prepare(
        "SELECT count(*) FROM dead_letters " +
        "WHERE ?1 = '' OR substr(topic, 1, length(?1) + 12) = 'monitor/v1/' || ?1 || '/'");

    private readonly SqliteStatement _identities = database.Prepare(
        "SELECT batch, idx FROM readings ORDER BY position");

    private readonly SqliteStatement _identitiesOfSection = database.Prepare(
        "SELECT r.batch, r.idx FROM batches b CROSS JOIN readings r ON r.batch = b.id " +
        "WHERE b.section = ?1 ORDER BY r.position");

    /// <summary>Counts of one section, or of all.</summary>
    internal StoreCounts Of(string? section)
    {
        _batches.Bind(1, section ?? "");
        _deadLetters.Bind(1, section ?? "");
        database.Execute("BEGIN");
        try
        {
            _batches.Step();
            _deadLetters.Step();
            (long readings, long distinct) = Readings(section);
            return new StoreCounts(readings, distinct, _batches.Int64(0), _batches.Int64(1), _deadLetters.Int64(0));
        }
        finally
        {
            _batches.Reset();
            _deadLetters.Reset();
            database.Execute("ROLLBACK");
        }
    }

    public void Dispose()
    {
        _batches.Dispose();
        _deadLetters.Dispose();
        _identities.Dispose();
        _identitiesOfSection.Dispose();
    }
}
