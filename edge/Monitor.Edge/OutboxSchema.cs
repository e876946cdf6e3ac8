using Microsoft.Data.Sqlite;

namespace Monitor.Edge;

/// <summary>
/// The outbox's tables, and the way from former ones to these: an outbox outlives many versions of the program.
/// </summary>
internal static class OutboxSchema
{
    /// <summary>Version of the schema, kept in <c>PRAGMA user_version</c>.</summary>
    internal const int Version = 2;

    /// <summary>Oldest version that can be opened.</summary>
    internal const int OldestVersion = 1;

    // payload stands last, so that counting never reads the overflow pages it fills. kind: see BatchKind. first_ms and
    // newest_ms: the earliest and the latest time among the readings.
    private const string Fresh = """
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE progress (source TEXT PRIMARY KEY, lines INTEGER NOT NULL, digest TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE reading_batch (
            seq INTEGER PRIMARY KEY,
            state INTEGER NOT NULL,
            kind INTEGER NOT NULL DEFAULT 0,
            readings INTEGER NOT NULL,
            made_ms INTEGER NOT NULL,
            first_ms INTEGER,
            newest_ms INTEGER,
            settled_ms INTEGER,
            reason TEXT,
            payload BLOB NOT NULL);
        CREATE INDEX reading_batch_pending ON reading_batch (seq) WHERE state = 0;
        """;

    // lost: what had to be dropped, for ever. alarm: what a person should know, as of the last run.
    private const string Second = """
        CREATE INDEX reading_batch_live ON reading_batch (newest_ms, seq) WHERE state = 0;
        CREATE INDEX reading_batch_spent ON reading_batch (seq) WHERE state = 1;
        CREATE TABLE clock_epoch (
            epoch INTEGER PRIMARY KEY, began_ms INTEGER NOT NULL, step_ms INTEGER, off_ms INTEGER NOT NULL);
        CREATE TABLE lost (
            from_seq INTEGER PRIMARY KEY,
            to_seq INTEGER NOT NULL,
            readings INTEGER NOT NULL,
            first_ms INTEGER NOT NULL,
            last_ms INTEGER NOT NULL,
            told_in INTEGER NOT NULL);
        CREATE TABLE alarm (code TEXT PRIMARY KEY, raised_ms INTEGER NOT NULL, text TEXT NOT NULL) WITHOUT ROWID;
        PRAGMA user_version = 2;
        """;

    private const string FirstToSecond = """
        ALTER TABLE reading_batch ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE reading_batch ADD COLUMN first_ms INTEGER;
        ALTER TABLE reading_batch ADD COLUMN newest_ms INTEGER;
        UPDATE reading_batch SET
            first_ms = (SELECT min(value ->> 't') FROM json_each(CAST(payload AS TEXT), '$.r')),
            newest_ms = (SELECT max(value ->> 't') FROM json_each(CAST(payload AS TEXT), '$.r'))
        WHERE state = 0;
        INSERT INTO meta (key, value) VALUES ('dropped', '0');
        """;

    /// <summary>Makes the tables of an empty file, or takes a former schema to this one; all of it or nothing.</summary>
    internal static void Apply(SqliteConnection db)
    {
        bool empty = OutboxFile.Scalar(db, "SELECT count(*) FROM sqlite_schema") is 0L;
        string? steps = empty ? Fresh + Second : VersionOf(db) == 1 ? FirstToSecond + Second : null;
        if (steps is null) return;
        using SqliteTransaction transaction = db.BeginTransaction();
        OutboxFile.Execute(db, steps);
        CrashPoint.Reach("before-schema");
        transaction.Commit();
    }

    /// <summary>The version that a file says it has.</summary>
    internal static long VersionOf(SqliteConnection db) => (long)OutboxFile.Scalar(db, "PRAGMA user_version")!;
}
