namespace Monitor.Edge;

/// <summary>What an outbox may take of the disk, and what its batches are sealed with.</summary>
internal sealed record OutboxOptions
{
    /// <summary>Smallest bound: what a few envelopes and the tables need.</summary>
    internal const long BytesMin = 1024 * 1024;

    /// <summary>Bytes that the file may hold; a journal of some 4 MiB comes on top.</summary>
    internal long BytesMax { get; init; } = 1024L * 1024 * 1024;

    /// <summary>Bytes of the disk held back for the day when it is full; 0 for none.</summary>
    internal long ReserveBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Signs a batch; null where the agent has no key.</summary>
    internal Func<byte[], byte[]>? Sign { get; init; }

    /// <summary>Asks the operating system of its clock.</summary>
    internal Func<KernelClock> Kernel { get; init; } = KernelClock.Read;
}
