using Monitor.Domain.Readings;

namespace Monitor.Storage.Sqlite;

/// <summary>Counts of record.db, all of one moment.</summary>
internal static class RecordCount
{
    // Readings are counted with and without their identity: a database in which these differ has been tampered with.
    private const string Sql =
        """
        SELECT
          (SELECT count(*) FROM batches b CROSS JOIN readings r ON r.batch = b.id WHERE ?1 = '' OR b.section = ?1),
          (SELECT count(*) FROM (
             SELECT DISTINCT b.source, b.seq, r.idx FROM batches b CROSS JOIN readings r ON r.batch = b.id
             WHERE ?1 = '' OR b.section = ?1)),
          (SELECT count(*) FROM batches WHERE ?1 = '' OR section = ?1),
          (SELECT coalesce(sum(repeats), 0) FROM batches WHERE ?1 = '' OR section = ?1),
          (SELECT count(*) FROM dead_letters
             WHERE ?1 = '' OR substr(topic, 1, length(?1) + 12) = 'monitor/v1/' || ?1 || '/')
        """;

    /// <summary>Counts of one section, or of all. A dead letter belongs to the section that its topic claims.</summary>
    internal static StoreCounts Of(SqliteDatabase database, string? section)
    {
        using SqliteStatement row = database.Prepare(Sql);
        row.Bind(1, section ?? "");
        row.Step();
        return new StoreCounts(row.Int64(0), row.Int64(1), row.Int64(2), row.Int64(3), row.Int64(4));
    }
}
