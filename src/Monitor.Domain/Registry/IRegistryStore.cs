using Monitor.Domain.Readings;

namespace Monitor.Domain.Registry;

/// <summary>
/// All that judgements read besides readings: registry changes, reviews, suspensions, liftings, calibrations; in the same
/// position sequence as the readings of the same store. Never edited, never deleted. Any process may append beside any
/// other, and beside the intake: the store's own transaction gives the position. Bodies: SQLite, PostgreSQL; one contract
/// suite for both.
/// </summary>
public interface IRegistryStore : IDisposable
{
    /// <summary>
    /// Appends one record; durable when it returns. Idempotent: a key that is stored with the same kind, subject and body
    /// gives the stored record back and changes nothing.
    /// </summary>
    /// <param name="draft">The record.</param>
    /// <param name="recordedAt">The time now; not compared.</param>
    /// <exception cref="RecordKeyConflictException">The key is stored with another kind, subject or body.</exception>
    /// <exception cref="StoreUnavailableException">Disk full, locked, or down: try again later.</exception>
    StoredRecord Append(RecordDraft draft, Instant recordedAt);

    /// <summary>The record of a key, or null.</summary>
    StoredRecord? Find(string key);

    /// <summary>Records in the order of their position.</summary>
    IReadOnlyList<StoredRecord> Read(RecordQuery query);

    /// <summary>The newest position given in the store, to a record or to a reading; 0 where there is none.</summary>
    long LastPosition { get; }
}

/// <summary>Which records to read; what is left out does not narrow.</summary>
public sealed record RecordQuery
{
    /// <summary>One kind.</summary>
    public RecordKind? Kind { get; init; }

    /// <summary>One subject and all below it: <c>series/OJ-05</c> takes in <c>series/OJ-05/w21003</c>, and not
    /// <c>series/OJ-051</c>.</summary>
    public string? Subject { get; init; }

    /// <summary>Last position that counts, inclusive.</summary>
    public long UpToPosition { get; init; } = long.MaxValue;
}
