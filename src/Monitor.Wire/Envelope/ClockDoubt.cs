using Monitor.Domain.Readings;

namespace Monitor.Wire.Envelope;

/// <summary>
/// Whether the times of a batch deserve belief: asked by the intake, which marks and lists what is doubtful. It never
/// rewrites a time, and never drops one.
/// </summary>
public static class ClockDoubt
{
    /// <summary>
    /// Largest error that a time may have: a jump of an hour must show, the drift of a cheap clock over a month must not.
    /// </summary>
    public static readonly TimeSpan ErrorMax = TimeSpan.FromMinutes(5);

    // No station of this kind is older; a clock that began at 1970 is caught whatever else it says.
    private static readonly Instant Earliest =
        Instant.From(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Why the batch's times are doubtful, in a sentence; null where they are not.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="receivedAt">When it came in, by the server's clock.</param>
    public static string? Of(ReadingBatch batch, Instant receivedAt)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Clock.Source == ClockState.Unset) return "The agent says that its clock is not set.";
        if (batch.Sent < Earliest) return $"The agent's clock stood at {batch.Sent}.";
        if (batch.Clock.ErrorMilliseconds > ErrorMax.TotalMilliseconds)
        {
            return $"The agent's clock may be wrong by {batch.Clock.ErrorMilliseconds} ms.";
        }
        if (batch.Sent.UnixMilliseconds - receivedAt.UnixMilliseconds > ErrorMax.TotalMilliseconds)
        {
            return $"The batch was made at {batch.Sent}, after it came in.";
        }
        // Readings of a replayed file are far older than the batch; none is younger.
        Instant newest = batch.Readings.Max(reading => reading.Time);
        return newest.UnixMilliseconds - batch.Sent.UnixMilliseconds > ErrorMax.TotalMilliseconds
            ? $"A reading of {newest} stands in a batch made at {batch.Sent}."
            : null;
    }
}
