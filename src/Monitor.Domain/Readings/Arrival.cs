namespace Monitor.Domain.Readings;

/// <summary>What came in at the intake: a readable batch, or something that could not be read.</summary>
public abstract record Arrival;

/// <summary>A batch to store.</summary>
public sealed record BatchArrival(ReadingBatch Batch) : Arrival;

/// <summary>Something to keep as it is, since it cannot be read or must not be believed.</summary>
/// <param name="Agent">Who sent it, as the connection was identified.</param>
/// <param name="Topic">Where it was published.</param>
/// <param name="Reason">Why it is here, in a sentence.</param>
/// <param name="Payload">Its bytes.</param>
public sealed record DeadLetterArrival(string Agent, string Topic, string Reason, ReadOnlyMemory<byte> Payload)
    : Arrival
{
    /// <summary>What could be read of it: it is then counted by the times of its readings. Null for nothing.</summary>
    public ReadingBatch? Batch { get; init; }
}

/// <summary>
/// Something about an agent that people should know of. Counted by agent, kind and UTC day; the last detail is kept.
/// </summary>
/// <param name="Agent">The agent it is about; empty for a client that is none.</param>
/// <param name="Kind">A word, as <c>taken-over</c>.</param>
/// <param name="Detail">In a sentence.</param>
public sealed record AlarmArrival(string Agent, string Kind, string Detail) : Arrival;

/// <summary>The last message of a topic, kept in place of the former one.</summary>
/// <param name="Agent">Whose it is.</param>
/// <param name="Topic">Its topic.</param>
/// <param name="Payload">Its bytes; none takes the topic's message away.</param>
public sealed record RetainedArrival(string Agent, string Topic, ReadOnlyMemory<byte> Payload) : Arrival;

/// <summary>What became of an arrival.</summary>
public enum AppendOutcome
{
    /// <summary>New, and stored.</summary>
    Stored,

    /// <summary>Was there already, byte for byte.</summary>
    Repeat,

    /// <summary>
    /// Its identity was there with other bytes: kept as a dead letter, and an event for people to look at.
    /// </summary>
    Conflict,

    /// <summary>
    /// It and a neighbour in its boot name different bytes as the former batch: kept as a dead letter, like a conflict.
    /// </summary>
    BrokenChain,

    /// <summary>Kept as a dead letter.</summary>
    DeadLettered,

    /// <summary>An alarm or a retained message, kept.</summary>
    Noted,
}
