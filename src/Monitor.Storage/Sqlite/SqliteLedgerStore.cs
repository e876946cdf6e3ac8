using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;

namespace Monitor.Storage.Sqlite;

/// <summary>
/// The ledger in one SQLite file, with <c>head.json</c> beside it. Several processes may append: the file's write lock
/// orders them, and head.json is only written under it.
/// </summary>
public sealed class SqliteLedgerStore : ILedgerStore
{
    /// <summary>The schema's version, in the file's <c>user_version</c>.</summary>
    public const int SchemaVersion = 1;

    private readonly StoreAccess _access;
    private readonly LedgerHeadFile _headFile;
    private readonly SqliteReaders _readers;
    private readonly Lock _writing = new();
    private readonly SqliteDatabase? _writer;

    // Who seals waits for those before: several desks at once is what people do, and nobody acknowledges by the millisecond.
    private static readonly SqliteSettings Patient = new() { LockWait = TimeSpan.FromSeconds(30) };

    private SqliteLedgerStore(string file, string headFile, StoreAccess access, SqliteSettings settings)
    {
        _access = access;
        _headFile = new LedgerHeadFile(headFile);
        if (access == StoreAccess.ReadWrite)
        {
            _writer = SqliteDatabase.Open(file, access, settings);
            try
            {
                _writer.Migrate("ledger", SchemaVersion);
            }
            catch
            {
                _writer.Dispose();
                throw;
            }
        }
        _readers = new SqliteReaders(file, SchemaVersion, settings);
    }

