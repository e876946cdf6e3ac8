using Monitor.Domain.Readings;

namespace Monitor.Ledger;

/// <summary>
/// One sealed entry. <see cref="Bytes"/> are the entry; all else is read out of them, and <see cref="Hash"/> is theirs.
/// </summary>
public sealed record LedgerEntry
{
    /// <summary>1 for the first, and one more for each next.</summary>
    public required long Number { get; init; }

    /// <summary>One of <see cref="LedgerKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Unique in the ledger.</summary>
    public required string Key { get; init; }

    /// <summary>When it was sealed, by the server's clock.</summary>
    public required Instant SealedAt { get; init; }

    /// <summary>Hash of the entry before; of the first, <see cref="LedgerHash.Zero"/>.</summary>
    public required string Previous { get; init; }

    /// <summary>SHA-256 of exactly <see cref="Bytes"/>, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>The stored bytes: one UTF-8 JSON object in a fixed order of keys.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>The program that sealed it.</summary>
    public required string Software { get; init; }

    /// <summary>The record's position up to which was read, or null.</summary>
    public long? Position { get; init; }

    /// <summary>SHA-256 of the canonical inputs, or null.</summary>
    public string? Evidence { get; init; }

    /// <summary>The body, a slice of <see cref="Bytes"/>: byte for byte what the draft held.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The line to store.</summary>
    public StoredLedgerLine ToLine() => new(Number, Bytes, Hash);
}
