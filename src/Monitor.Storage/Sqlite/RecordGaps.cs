using Monitor.Domain.Readings;

namespace Monitor.Storage.Sqlite;

/// <summary>Sequences that are missing below the highest stored of their boot.</summary>
internal static class RecordGaps
{
    private const string BootSql =
        """
        SELECT id, boot, (SELECT coalesce(max(seq), 0) FROM batches WHERE source = o.id) FROM sources o
        WHERE agent = ?1 ORDER BY id DESC
        """;

    // The gap before each batch that does not follow its neighbour: from the neighbour's next to its own former.
    private const string OfBootSql =
        """
        SELECT former + 1, seq - 1 FROM (
          SELECT seq, lag(seq, 1, 0) OVER (ORDER BY seq) AS former FROM batches WHERE source = ?1)
        WHERE seq > former + 1 ORDER BY seq LIMIT ?2
        """;

    // Only boots that wrote for the section in the span; and of these only gaps whose neighbour on either side touches it.
    private const string OfSpanSql =
        """
        SELECT o.agent, o.boot, g.former + 1, g.seq - 1 FROM (
          SELECT source, seq, first_time, last_time,
            lag(seq, 1, 0) OVER w AS former, lag(first_time) OVER w AS former_first, lag(last_time) OVER w AS former_last
          FROM batches WHERE source IN (
            SELECT DISTINCT source FROM batches INDEXED BY batches_by_section_time
            WHERE section = ?1 AND last_time >= ?2 AND first_time < ?3)
          WINDOW w AS (PARTITION BY source ORDER BY seq)) g CROSS JOIN sources o
        WHERE o.id = g.source AND g.seq > g.former + 1
          AND ((g.last_time >= ?2 AND g.first_time < ?3) OR (g.former_last >= ?2 AND g.former_first < ?3)
            OR (g.former_last < ?2 AND g.first_time >= ?3))
        ORDER BY o.agent, o.boot, g.seq
        """;

    /// <summary>Those of each boot of an agent, the newest boot first.</summary>
    internal static IReadOnlyList<BootAccount> Of(SqliteDatabase database, string agent, int max)
    {
        using SqliteStatement boots = database.Prepare(BootSql);
        using SqliteStatement gaps = database.Prepare(OfBootSql);
        boots.Bind(1, agent);
        List<BootAccount> accounts = [];
        while (boots.Step())
        {
            string boot = boots.Text(1);
            gaps.Bind(1, boots.Int64(0));
            gaps.Bind(2, max);
            List<SequenceGap> missing = [];
            while (gaps.Step()) missing.Add(new SequenceGap(agent, boot, gaps.Int64(0), gaps.Int64(1)));
            gaps.Reset();
            accounts.Add(new BootAccount(boot, boots.Int64(2), missing));
        }
        return accounts;
    }

    /// <summary>Those that touch a section's span.</summary>
    internal static IReadOnlyList<SequenceGap> Of(SqliteDatabase database, string section, Instant from, Instant to)
    {
        using SqliteStatement rows = database.Prepare(OfSpanSql);
        rows.Bind(1, section);
        rows.Bind(2, from.UnixMilliseconds);
        rows.Bind(3, to.UnixMilliseconds);
        List<SequenceGap> gaps = [];
        while (rows.Step()) gaps.Add(new SequenceGap(rows.Text(0), rows.Text(1), rows.Int64(2), rows.Int64(3)));
        return gaps;
    }
}
