namespace Monitor.Storage.Sqlite;

/// <summary>What an operator may set of a SQLite store.</summary>
public sealed record SqliteSettings
{
    /// <summary>
    /// Largest size of the file in bytes, or null for as much as the disk has. Then appending is refused as if the disk
    /// were full, so that the record cannot take the room that the ledger needs.
    /// </summary>
    public long? BytesMax { get; init; }

    /// <summary>Longest wait for another process's lock; then <see cref="Domain.StoreUnavailableException"/>.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(2);
}
