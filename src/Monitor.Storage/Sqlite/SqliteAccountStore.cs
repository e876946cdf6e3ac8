using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Storage.People;

namespace Monitor.Storage.Sqlite;

/// <summary>
/// The accounts in <c>people.db</c>, which only its owner may read. Several processes may use the file; one connection,
/// asked seldom. Safe from any thread.
/// </summary>
public sealed class SqliteAccountStore : IDisposable
{
    private const int SchemaVersion = 1;

    /// <summary>Browsers kept for one account; the oldest goes.</summary>
    private const int BrowsersMax = 16;

    private const string Columns =
        "SELECT key, kdf, iterations, salt, verifier, nonce, sealed, changed FROM accounts ";

    private readonly Lock _gate = new();
    private readonly SqliteDatabase _database;

    private SqliteAccountStore(SqliteDatabase database) => _database = database;

    /// <summary>Opens the file; with <see cref="StoreAccess.ReadWrite"/> it is made when missing.</summary>
    /// <exception cref="StoreUnavailableException">Missing, locked, or no permission.</exception>
    /// <exception cref="StoreUnusableException">Damaged, or of a newer program.</exception>
    public static SqliteAccountStore Open(string file, StoreAccess access = StoreAccess.ReadWrite)
    {
        if (access == StoreAccess.ReadWrite) MakePrivate(file);
        SqliteDatabase database = SqliteDatabase.Open(file, access, new SqliteSettings());
        try
        {
            if (access == StoreAccess.ReadWrite) database.Migrate("people", SchemaVersion);
            else database.Require(SchemaVersion);
            // A key that was given up is overwritten, not only unlinked.
            if (access == StoreAccess.ReadWrite) database.Execute("PRAGMA secure_delete = ON");
            return new SqliteAccountStore(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>The account of a fingerprint, or null.</summary>
    public StoredAccount? Find(string key)
    {
        lock (_gate)
        {
            using SqliteStatement row = _database.Prepare(Columns + "WHERE key = ?1");
            row.Bind(1, key);
            return row.Step() ? Row(row) : null;
        }
    }

    /// <summary>All accounts, by fingerprint.</summary>
    public IReadOnlyDictionary<string, StoredAccount> All()
    {
        lock (_gate)
        {
            using SqliteStatement rows = _database.Prepare(Columns + "ORDER BY key");
            Dictionary<string, StoredAccount> all = new(StringComparer.Ordinal);
            while (rows.Step()) all.Add(rows.Text(0), Row(rows));
            return all;
        }
    }

    /// <summary>Keeps an account in place of the former of the same key; durable when it returns. Its browsers go.</summary>
    public void Put(StoredAccount account)
    {
        lock (_gate)
        {
            _database.InTransaction(() =>
            {
                Delete(account.Key);
                using SqliteStatement insert = _database.Prepare(
                    "INSERT INTO accounts (key, kdf, iterations, salt, verifier, nonce, sealed, changed) " +
                    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
                insert.Bind(1, account.Key);
                insert.Bind(2, account.Kdf);
                insert.Bind(3, account.Iterations);
                insert.Bind(4, account.Salt.Span);
                insert.Bind(5, account.Verifier.Span);
                insert.Bind(6, account.Nonce.Span);
                insert.Bind(7, account.Sealed.Span);
                insert.Bind(8, account.ChangedAt.UnixMilliseconds);
                insert.Run();
            });
        }
    }

    /// <summary>Removes an account with its sealed key; where there is none, nothing.</summary>
    public void Remove(string key)
    {
        lock (_gate) _database.InTransaction(() => Delete(key));
    }

    /// <summary>Whether a person signed in before in the browser that has this token.</summary>
    /// <param name="key">Fingerprint of the account.</param>
    /// <param name="token">SHA-256 of the token.</param>
    public bool IsKnownBrowser(string key, ReadOnlySpan<byte> token)
    {
        lock (_gate)
        {
            using SqliteStatement row = _database.Prepare("SELECT 1 FROM browsers WHERE token = ?1 AND key = ?2");
            row.Bind(1, token);
            row.Bind(2, key);
            return row.Step();
        }
    }

    /// <summary>Remembers a browser; beyond the bound the oldest of the account is forgotten.</summary>
    /// <param name="key">Fingerprint of an account that is there.</param>
    /// <param name="token">SHA-256 of the token, a new one.</param>
    /// <param name="made">When.</param>
    public void AddBrowser(string key, ReadOnlyMemory<byte> token, Instant made)
    {
        lock (_gate)
        {
            _database.InTransaction(() =>
            {
                using SqliteStatement insert = _database.Prepare(
                    "INSERT INTO browsers (token, key, made) VALUES (?1, ?2, ?3)");
                insert.Bind(1, token.Span);
                insert.Bind(2, key);
                insert.Bind(3, made.UnixMilliseconds);
                insert.Run();
                using SqliteStatement prune = _database.Prepare(
                    "DELETE FROM browsers WHERE key = ?1 AND token NOT IN " +
                    "(SELECT token FROM browsers WHERE key = ?1 ORDER BY made DESC, rowid DESC LIMIT ?2)");
                prune.Bind(1, key);
                prune.Bind(2, BrowsersMax);
                prune.Run();
            });
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate) _database.Dispose();
    }

    private void Delete(string key)
    {
        using SqliteStatement delete = _database.Prepare("DELETE FROM accounts WHERE key = ?1");
        delete.Bind(1, key);
        delete.Run();
    }

    private static StoredAccount Row(SqliteStatement row) => new(
        row.Text(0), row.Text(1), (int)row.Int64(2), row.Blob(3).ToArray(), row.Blob(4).ToArray(),
        row.Blob(5).ToArray(), row.Blob(6).ToArray(), new Instant(row.Int64(7)));

    // Before SQLite makes it with the umask's permissions; its log and shared memory take those of the file.
    private static void MakePrivate(string file)
    {
        if (OperatingSystem.IsWindows() || File.Exists(file)) return;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            using var made = new FileStream(file, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.Write,
                Share = FileShare.ReadWrite,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException(
                $"{file} cannot be made: {e.Message} Name a folder that can be written.", e);
        }
    }
}
