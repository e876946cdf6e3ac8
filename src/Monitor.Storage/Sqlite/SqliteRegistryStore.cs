using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;

namespace Monitor.Storage.Sqlite;

/// <summary>
/// The records beside the readings, in the same file and the same position sequence as <see cref="SqliteReadingStore"/>.
/// Several processes may append: the file's write lock orders them, and the next position is read under it.
/// </summary>
public sealed class SqliteRegistryStore : IRegistryStore
{
    private const string Columns = "SELECT position, kind, subject, key, recorded, body FROM records ";

    private readonly string _file;
    private readonly SqliteReaders _readers;
    private readonly Lock _writing = new();
    private readonly SqliteDatabase? _writer;

    private SqliteRegistryStore(string file, StoreAccess access, SqliteSettings settings)
    {
        _file = file;
        if (access == StoreAccess.ReadWrite)
        {
            _writer = SqliteDatabase.Open(file, access, settings);
            try
            {
                _writer.Migrate(SqliteReadingStore.Schema, SqliteReadingStore.SchemaVersion);
            }
            catch
            {
                _writer.Dispose();
                throw;
            }
        }
        _readers = new SqliteReaders(file, SqliteReadingStore.SchemaVersion, settings);
    }

    /// <summary>Opens the file; with <see cref="StoreAccess.ReadWrite"/> it and its folder are made when missing.</summary>
    /// <exception cref="StoreUnavailableException">Missing, locked, or no permission.</exception>
    /// <exception cref="StoreUnusableException">Damaged, or of a newer program.</exception>
    public static SqliteRegistryStore Open(
        string file, StoreAccess access = StoreAccess.ReadWrite, SqliteSettings? settings = null)
    {
        var store = new SqliteRegistryStore(file, access, settings ?? new SqliteSettings());
        try
        {
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
    public long LastPosition
    {
        get
        {
            using SqliteReaders.Lease lease = _readers.Take();
            return lease.Database.Number("SELECT last FROM positions");
        }
    }

    /// <inheritdoc/>
    public StoredRecord Append(RecordDraft draft, Instant recordedAt)
    {
        SqliteDatabase database = _writer
            ?? throw new InvalidOperationException($"{_file} was opened for reading only.");
        StoredRecord? stored = null;
        lock (_writing)
        {
            database.InTransaction(() =>
            {
                stored = One(database, draft.Key) ?? Insert(database, draft, recordedAt);
                if (!stored.Says(draft)) throw new RecordKeyConflictException(draft.Key, stored.Position);
            });
        }
        return stored!;
    }

    /// <inheritdoc/>
    public StoredRecord? Find(string key)
    {
        using SqliteReaders.Lease lease = _readers.Take();
        return One(lease.Database, key);
    }

    /// <inheritdoc/>
    public IReadOnlyList<StoredRecord> Read(RecordQuery query)
    {
        using SqliteReaders.Lease lease = _readers.Take();
        // '0' is the character after '/': all below a subject is one span of the index.
        using SqliteStatement rows = lease.Database.Prepare(query.Subject is null
            ? Columns + "WHERE position <= ?1 AND (?2 = '' OR kind = ?2) ORDER BY position"
            : Columns + "WHERE (subject = ?3 OR (subject >= ?3 || '/' AND subject < ?3 || '0')) " +
              "AND position <= ?1 AND (?2 = '' OR kind = ?2) ORDER BY position");
        rows.Bind(1, query.UpToPosition);
        rows.Bind(2, query.Kind?.Name() ?? "");
        if (query.Subject is not null) rows.Bind(3, query.Subject);
        List<StoredRecord> records = [];
        while (rows.Step()) records.Add(Row(rows));
        return records;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_writing)
        {
            // Readers first: the last connection to close folds the log into the file, and must be able to write.
            _readers?.Dispose();
            _writer?.Dispose();
        }
    }

    private static StoredRecord Insert(SqliteDatabase database, RecordDraft draft, Instant recordedAt)
    {
        using var positions = new RecordPositions(database);
        long position = positions.Last() + 1;
        positions.AdvanceTo(position);
        using SqliteStatement insert = database.Prepare(
            "INSERT INTO records (position, kind, subject, key, recorded, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        insert.Bind(1, position);
        insert.Bind(2, draft.Kind.Name());
        insert.Bind(3, draft.Subject);
        insert.Bind(4, draft.Key);
        insert.Bind(5, recordedAt.UnixMilliseconds);
        insert.Bind(6, draft.Body.Span);
        insert.Run();
        return new StoredRecord(position, draft.Kind, draft.Subject, draft.Key, recordedAt, draft.Body);
    }

    private static StoredRecord? One(SqliteDatabase database, string key)
    {
        using SqliteStatement row = database.Prepare(Columns + "WHERE key = ?1");
        row.Bind(1, key);
        return row.Step() ? Row(row) : null;
    }

    private static StoredRecord Row(SqliteStatement row) => RecordKindNames.TryParse(row.Text(1), out RecordKind kind)
        ? new StoredRecord(
            row.Int64(0), kind, row.Text(2), row.Text(3), new Instant(row.Int64(4)), row.Blob(5).ToArray())
        : throw new StoreUnusableException(
            $"The record at position {row.Int64(0)} is of the unknown kind '{row.Text(1)}'. Restore a backup.");
}
