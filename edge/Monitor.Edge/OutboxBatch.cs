using Monitor.Domain.Readings;

namespace Monitor.Edge;

/// <summary>A batch as it waits in the outbox.</summary>
/// <param name="Sequence">Its number in the boot.</param>
/// <param name="Payload">The envelope, byte for byte as it is sent each time.</param>
internal sealed record OutboxBatch(long Sequence, byte[] Payload);

/// <summary>What became of a batch; the numbers are stored.</summary>
internal enum BatchState
{
    /// <summary>To be sent until it is answered.</summary>
    Pending = 0,

    /// <summary>Taken over by the server.</summary>
    Acknowledged = 1,

    /// <summary>Refused by the server for good.</summary>
    Parked = 2,
}

/// <summary>What a batch holds; the numbers are stored.</summary>
internal enum BatchKind
{
    /// <summary>What a sensor said.</summary>
    Sensed = 0,

    /// <summary>What the outbox had to drop. It is never dropped itself.</summary>
    Tombstone = 1,
}

/// <summary>A batch as it goes into the outbox.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Batch">The batch with its payload.</param>
/// <param name="Hash">The payload's SHA-256 in hex, which the next batch names.</param>
internal sealed record ComposedBatch(BatchKind Kind, ReadingBatch Batch, string Hash);
