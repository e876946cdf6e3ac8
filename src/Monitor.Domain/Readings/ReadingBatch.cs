namespace Monitor.Domain.Readings;

/// <summary>
/// What an agent sends at once: the unit of identity, of acknowledgement and of signature.
/// (agent, boot, sequence) names it for ever; sent again, it is the same batch and is stored once.
/// </summary>
public sealed record ReadingBatch
{
    /// <summary>Most readings in one batch.</summary>
    public const int ReadingsMax = 500;

    /// <summary>Most bytes of one encoded batch.</summary>
    public const int BytesMax = 64 * 1024;

    /// <summary>Agent id, <see cref="Identifier"/>.</summary>
    public required string Agent { get; init; }

    /// <summary>Section id, <see cref="Identifier"/>.</summary>
    public required string Section { get; init; }

    /// <summary>
    /// The agent's outbox generation: a new one only when its outbox began anew. <see cref="Identifier"/>.
    /// </summary>
    public required string Boot { get; init; }

    /// <summary>
    /// 1 for the first batch of the boot, and one more for each next: a gap is a batch that is missing.
    /// </summary>
    public required long Sequence { get; init; }

    /// <summary>When the agent made the batch, by its own clock.</summary>
    public required Instant Sent { get; init; }

    /// <summary>What the agent knew of its clock.</summary>
    public ClockState Clock { get; init; } = ClockState.Unknown;

    /// <summary>
    /// SHA-256 of the payload of the boot's former batch, 64 lower-case hex digits; empty for the first of a boot and for
    /// agents that keep no chain.
    /// </summary>
    public string Previous { get; init; } = "";

    /// <summary>The agent's signature as it travelled, unchecked; empty where the agent has no key.</summary>
    public string Signature { get; init; } = "";

    /// <summary>The readings, in the order of their index, which is 0, 1, 2 and so on.</summary>
    public required IReadOnlyList<Reading> Readings { get; init; }

    /// <summary>The bytes as they travelled. What is hashed, signed and kept; never a re-serialization.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }
}
