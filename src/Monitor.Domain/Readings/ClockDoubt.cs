namespace Monitor.Domain.Readings;

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

    private const string AfterReceipt = ", after it came in.";

    // No station of this kind is older; a clock that began at 1970 is caught whatever else it says.
    private static readonly Instant Earliest =
        Instant.From(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Why the batch's times are doubtful, in a sentence; null where they are not.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="receivedAt">When it came in, by the server's clock.</param>
    public static string? Of(ReadingBatch batch, Instant receivedAt) => Find(batch, receivedAt);

    /// <summary>
    /// The same for who has the batch alone and was not there when it came in: that it was made after it came in, nobody
    /// can see from it.
    /// </summary>
    public static string? Of(ReadingBatch batch) => Find(batch, receivedAt: null);

    /// <summary>Whether a doubt says that the batch was made after it came in.</summary>
    public static bool IsOfReceipt(string doubt) => doubt.EndsWith(AfterReceipt, StringComparison.Ordinal);

    private static string? Find(ReadingBatch batch, Instant? receivedAt)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Clock.Source == ClockState.Unset) return "The agent says that its clock is not set.";
        if (batch.Sent < Earliest) return $"The agent's clock stood at {batch.Sent}.";
        if (batch.Clock.ErrorMilliseconds > ErrorMax.TotalMilliseconds)
        {
            return $"The agent's clock may be wrong by {batch.Clock.ErrorMilliseconds} ms.";
        }
        if (receivedAt is Instant received
            && batch.Sent.UnixMilliseconds - received.UnixMilliseconds > ErrorMax.TotalMilliseconds)
        {
            return $"The batch was made at {batch.Sent}{AfterReceipt}";
        }
        // Readings of a replayed file are far older than the batch; none is younger.
        Instant newest = batch.Readings.Max(reading => reading.Time);
        return newest.UnixMilliseconds - batch.Sent.UnixMilliseconds > ErrorMax.TotalMilliseconds
            ? $"A reading of {newest} stands in a batch made at {batch.Sent}."
            : null;
    }
}
