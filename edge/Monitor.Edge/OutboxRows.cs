using System.Globalization;
using Microsoft.Data.Sqlite;
using Monitor.Domain.Readings;
using Monitor.Edge.Sensors;
using Monitor.Wire.Envelope;

namespace Monitor.Edge;

/// <summary>The outbox's statements. Each runs on the connection it is given, which the outbox guards.</summary>
internal static class OutboxRows
{
    /// <summary>A value that the file began with.</summary>
    /// <exception cref="OutboxDamagedException">It is not there.</exception>
    internal static string Meta(SqliteConnection db, string key)
    {
        using SqliteCommand command = Command(db, "SELECT value FROM meta WHERE key = $key", ("$key", key));
        return command.ExecuteScalar() as string ?? throw new OutboxDamagedException($"The outbox lacks its {key}.");
    }

    /// <summary>Whether the outbox has begun.</summary>
    internal static bool HasBegun(SqliteConnection db) =>
        OutboxFile.Scalar(db, "SELECT 1 FROM meta WHERE key = 'boot'") is not null;

    /// <summary>Writes whose outbox it is.</summary>
    internal static void Begin(SqliteConnection db, string agent, string section, string boot)
    {
        using SqliteCommand command = Command(
            db,
            """
            INSERT INTO meta (key, value)
            VALUES ('agent', $agent), ('section', $section), ('boot', $boot), ('pruned', '0'), ('dropped', '0')
            """,
            ("$agent", agent), ("$section", section), ("$boot", boot));
        command.ExecuteNonQuery();
    }

    /// <summary>The newest batch, or null.</summary>
    internal static OutboxBatch? Last(SqliteConnection db)
    {
        using SqliteCommand command = Command(db, "SELECT seq, payload FROM reading_batch ORDER BY seq DESC LIMIT 1");
        return Batches(command).SingleOrDefault();
    }

    /// <summary>Numbers of pending batches, oldest first.</summary>
    internal static List<long> PendingSequences(SqliteConnection db, int most)
    {
        using SqliteCommand command = Command(
            db, "SELECT seq FROM reading_batch WHERE state = 0 ORDER BY seq LIMIT $most", ("$most", most));
        return Numbers(command);
    }

    /// <summary>Numbers of pending batches with a reading after a moment, the newest first.</summary>
    internal static List<long> LiveSequences(SqliteConnection db, Instant after, int most)
    {
        using SqliteCommand command = Command(
            db,
            """
            SELECT seq FROM reading_batch WHERE state = 0 AND newest_ms > $after
            ORDER BY newest_ms DESC, seq DESC LIMIT $most
            """,
            ("$after", after.UnixMilliseconds), ("$most", most));
        return Numbers(command);
    }

    /// <summary>One batch, or null where it is gone.</summary>
    internal static OutboxBatch? Find(SqliteConnection db, long sequence)
    {
        using SqliteCommand command = Command(
            db, "SELECT seq, payload FROM reading_batch WHERE seq = $seq", ("$seq", sequence));
        return Batches(command).SingleOrDefault();
    }

    /// <summary>Adds a pending batch.</summary>
    internal static void Insert(SqliteConnection db, ComposedBatch composed)
    {
        ReadingBatch batch = composed.Batch;
        using SqliteCommand command = Command(
            db,
            """
            INSERT INTO reading_batch (seq, state, kind, readings, made_ms, first_ms, newest_ms, payload)
            VALUES ($seq, 0, $kind, $readings, $made, $first, $newest, $payload)
            """,
            ("$seq", batch.Sequence), ("$kind", (int)composed.Kind), ("$readings", batch.Readings.Count),
            ("$made", batch.Sent.UnixMilliseconds), ("$first", batch.Readings.Min(r => r.Time).UnixMilliseconds),
            ("$newest", batch.Readings.Max(r => r.Time).UnixMilliseconds), ("$payload", batch.Payload.ToArray()));
        command.ExecuteNonQuery();
    }

    /// <summary>How far a source was read, or null.</summary>
    internal static SourceProgress? ProgressOf(SqliteConnection db, string source)
    {
        using SqliteCommand command = Command(
            db, "SELECT lines, digest FROM progress WHERE source = $source", ("$source", source));
        using SqliteDataReader row = command.ExecuteReader();
        return row.Read() ? new SourceProgress(row.GetInt32(0), row.GetString(1)) : null;
    }

