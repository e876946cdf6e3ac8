using Microsoft.Data.Sqlite;
using Monitor.Domain;

namespace Monitor.Edge;

/// <summary>The outbox's SQLite file: opened with its guards and schema, or set aside where it is damaged.</summary>
internal static class OutboxFile
{
    /// <summary>Opens for writing, making the file where there is none.</summary>
    /// <exception cref="OutboxDamagedException">There is a file, and it is no whole outbox.</exception>
    internal static SqliteConnection OpenForWriting(string path)
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (folder is not null) Directory.CreateDirectory(folder);
        SqliteConnection db = Connect(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            // FULL: the batch is on the disk before it is sent, also through a power cut. Half a MiB of cache: each batch is
            // read once, and the box is small.
            Execute(db, """
                PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;
                PRAGMA cache_size = -512;
                """);
            // Before anything is written: another program's database is not ours to change.
            if (Scalar(db, "SELECT count(*) FROM sqlite_schema") is not 0L) Check(db, path);
            OutboxSchema.Apply(db);
            return db;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    /// <summary>Opens for looking; also beside a program that writes.</summary>
    /// <exception cref="InputException">There is no such file.</exception>
    /// <exception cref="OutboxDamagedException">It is no whole outbox.</exception>
    internal static SqliteConnection OpenForReading(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException(
                "there is no such outbox.", "Name the file that run was given.", path, 0, "--outbox");
        }
        SqliteConnection db = Connect(path, SqliteOpenMode.ReadWrite);
        try
        {
            Execute(db, "PRAGMA busy_timeout = 5000; PRAGMA query_only = ON;");
            Check(db, path);
            return db;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    /// <summary>Renames the file with its journal; nothing of it is deleted.</summary>
    /// <returns>The new name.</returns>
    internal static string SetAside(string path, string mark)
    {
        string aside = path + ".damaged-" + mark;
        foreach (string suffix in (ReadOnlySpan<string>)["", "-wal", "-shm"])
        {
            if (File.Exists(path + suffix)) File.Move(path + suffix, aside + suffix);
        }
        return aside;
    }

    /// <summary>Runs statements that give no rows.</summary>
    internal static void Execute(SqliteConnection db, string sql)
    {
        using SqliteCommand command = db.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row, or null.</summary>
    internal static object? Scalar(SqliteConnection db, string sql)
    {
        using SqliteCommand command = db.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var db = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
        }.ToString());
        try
        {
            db.Open();
            return db;
        }
        catch (SqliteException e)
        {
            db.Dispose();
            throw new StoreUnavailableException($"The outbox {path} cannot be opened: {e.Message}. "
                + "Check the folder, its permissions and the free space.", e);
        }
    }

    private static void Check(SqliteConnection db, string path)
    {
        if (Scalar(db, "PRAGMA quick_check(1)") is not "ok") throw new OutboxDamagedException($"{path} is damaged.");
        bool isOutbox = Scalar(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'reading_batch'") is 1L;
        if (!isOutbox || OutboxSchema.VersionOf(db) is not (>= OutboxSchema.OldestVersion and <= OutboxSchema.Version))
        {
            throw new InputException(
                "the file is not an outbox of this version.", "Name another file.", path, 0, "--outbox");
        }
    }
}
