using Monitor.Domain.Readings;

namespace Monitor.Storage.Sqlite;

/// <summary>Counts of record.db, all of one moment.</summary>
internal static class RecordCount
{
    // Rows are counted by their series, identities by the run of positions of their batch, of which there is one for
    // each (agent, boot, sequence): a file in which the two differ holds rows that no batch accounts for.
    private const string Sql =
        """
        SELECT
          (SELECT count(*) FROM readings r WHERE ?1 = ''
             OR r.series IN (SELECT id FROM series WHERE section = ?1)),
          (SELECT count(*) FROM batches b CROSS JOIN readings r
             ON r.position BETWEEN b.first AND b.first + b.readings - 1 WHERE ?1 = '' OR b.section = ?1),
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
