using Microsoft.Data.Sqlite;
using Monitor.Domain.Readings;
using Monitor.Wire.Envelope;

namespace Monitor.Edge;

/// <summary>
/// Makes room in the outbox's file: first what the server has, oldest first; then, where a source cannot wait, what
/// nobody has, oldest first, leaving a record of it. The newest batch stays, since the next continues its chain, and
/// tombstones stay. Runs in the caller's transaction, on the connection it is given.
/// </summary>
internal static class OutboxRoom
{
    // What is acknowledged and not the newest may go: it is kept only for a server that lost its disk.
    private const string Spent = "state = 1 AND seq < (SELECT max(seq) FROM reading_batch)";
    private const string Droppable = "state <> 1 AND kind = 0 AND seq < (SELECT max(seq) FROM reading_batch)";

    /// <summary>Bytes of the file that hold something.</summary>
    internal static long Used(SqliteConnection db)
    {
        long pages = (long)OutboxFile.Scalar(db, "PRAGMA page_count")!
            - (long)OutboxFile.Scalar(db, "PRAGMA freelist_count")!;
        return pages * (long)OutboxFile.Scalar(db, "PRAGMA page_size")!;
    }

    /// <summary>Deletes what was acknowledged before a moment.</summary>
    /// <returns>How many batches.</returns>
    internal static int Prune(SqliteConnection db, Instant before)
    {
        using SqliteCommand choose = OutboxRows.Command(
            db, $"SELECT seq, readings, 0, 0, 0 FROM reading_batch WHERE {Spent} AND settled_ms < $before",
            ("$before", before.UnixMilliseconds));
        return Delete(db, Rows(choose, long.MaxValue), "pruned").Count;
    }

    /// <summary>Deletes the oldest acknowledged batches until so many bytes are free, or none is left.</summary>
    internal static int FreeSpent(SqliteConnection db, long bytes) => Free(db, bytes, Spent, "pruned").Count;

    /// <summary>Deletes the oldest batches that nobody has, and keeps a record of them.</summary>
    /// <param name="db">The outbox.</param>
    /// <param name="bytes">How much is wanted.</param>
    /// <param name="underWay">Batches that may be with the server at this moment: they stay.</param>
    /// <returns>What was lost, as ranges without gaps; empty where nothing may be dropped.</returns>
    internal static List<LostRange> FreeUnsent(SqliteConnection db, long bytes, IReadOnlySet<long> underWay)
    {
        List<LostRange> lost = [];
        foreach (Row row in Free(db, bytes, Droppable, "dropped", underWay))
        {
            LostRange? last = lost.Count > 0 ? lost[^1] : null;
            if (last is null || last.Sequences.To != row.Sequence - 1)
            {
                lost.Add(new LostRange(new SequenceRange(row.Sequence, row.Sequence), row.Readings, row.First, row.Last));
                continue;
            }
            lost[^1] = new LostRange(
                last.Sequences with { To = row.Sequence }, last.Readings + row.Readings,
                row.First < last.First ? row.First : last.First, row.Last > last.Last ? row.Last : last.Last);
        }
        return lost;
    }

    /// <summary>Keeps what was lost, and which batch tells of it.</summary>
    internal static void Keep(SqliteConnection db, LostRange lost, long toldIn)
    {
        using SqliteCommand command = OutboxRows.Command(
            db,
            """
            INSERT INTO lost (from_seq, to_seq, readings, first_ms, last_ms, told_in)
            VALUES ($from, $to, $readings, $first, $last, $told)
            """,
            ("$from", lost.Sequences.From), ("$to", lost.Sequences.To), ("$readings", lost.Readings),
            ("$first", lost.First.UnixMilliseconds), ("$last", lost.Last.UnixMilliseconds), ("$told", toldIn));
        command.ExecuteNonQuery();
    }

    /// <summary>All that was ever lost, by sequence.</summary>
    internal static List<LostRange> Lost(SqliteConnection db)
    {
        using SqliteCommand command = OutboxRows.Command(
            db, "SELECT from_seq, to_seq, readings, first_ms, last_ms FROM lost ORDER BY from_seq");
        using SqliteDataReader row = command.ExecuteReader();
        List<LostRange> lost = [];
        while (row.Read())
        {
            lost.Add(new LostRange(new SequenceRange(row.GetInt64(0), row.GetInt64(1)), row.GetInt64(2),
                new Instant(row.GetInt64(3)), new Instant(row.GetInt64(4))));
        }
        return lost;
    }

    private static List<Row> Free(
        SqliteConnection db, long bytes, string which, string counter, IReadOnlySet<long>? except = null)
    {
        using SqliteCommand choose = OutboxRows.Command(
            db,
            $"""
            SELECT seq, readings, coalesce(first_ms, made_ms), coalesce(newest_ms, made_ms), length(payload)
            FROM reading_batch WHERE {which} ORDER BY seq
            """);
        return Delete(db, Rows(choose, bytes, except), counter);
    }

    private static List<Row> Rows(SqliteCommand command, long bytes, IReadOnlySet<long>? except = null)
    {
        using SqliteDataReader row = command.ExecuteReader();
        List<Row> rows = [];
        while (bytes > 0 && row.Read())
        {
            if (except?.Contains(row.GetInt64(0)) == true) continue;
            rows.Add(new Row(row.GetInt64(0), row.GetInt64(1), new Instant(row.GetInt64(2)),
                new Instant(row.GetInt64(3))));
            bytes -= row.GetInt64(4);
        }
        return rows;
    }

    private static List<Row> Delete(SqliteConnection db, List<Row> rows, string counter)
    {
        using SqliteCommand delete = OutboxRows.Command(db, "DELETE FROM reading_batch WHERE seq = $seq", ("$seq", 0L));
        foreach (Row row in rows)
        {
            delete.Parameters[0].Value = row.Sequence;
            delete.ExecuteNonQuery();
        }
        // Their readings stay counted.
        if (rows.Count > 0) OutboxRows.Add(db, counter, rows.Sum(row => row.Readings));
        return rows;
    }

    private sealed record Row(long Sequence, long Readings, Instant First, Instant Last);
}