    /// <summary>
    /// Opens the ledger. A head.json that is one entry behind (killed between commit and rewrite) is brought up when
    /// opened for writing; any other disagreement is left for <see cref="Verify"/> to tell, and refuses
    /// <see cref="ILedgerStore.Append(LedgerDraft, Instant)"/>.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Missing, locked, or no permission.</exception>
    /// <exception cref="StoreUnusableException">Damaged, or of a newer program.</exception>
    public static SqliteLedgerStore Open(
        DataFolder folder, StoreAccess access = StoreAccess.ReadWrite, SqliteSettings? settings = null)
    {
        var store = new SqliteLedgerStore(folder.Ledger, folder.Head, access, settings ?? Patient);
        try
        {
            // Where they do not agree, reading and verifying must still work; Append refuses, and Verify tells.
            store._writer?.InTransaction(() => store._headFile.TryAlign(store, out _));
            using SqliteReaders.Lease lease = store._readers.Take();
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public LedgerHead Head
    {
        get
        {
            using SqliteReaders.Lease lease = _readers.Take();
            return HeadOf(lease.Database);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="StoreUnusableException">
    /// The ledger and head.json do not agree: see <see cref="Verify"/>.
    /// </exception>
    public LedgerEntry Append(LedgerDraft draft, Instant at) => AppendUnderLock(
        () => Find(draft.Key) is LedgerEntry existing ? LedgerChain.Recognise(existing, draft) : null, _ => draft, at)!;

    /// <inheritdoc/>
    /// <exception cref="StoreUnusableException">
    /// The ledger and head.json do not agree: see <see cref="Verify"/>.
    /// </exception>
    public LedgerEntry? Append(string key, Func<LedgerHead, LedgerDraft?> make, Instant at) => AppendUnderLock(
        () => Find(key),
        head =>
        {
            LedgerDraft? draft = make(head);
            return draft is null || draft.Key == key
                ? draft
                : throw new ArgumentException($"The draft has the key \"{draft.Key}\", not \"{key}\".", nameof(make));
        },
        at);

    /// <inheritdoc/>
    public LedgerEntry? Find(string key) =>
        One("SELECT number, hash, bytes FROM entries WHERE key = ?1", s => s.Bind(1, key));

    /// <inheritdoc/>
    public LedgerEntry? At(long number) =>
        One("SELECT number, hash, bytes FROM entries WHERE number = ?1", s => s.Bind(1, number));

    /// <inheritdoc/>
    public IEnumerable<StoredLedgerLine> Lines(long from = 1)
    {
        using SqliteReaders.Lease lease = _readers.Take();
        using SqliteStatement rows = lease.Database.Prepare(
            "SELECT number, hash, bytes FROM entries WHERE number >= ?1 ORDER BY number");
        rows.Bind(1, from);
        while (rows.Step()) yield return Line(rows);
    }

    /// <summary>Verifies every entry, and the end of the chain against head.json.</summary>
    public LedgerVerdict Verify() => _headFile.Verify(this);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_writing)
        {
            _readers?.Dispose();
            _writer?.Dispose();
        }
    }

    private LedgerEntry? AppendUnderLock(
        Func<LedgerEntry?> existing, Func<LedgerHead, LedgerDraft?> make, Instant at)
    {
        if (_access == StoreAccess.ReadOnly) throw new InvalidOperationException("The ledger was opened for reading only.");
        lock (_writing)
        {
            LedgerEntry? entry = null;
            bool added = false;
            _writer!.InTransaction(() =>
            {
                AlignHead();
                entry = existing();
                if (entry is not null) return;
                LedgerEntry? newest = Newest();
                LedgerHead head = newest is null ? LedgerHead.Empty : LedgerHead.After(newest);
                if (make(head) is not LedgerDraft draft) return;
                entry = LedgerChain.Seal(newest, draft, at);
                Insert(_writer, entry);
                added = true;
                CrashPoint.Reach("ledger-before-commit");
            });
            CrashPoint.Reach("ledger-after-commit-before-head");
            // Under the write lock again, so that a slower process cannot put an older head over a newer one.
            if (added) _writer.InTransaction(AlignHead);
            return entry;
        }
    }

    private void AlignHead()
    {
        if (!_headFile.TryAlign(this, out string fault)) throw new StoreUnusableException(
            $"{fault} Nothing is sealed until a backup is restored; `ledger verify` says more.");
    }

    private LedgerEntry? Newest() =>
        One("SELECT number, hash, bytes FROM entries ORDER BY number DESC LIMIT 1", _ => { });

    private LedgerEntry? One(string sql, Action<SqliteStatement> bind)
    {
        using SqliteReaders.Lease lease = _readers.Take();
        using SqliteStatement row = lease.Database.Prepare(sql);
        bind(row);
        return row.Step() ? Entry(Line(row)) : null;
    }

    private static LedgerHead HeadOf(SqliteDatabase database)
    {
        using SqliteStatement row = database.Prepare("SELECT number, hash FROM entries ORDER BY number DESC LIMIT 1");
        return row.Step() ? new LedgerHead(row.Int64(0), row.Text(1)) : LedgerHead.Empty;
    }

    private static void Insert(SqliteDatabase database, LedgerEntry entry)
    {
        using SqliteStatement insert = database.Prepare(
            "INSERT INTO entries (number, key, hash, bytes) VALUES (?1, ?2, ?3, ?4)");
        insert.Bind(1, entry.Number);
        insert.Bind(2, entry.Key);
        insert.Bind(3, entry.Hash);
        insert.Bind(4, entry.Bytes.Span);
        insert.Run();
    }

    private static StoredLedgerLine Line(SqliteStatement row) => new(row.Int64(0), row.Blob(2).ToArray(), row.Text(1));

    /// <summary>
    /// Checked on every read: what is handed on as an entry has the shape and the hash that it had when sealed.
    /// </summary>
    private static LedgerEntry Entry(StoredLedgerLine line)
    {
        if (!LedgerChain.TryParse(line.Bytes, out LedgerEntry? entry, out string reason))
        {
            throw new StoreUnusableException(
                $"Ledger entry {line.Number} cannot be read: {reason} Restore a backup; `ledger verify` says more.");
        }
        if (entry.Hash != line.Hash || entry.Number != line.Number) throw new StoreUnusableException(
            $"Ledger entry {line.Number} was changed. Restore a backup; `ledger verify` says more.");
        return entry;
    }
}
