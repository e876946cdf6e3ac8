using Microsoft.Data.Sqlite;
using Monitor.Domain.Readings;
using Monitor.Edge.Sensors;

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
            VALUES ('agent', $agent), ('section', $section), ('boot', $boot), ('pruned', '0')
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

    /// <summary>Pending batches after a sequence, oldest first.</summary>
    internal static List<OutboxBatch> Pending(SqliteConnection db, long after, int most)
    {
        using SqliteCommand command = Command(
            db, "SELECT seq, payload FROM reading_batch WHERE state = 0 AND seq > $after ORDER BY seq LIMIT $most",
            ("$after", after), ("$most", most));
        return Batches(command);
    }

    /// <summary>Adds a pending batch.</summary>
    internal static void Insert(SqliteConnection db, ReadingBatch batch)
    {
        using SqliteCommand command = Command(
            db,
            """
            INSERT INTO reading_batch (seq, state, readings, made_ms, payload)
            VALUES ($seq, 0, $readings, $made, $payload)
            """,
            ("$seq", batch.Sequence), ("$readings", batch.Readings.Count), ("$made", batch.Sent.UnixMilliseconds),
            ("$payload", batch.Payload.ToArray()));
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

    /// <summary>
    /// Deletes batches acknowledged before a moment, but for the newest; their readings stay counted.
    /// </summary>
    internal static int Prune(SqliteConnection db, Instant before)
    {
        const string Old = "state = 1 AND settled_ms < $before AND seq < (SELECT max(seq) FROM reading_batch)";
        using SqliteCommand count = Command(
            db,
            $"""
            UPDATE meta SET value = CAST(value AS INTEGER)
                + (SELECT coalesce(sum(readings), 0) FROM reading_batch WHERE {Old}) WHERE key = 'pruned'
            """,
            ("$before", before.UnixMilliseconds));
        count.ExecuteNonQuery();
        using SqliteCommand delete = Command(
            db, $"DELETE FROM reading_batch WHERE {Old}", ("$before", before.UnixMilliseconds));
        return delete.ExecuteNonQuery();
    }

    /// <summary>Counts in readings.</summary>
    internal static OutboxCounts Count(SqliteConnection db)
    {
        long pruned = long.Parse(Meta(db, "pruned"), System.Globalization.CultureInfo.InvariantCulture);
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
            Meta(db, "agent"), Meta(db, "boot"), row.GetInt64(0) + pruned, row.GetInt64(1) + pruned, row.GetInt64(2));
    }

    private static List<OutboxBatch> Batches(SqliteCommand command)
    {
        using SqliteDataReader row = command.ExecuteReader();
        List<OutboxBatch> batches = [];
        while (row.Read()) batches.Add(new OutboxBatch(row.GetInt64(0), (byte[])row.GetValue(1)));
        return batches;
    }

    // The statements are this file's own constants; what varies is always a parameter.
    private static SqliteCommand Command(
        SqliteConnection db, string sql, params ReadOnlySpan<(string, object)> parameters)
    {
        SqliteCommand command = db.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in parameters) command.Parameters.AddWithValue(name, value);
        return command;
    }
}
