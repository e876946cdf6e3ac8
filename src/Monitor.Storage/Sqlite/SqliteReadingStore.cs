using Monitor.Domain;
using Monitor.Domain.Readings;

namespace Monitor.Storage.Sqlite;

/// <summary>
/// The record in one SQLite file. Appending: one writer, each call one transaction, synchronised to disk before it
/// returns. Reading: from any thread and from other processes, beside the writer.
/// </summary>
public sealed class SqliteReadingStore : IReadingStore
{
    /// <summary>The schema's version, in the file's <c>user_version</c>.</summary>
    public const int SchemaVersion = 4;

    /// <summary>Name of the schema's scripts.</summary>
    internal const string Schema = "record";

    // Of each section the last entry of its index; no walk over the batches.
    internal const string NewestSql =
        """
        SELECT coalesce(max(newest), -1), count(newest) FROM (
          SELECT (SELECT max(b.last_time) FROM batches b INDEXED BY batches_by_section_time
                  WHERE b.section = s.section) AS newest
          FROM (SELECT DISTINCT section FROM series WHERE ?1 = '' OR section = ?1) s)
        """;

    private const string EnvelopesSql =
        """
        SELECT b.first, o.agent, o.boot, b.seq, p.bytes
        FROM batches b INDEXED BY batches_by_section_time
          CROSS JOIN payloads p ON p.batch = b.first CROSS JOIN sources o ON o.id = b.source
        WHERE b.section = ?1 AND b.last_time >= ?3 AND b.first_time < ?4 AND b.first <= ?5
          AND EXISTS (SELECT 1 FROM readings r CROSS JOIN series s ON s.id = r.series
            WHERE r.position BETWEEN b.first AND b.first + b.readings - 1 AND r.position <= ?5
              AND r.time >= ?3 AND r.time < ?4 AND s.statistic = ?2)
        ORDER BY b.first
        """;

    private readonly string _file;
    private readonly StoreAccess _access;
    private readonly SqliteSettings _settings;
    private readonly SqliteReaders _readers;
    private readonly Lock _writing = new();
    private RecordWriter? _writer;

    private SqliteReadingStore(string file, StoreAccess access, SqliteSettings settings)
    {
        (_file, _access, _settings) = (file, access, settings);
        _readers = new SqliteReaders(file, SchemaVersion, settings);
    }

    /// <summary>
    /// Opens the file; with <see cref="StoreAccess.ReadWrite"/> it and its folder are made when missing.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Missing, locked, or no permission.</exception>
    /// <exception cref="StoreUnusableException">Damaged, or of a newer program.</exception>
    public static SqliteReadingStore Open(
        string file, StoreAccess access = StoreAccess.ReadWrite, SqliteSettings? settings = null)
    {
        var store = new SqliteReadingStore(file, access, settings ?? new SqliteSettings());
        try
        {
            if (access == StoreAccess.ReadWrite) store._writer = new RecordWriter(file, store._settings);
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
    public IReadOnlyList<AppendOutcome> Append(IReadOnlyList<Arrival> arrivals, Instant receivedAt)
    {
        if (_access == StoreAccess.ReadOnly) throw new InvalidOperationException(
            $"{_file} was opened for reading only.");
        if (arrivals.Count == 0) return [];
        lock (_writing)
        {
            try
            {
                _writer ??= new RecordWriter(_file, _settings);
                return _writer.Append(arrivals, receivedAt);
            }
            catch
            {
                // What the writer has in memory may speak of rows that were rolled back.
                _writer?.Dispose();
                _writer = null;
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerable<StoredReading> Read(ReadingQuery query)
    {
        using SqliteReaders.Lease lease = _readers.Take();
        using var rows = new ReadingRows(lease.Database, query);
        while (rows.Next() is StoredReading reading) yield return reading;
    }

    /// <inheritdoc/>
    public IEnumerable<StoredReading> After(long position, int most)
    {
        using SqliteReaders.Lease lease = _readers.Take();
        return ReadingsByPosition.After(lease.Database, position, most);
    }

    /// <inheritdoc/>
    public bool HasNewer(ReadingQuery query, long after)
    {
        using SqliteReaders.Lease lease = _readers.Take();
        using SqliteStatement row = lease.Database.Prepare(
            "SELECT 1 FROM batches INDEXED BY batches_by_section_time WHERE section = ?1 AND last_time >= ?2 " +
            "AND first_time < ?3 AND first <= ?4 AND first + readings - 1 > ?5 LIMIT 1");
        row.Bind(1, query.Section);
        row.Bind(2, query.From.UnixMilliseconds);
        row.Bind(3, query.To.UnixMilliseconds);
        row.Bind(4, query.UpToPosition);
        row.Bind(5, after);
        return row.Step();
    }

    /// <inheritdoc/>
    public IEnumerable<StoredEnvelope> Envelopes(ReadingQuery query)
    {
        using SqliteReaders.Lease lease = _readers.Take();
        using SqliteStatement rows = lease.Database.Prepare(EnvelopesSql);
        rows.Bind(1, query.Section);
        rows.Bind(2, query.Statistic.Name());
        rows.Bind(3, query.From.UnixMilliseconds);
        rows.Bind(4, query.To.UnixMilliseconds);
        rows.Bind(5, query.UpToPosition);
        while (rows.Step())
        {
            yield return new StoredEnvelope(
                rows.Int64(0), rows.Text(1), rows.Text(2), rows.Int64(3), rows.Blob(4).ToArray());
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Sections()
    {
        using SqliteReaders.Lease lease = _readers.Take();
        using SqliteStatement rows = lease.Database.Prepare("SELECT DISTINCT section FROM series ORDER BY section");
        var sections = new List<string>();
        while (rows.Step()) sections.Add(rows.Text(0));
        return sections;
    }

    /// <inheritdoc/>
    public Instant? NewestTime(string? section = null)
    {
        using SqliteReaders.Lease lease = _readers.Take();
        using SqliteStatement row = lease.Database.Prepare(NewestSql);
        row.Bind(1, section ?? "");
        row.Step();
        return row.Int64(1) == 0 ? null : new Instant(row.Int64(0));
    }

    /// <inheritdoc/>
    public StoreCounts Count(string? section = null)
    {
        using SqliteReaders.Lease lease = _readers.Take();
        return RecordCount.Of(lease.Database, section);
    }

    /// <inheritdoc/>
    public SectionAccount Account(string section, Instant from, Instant to)
    {
        using SqliteReaders.Lease lease = _readers.Take();
        return RecordAccount.Of(lease.Database, section, from, to);
    }

    /// <inheritdoc/>
    public IReadOnlyList<BootAccount> Boots(string agent, int gapsMax)
    {
        using SqliteReaders.Lease lease = _readers.Take();
        return RecordGaps.Of(lease.Database, agent, gapsMax);
    }

    /// <inheritdoc/>
    public IReadOnlyList<RetainedMessage> Retained()
    {
        using SqliteReaders.Lease lease = _readers.Take();
        using SqliteStatement rows = lease.Database.Prepare(
            "SELECT topic, agent, received, payload FROM retained ORDER BY topic");
        List<RetainedMessage> messages = [];
        while (rows.Step())
        {
            messages.Add(new RetainedMessage(
                rows.Text(0), rows.Text(1), new Instant(rows.Int64(2)), rows.Blob(3).ToArray()));
        }
        return messages;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_writing)
        {
            // Readers first: the last connection to close folds the log into the file, and must be able to write.
            _readers.Dispose();
            _writer?.Dispose();
            _writer = null;
        }
    }
}
