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
