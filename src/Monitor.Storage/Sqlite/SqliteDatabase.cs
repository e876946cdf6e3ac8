using System.Globalization;
using Monitor.Domain;
using SQLitePCL;

namespace Monitor.Storage.Sqlite;

/// <summary>
/// One connection to one file, used by one thread at a time. Straight on SQLite's own calls: the intake's insert is the
/// hottest path of the house, and here every result code has one meaning (<see cref="SqliteFault"/>).
/// </summary>
internal sealed class SqliteDatabase : IDisposable
{
    private static readonly bool Initialised = Initialise();
    private readonly sqlite3 _handle;

    private SqliteDatabase(sqlite3 handle, string file) => (_handle, File) = (handle, file);

    /// <summary>The file, as it was named.</summary>
    internal string File { get; }

    /// <summary>Rows that the last INSERT, UPDATE or DELETE changed.</summary>
    internal int Changes => raw.sqlite3_changes(_handle);

    /// <summary>Row id of the last INSERT.</summary>
    internal long LastRowId => raw.sqlite3_last_insert_rowid(_handle);

    /// <summary>
    /// Opens with the house's settings: WAL, full synchronisation, foreign keys, a bounded wait for locks.
    /// </summary>
    internal static SqliteDatabase Open(string file, StoreAccess access, SqliteSettings settings)
    {
        _ = Initialised;
        int flags = raw.SQLITE_OPEN_NOMUTEX | (access == StoreAccess.ReadOnly
            ? raw.SQLITE_OPEN_READONLY
            : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        if (access == StoreAccess.ReadWrite) MakeFolder(file);
        int code = raw.sqlite3_open_v2(file, out sqlite3 handle, flags, null);
        if (code != raw.SQLITE_OK)
        {
            Exception fault = SqliteFault.From(code, null, file);
            handle?.Dispose();
            throw fault;
        }
        var database = new SqliteDatabase(handle, file);
        try
        {
            database.Configure(access, settings);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Makes the schema where the file is new, brings it up step by step where an older program made it, and refuses
    /// one that a newer program made. All steps are one transaction.
    /// </summary>
    /// <param name="schema">Name of the scripts: <c>record</c> for <c>record.sql</c>, which makes version 1, and
    /// <c>record.2.sql</c>, which makes 2 of 1.</param>
    /// <param name="version">The version that this program reads.</param>
    internal void Migrate(string schema, int version)
    {
        if (Number("PRAGMA user_version") == version) return;
        InTransaction(() =>
        {
            // Asked again under the write lock: another process may have made the schema meanwhile.
            long found = Number("PRAGMA user_version");
            if (found > version) throw TooNew(found, version);
            if (found == version) return;
            for (long step = found + 1; step <= version; step++) Execute(Script(schema, step));
            Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version}"));
        });
    }

    /// <summary>Refuses a file whose schema is not the one this program reads.</summary>
    internal void Require(int version)
    {
        long found = Number("PRAGMA user_version");
        if (found > version) throw TooNew(found, version);
        if (found == 0) throw new StoreUnusableException(
            $"{File} holds no store of this kind. Name the folder that `serve` or `demo` wrote.");
        if (found < version) throw new StoreUnavailableException(
            $"{File} has schema {found} of an older program; this one reads {version}. " +
            "Start `serve` on its folder once, which brings it up.");
    }

    /// <summary>Runs statements that give no rows, or whose rows nobody wants.</summary>
    internal void Execute(string sql)
    {
        int code = raw.sqlite3_exec(_handle, sql);
        if (code != raw.SQLITE_OK) throw Fault();
    }

    /// <summary>A statement to be used many times; dispose it before the database.</summary>
    internal SqliteStatement Prepare(string sql)
    {
        int code = raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out sqlite3_stmt statement);
        return code == raw.SQLITE_OK ? new SqliteStatement(this, statement) : throw Fault();
    }

    /// <summary>The first column of the first row, a number.</summary>
    internal long Number(string sql)
    {
        using SqliteStatement statement = Prepare(sql);
        return statement.Step() ? statement.Int64(0) : throw new InvalidOperationException($"No row: {sql}");
    }

    /// <summary>
    /// Takes the write lock, works, commits. When this throws, nothing of it is stored; the connection may be used on.
    /// </summary>
    internal void InTransaction(Action work)
    {
        Execute("BEGIN IMMEDIATE");
        try
        {
            work();
            Execute("COMMIT");
        }
        finally
        {
            // After FULL or IOERR SQLite may have rolled back by itself; autocommit tells.
            if (raw.sqlite3_get_autocommit(_handle) == 0) Execute("ROLLBACK");
        }
    }

    /// <summary>The exception for the last call that failed.</summary>
    internal Exception Fault() => SqliteFault.From(raw.sqlite3_extended_errcode(_handle), _handle, File);

    /// <summary>Closes; an open transaction is rolled back.</summary>
    public void Dispose() => _handle.Dispose();

    private void Configure(StoreAccess access, SqliteSettings settings)
    {
        raw.sqlite3_busy_timeout(_handle, (int)settings.LockWait.TotalMilliseconds);
        Execute("PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY");
        if (access == StoreAccess.ReadOnly)
        {
            Execute("PRAGMA query_only = ON");
            return;
        }
        Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384");
        if (settings.BytesMax is long bytes)
        {
            long pages = bytes / Number("PRAGMA page_size");
            Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {pages}"));
        }
    }

    private StoreUnusableException TooNew(long found, int known) => new(
        $"{File} has schema {found}; this program knows up to {known}. Use the newer program that wrote it.");

    private static string Script(string schema, long version)
    {
        string resource = version == 1
            ? schema + ".sql"
            : string.Create(CultureInfo.InvariantCulture, $"{schema}.{version}.sql");
        using Stream stream = typeof(SqliteDatabase).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"Resource {resource} is not in the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static void MakeFolder(string file)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                $"The folder {folder} cannot be made: {e.Message} Name one that can be written.", e);
        }
    }

    private static bool Initialise()
    {
        Batteries_V2.Init();
        return true;
    }
}
