namespace Monitor.Domain.Readings;

/// <summary>What a store can account for of one section and a half-open span of time.</summary>
/// <param name="Stored">Readings of the span, counted one by one.</param>
/// <param name="Payloads">The payload of every batch with a time of the span, as it travelled; a batch may reach out of
/// the span. In the order of commit.</param>
/// <param name="DeadLetters">What is kept apart: readable batches with a time of the span, and what could not be read
/// and was received in it. In the order of arrival.</param>
/// <param name="Gaps">Missing sequences of the boots that wrote in the span, next to a batch that touches it.</param>
/// <param name="Alarms">What happened in the span to the agents that wrote in it.</param>
public sealed record SectionAccount(
    long Stored, IReadOnlyList<KeptPayload> Payloads, IReadOnlyList<DeadLetter> DeadLetters,
    IReadOnlyList<SequenceGap> Gaps, IReadOnlyList<IntakeAlarm> Alarms);

/// <summary>A batch's bytes as they travelled.</summary>
/// <param name="ReceivedAt">When it was stored.</param>
/// <param name="Payload">The bytes.</param>
/// <param name="Repeats">How often it came again.</param>
public sealed record KeptPayload(Instant ReceivedAt, ReadOnlyMemory<byte> Payload, long Repeats);

/// <summary>Something kept apart.</summary>
/// <param name="ReceivedAt">When it came first.</param>
/// <param name="Agent">Who sent it.</param>
/// <param name="Topic">Where it was published.</param>
/// <param name="Reason">Why it is kept apart.</param>
/// <param name="Repeats">How often it came again.</param>
/// <param name="Readings">Readings in it; 0 where it could not be read.</param>
/// <param name="Payload">Its bytes.</param>
public sealed record DeadLetter(
    Instant ReceivedAt, string Agent, string Topic, string Reason, long Repeats, int Readings,
    ReadOnlyMemory<byte> Payload);

/// <summary>Sequences of one boot that are not stored although a later one is.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Boot">Its boot.</param>
/// <param name="From">First missing.</param>
/// <param name="To">Last missing, inclusive.</param>
public sealed record SequenceGap(string Agent, string Boot, long From, long To);

/// <summary>What is stored of one boot of an agent.</summary>
/// <param name="Boot">The boot.</param>
/// <param name="Highest">Its highest sequence stored.</param>
/// <param name="Gaps">What is missing below, in order.</param>
public sealed record BootAccount(string Boot, long Highest, IReadOnlyList<SequenceGap> Gaps);

/// <summary>Something about an agent that people should know of, as often as it happened on one UTC day.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Kind">A word, as <c>taken-over</c>.</param>
/// <param name="First">When it happened first on that day.</param>
/// <param name="Last">When it happened last.</param>
/// <param name="Times">How often.</param>
/// <param name="Detail">What was said the last time.</param>
public sealed record IntakeAlarm(string Agent, string Kind, Instant First, Instant Last, long Times, string Detail);

/// <summary>The last message of a topic.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Agent">Whose it is.</param>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="Payload">Its bytes.</param>
public sealed record RetainedMessage(string Topic, string Agent, Instant ReceivedAt, ReadOnlyMemory<byte> Payload);
