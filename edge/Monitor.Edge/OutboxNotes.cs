using Microsoft.Data.Sqlite;
using Monitor.Domain.Readings;

namespace Monitor.Edge;

/// <summary>What the outbox keeps beside its batches: epochs of the clock, alarms, and what it knows of the server.</summary>
internal static class OutboxNotes
{
    private const string ServerTakesState = "server-takes-state";

    /// <summary>The newest epoch that was kept, or null.</summary>
    internal static ClockEpoch? LastEpoch(SqliteConnection db)
    {
        using SqliteCommand command = OutboxRows.Command(
            db, "SELECT epoch, step_ms, off_ms FROM clock_epoch ORDER BY epoch DESC LIMIT 1");
        using SqliteDataReader row = command.ExecuteReader();
        if (!row.Read()) return null;
        TimeSpan? step = row.IsDBNull(1) ? null : TimeSpan.FromMilliseconds(row.GetInt64(1));
        return new ClockEpoch(row.GetInt64(0), step, TimeSpan.FromMilliseconds(row.GetInt64(2)));
    }

    /// <summary>The moment that the newest batch was made at, or null: its epoch's error is the one that is kept.</summary>
    internal static Instant? Lived(SqliteConnection db) =>
        OutboxFile.Scalar(db, "SELECT made_ms FROM reading_batch ORDER BY seq DESC LIMIT 1") is long made
            ? new Instant(made)
            : null;

    /// <summary>Keeps an epoch; one that is there keeps its beginning.</summary>
    internal static void Keep(SqliteConnection db, ClockEpoch epoch, Instant now)
    {
        using SqliteCommand command = OutboxRows.Command(
            db,
            """
            INSERT INTO clock_epoch (epoch, began_ms, step_ms, off_ms) VALUES ($epoch, $began, $step, $off)
            ON CONFLICT (epoch) DO UPDATE SET off_ms = excluded.off_ms
            """,
            ("$epoch", epoch.Number), ("$began", now.UnixMilliseconds),
            ("$step", (object?)(long?)epoch.Step?.TotalMilliseconds ?? DBNull.Value),
            ("$off", (long)epoch.Off.TotalMilliseconds));
        command.ExecuteNonQuery();
    }

    /// <summary>Keeps an alarm; a former one of its code gives way.</summary>
    internal static void Raise(SqliteConnection db, Alarm alarm)
    {
        using SqliteCommand command = OutboxRows.Command(
            db, "INSERT OR REPLACE INTO alarm (code, raised_ms, text) VALUES ($code, $raised, $text)",
            ("$code", alarm.Code), ("$raised", alarm.Since.UnixMilliseconds), ("$text", alarm.Text));
        command.ExecuteNonQuery();
    }

    /// <summary>Ends an alarm, or all of them.</summary>
    internal static void Clear(SqliteConnection db, string? code)
    {
        using SqliteCommand command = OutboxRows.Command(
            db, "DELETE FROM alarm WHERE $code IS NULL OR code = $code", ("$code", (object?)code ?? DBNull.Value));
        command.ExecuteNonQuery();
    }

    /// <summary>The alarms, by code.</summary>
    internal static List<Alarm> Alarms(SqliteConnection db)
    {
        using SqliteCommand command = OutboxRows.Command(db, "SELECT code, raised_ms, text FROM alarm ORDER BY code");
        using SqliteDataReader row = command.ExecuteReader();
        List<Alarm> alarms = [];
        while (row.Read()) alarms.Add(new Alarm(row.GetString(0), new Instant(row.GetInt64(1)), row.GetString(2)));
        return alarms;
    }

    /// <summary>Whether the server was found to take the agent's state.</summary>
    internal static bool TakesState(SqliteConnection db) =>
        OutboxFile.Scalar(db, $"SELECT 1 FROM meta WHERE key = '{ServerTakesState}'") is not null;

    /// <summary>Keeps whether the server takes the agent's state.</summary>
    internal static void KeepTakesState(SqliteConnection db, bool takes) => OutboxFile.Execute(db, takes
        ? $"INSERT OR REPLACE INTO meta (key, value) VALUES ('{ServerTakesState}', '1')"
        : $"DELETE FROM meta WHERE key = '{ServerTakesState}'");
}
