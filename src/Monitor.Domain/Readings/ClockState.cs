namespace Monitor.Domain.Readings;

/// <summary>
/// What an agent knew of its own clock when it made a batch. The intake uses it to doubt times, never to rewrite them.
/// </summary>
/// <param name="Source">
/// Who sets the clock, as <c>ntp</c>, <c>gps</c>, <c>rtc</c> or <c>unknown</c>; an <see cref="Identifier"/>.
/// </param>
/// <param name="SyncedAt">When it was last set, or null where the agent does not know.</param>
/// <param name="ErrorMilliseconds">Estimated error, 0 or more, or null where the agent does not know.</param>
/// <param name="Epoch">
/// Which run of the clock within the boot, from 1: another begins whenever the clock is seen to jump by over two seconds.
/// Null for agents that do not watch it.
/// </param>
/// <param name="StepMilliseconds">
/// The jump that began the epoch, forward positive; null in the first. Times of the epoch before it are off by as much
/// where this clock is right, and times of this one where it is not.
/// </param>
public sealed record ClockState(
    string Source, Instant? SyncedAt = null, long? ErrorMilliseconds = null, long? Epoch = null,
    long? StepMilliseconds = null)
{
    /// <summary>
    /// The <see cref="Source"/> of an agent that knows its clock to be wrong: it stands before times that the agent has
    /// lived through, as after a start without a battery.
    /// </summary>
    public const string Unset = "unset";

    /// <summary>An agent that knows nothing of its clock; also what a batch without clock state means.</summary>
    public static ClockState Unknown { get; } = new("unknown");
}
