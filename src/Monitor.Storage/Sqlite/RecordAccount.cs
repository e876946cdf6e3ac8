using Monitor.Domain.Readings;

namespace Monitor.Storage.Sqlite;

/// <summary>What record.db accounts for of one section and span, all of one moment.</summary>
internal static class RecordAccount
{
    private const string StoredSql =
        """
        SELECT count(*) FROM batches b INDEXED BY batches_by_section_time CROSS JOIN readings r
        WHERE b.section = ?1 AND b.last_time >= ?2 AND b.first_time < ?3
          AND r.position BETWEEN b.first AND b.first + b.readings - 1 AND r.time >= ?2 AND r.time < ?3
        """;

    private const string PayloadSql =
        """
        SELECT b.received, p.bytes, b.repeats FROM batches b INDEXED BY batches_by_section_time CROSS JOIN payloads p
        WHERE b.section = ?1 AND b.last_time >= ?2 AND b.first_time < ?3 AND p.batch = b.first
        ORDER BY b.first
        """;

    private const string DeadLetterSql =
        """
        SELECT received, agent, topic, reason, repeats, readings, payload FROM dead_letters
        WHERE section = ?1 AND ((readings > 0 AND last_time >= ?2 AND first_time < ?3)
          OR (readings = 0 AND received >= ?2 AND received < ?3))
        ORDER BY received, id
        """;

    private const string AlarmSql =
        """
        SELECT agent, kind, first, last, times, detail FROM alarms
        WHERE last >= ?2 AND first < ?3 AND agent IN (
          SELECT o.agent FROM batches b INDEXED BY batches_by_section_time CROSS JOIN sources o
          WHERE b.section = ?1 AND b.last_time >= ?2 AND b.first_time < ?3 AND o.id = b.source
          UNION SELECT agent FROM dead_letters WHERE section = ?1)
        ORDER BY first, id
        """;

    internal static SectionAccount Of(SqliteDatabase database, string section, Instant from, Instant to)
    {
        // One transaction of reading: a batch that commits meanwhile is in all of the counts or in none.
        database.Execute("BEGIN");
        try
        {
            using SqliteStatement stored = Prepare(database, StoredSql, section, from, to);
            stored.Step();
            long count = stored.Int64(0);
            stored.Reset();
            List<KeptPayload> payloads = Rows(database, PayloadSql, section, from, to, row =>
                new KeptPayload(new Instant(row.Int64(0)), row.Blob(1).ToArray(), row.Int64(2)));
            List<DeadLetter> letters = Rows(database, DeadLetterSql, section, from, to, row =>
                new DeadLetter(new Instant(row.Int64(0)), row.Text(1), row.Text(2), row.Text(3), row.Int64(4),
                    (int)row.Int64(5), row.Blob(6).ToArray()));
            List<IntakeAlarm> alarms = Rows(database, AlarmSql, section, from, to, row =>
                new IntakeAlarm(row.Text(0), row.Text(1), new Instant(row.Int64(2)), new Instant(row.Int64(3)),
                    row.Int64(4), row.Text(5)));
            return new SectionAccount(count, payloads, letters, RecordGaps.Of(database, section, from, to), alarms);
        }
        finally
        {
            database.Execute("COMMIT");
        }
    }

    private static List<T> Rows<T>(
        SqliteDatabase database, string sql, string section, Instant from, Instant to, Func<SqliteStatement, T> read)
    {
        using SqliteStatement rows = Prepare(database, sql, section, from, to);
        List<T> list = [];
        while (rows.Step()) list.Add(read(rows));
        return list;
    }

    private static SqliteStatement Prepare(
        SqliteDatabase database, string sql, string section, Instant from, Instant to)
    {
        SqliteStatement statement = database.Prepare(sql);
        statement.Bind(1, section);
        statement.Bind(2, from.UnixMilliseconds);
        statement.Bind(3, to.UnixMilliseconds);
        return statement;
    }
}
