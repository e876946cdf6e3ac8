namespace Monitor.Domain.Readings;

/// <summary>
/// What an agent knew of its own clock when it made a batch. The intake uses it to doubt times, never to rewrite them.
/// </summary>
/// <param name="Source">
/// Who sets the clock, as <c>ntp</c>, <c>gps</c>, <c>rtc</c> or <c>unknown</c>; an <see cref="Identifier"/>.
/// </param>
/// <param name="SyncedAt">When it was last set, or null where the agent does not know.</param>
/// <param name="ErrorMilliseconds">Estimated error, 0 or more, or null where the agent does not know.</param>
public sealed record ClockState(string Source, Instant? SyncedAt = null, long? ErrorMilliseconds = null)
{
    /// <summary>An agent that knows nothing of its clock; also what a batch without clock state means.</summary>
    public static ClockState Unknown { get; } = new("unknown");
}