    /// <summary>Keeps how far a source was read.</summary>
    internal static void Keep(SqliteConnection db, string source, SourceProgress progress)
    {
        using SqliteCommand command = Command(
            db,
            """
            INSERT INTO progress (source, lines, digest) VALUES ($source, $lines, $digest)
            ON CONFLICT (source) DO UPDATE SET lines = excluded.lines, digest = excluded.digest
            """,
            ("$source", source), ("$lines", progress.Lines), ("$digest", progress.Digest));
        command.ExecuteNonQuery();
    }

    /// <summary>Gives a pending batch its end; a settled one stays as it is.</summary>
    internal static void Settle(SqliteConnection db, long sequence, BatchState state, string? reason, Instant now)
    {
        using SqliteCommand command = Command(
            db,
            """
            UPDATE reading_batch SET state = $state, settled_ms = $now, reason = $reason
            WHERE seq = $seq AND state = 0
            """,
            ("$state", (int)state), ("$now", now.UnixMilliseconds), ("$reason", (object?)reason ?? DBNull.Value),
            ("$seq", sequence));
        command.ExecuteNonQuery();
    }

    /// <summary>Settles pending batches of a range as acknowledged.</summary>
    /// <returns>How many.</returns>
    internal static int SettleRange(SqliteConnection db, SequenceRange range, Instant now)
    {
        using SqliteCommand command = Command(
            db,
            """
            UPDATE reading_batch SET state = 1, settled_ms = $now
            WHERE state = 0 AND seq BETWEEN $from AND $to
            """,
            ("$now", now.UnixMilliseconds), ("$from", range.From), ("$to", range.To));
        return command.ExecuteNonQuery();
    }

    /// <summary>Makes settled batches of a range pending again.</summary>
    /// <returns>How many of the range are kept at all, and how many were settled.</returns>
    internal static (int Kept, int Again) Unsettle(SqliteConnection db, SequenceRange range)
    {
        using SqliteCommand count = Command(
            db, "SELECT count(*) FROM reading_batch WHERE seq BETWEEN $from AND $to",
            ("$from", range.From), ("$to", range.To));
        using SqliteCommand command = Command(
            db,
            """
            UPDATE reading_batch SET state = 0, settled_ms = NULL, reason = NULL
            WHERE state <> 0 AND seq BETWEEN $from AND $to
            """,
            ("$from", range.From), ("$to", range.To));
        return (Convert.ToInt32(count.ExecuteScalar(), CultureInfo.InvariantCulture), command.ExecuteNonQuery());
    }

    /// <summary>Counts in readings.</summary>
    internal static OutboxCounts Count(SqliteConnection db)
    {
        long pruned = Number(db, "pruned");
        long dropped = OutboxSchema.VersionOf(db) == 1 ? 0 : Number(db, "dropped");
        using SqliteCommand command = Command(
            db,
            """
            SELECT coalesce(sum(readings), 0),
                   coalesce(sum(readings) FILTER (WHERE state = 1), 0),
                   coalesce(sum(readings) FILTER (WHERE state = 2), 0)
            FROM reading_batch
            """);
        using SqliteDataReader row = command.ExecuteReader();
        row.Read();
        return new OutboxCounts(
            Meta(db, "agent"), Meta(db, "boot"), row.GetInt64(0) + pruned + dropped, row.GetInt64(1) + pruned,
            row.GetInt64(2), dropped);
    }

    /// <summary>Adds to a number of <c>meta</c>.</summary>
    internal static void Add(SqliteConnection db, string key, long amount)
    {
        using SqliteCommand command = Command(
            db, "UPDATE meta SET value = CAST(value AS INTEGER) + $amount WHERE key = $key",
            ("$amount", amount), ("$key", key));
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection db, string key) =>
        long.Parse(Meta(db, key), CultureInfo.InvariantCulture);

    private static List<long> Numbers(SqliteCommand command)
    {
        using SqliteDataReader row = command.ExecuteReader();
        List<long> numbers = [];
        while (row.Read()) numbers.Add(row.GetInt64(0));
        return numbers;
    }

    private static List<OutboxBatch> Batches(SqliteCommand command)
    {
        using SqliteDataReader row = command.ExecuteReader();
        List<OutboxBatch> batches = [];
        while (row.Read()) batches.Add(new OutboxBatch(row.GetInt64(0), (byte[])row.GetValue(1)));
        return batches;
    }

    /// <summary>A statement, always a constant of the code; what varies is a parameter.</summary>
    internal static SqliteCommand Command(
        SqliteConnection db, string sql, params ReadOnlySpan<(string, object)> parameters)
    {
        SqliteCommand command = db.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in parameters) command.Parameters.AddWithValue(name, value);
        return command;
    }
}
