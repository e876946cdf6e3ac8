namespace Monitor.Server.Intake;

/// <summary>
/// How much one agent may send: a steady rate with a reserve for the backlog of an outage. What is over it is not refused
/// but waits, by its connection not being read.
/// </summary>
internal sealed class AgentAllowance(IntakeLimits limits, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private double _messages = limits.AgentMessagesReserve;
    private double _bytes = limits.AgentBytesReserve;
    private long _at = clock.GetTimestamp();

    /// <summary>Takes a message out of the allowance.</summary>
    /// <returns>How long the agent must wait for it.</returns>
    internal TimeSpan Take(int bytes)
    {
        lock (_gate)
        {
            long now = clock.GetTimestamp();
            double seconds = clock.GetElapsedTime(_at, now).TotalSeconds;
            _at = now;
            _messages = Math.Min(limits.AgentMessagesReserve, _messages + (seconds * limits.AgentMessagesPerSecond)) - 1;
            _bytes = Math.Min(limits.AgentBytesReserve, _bytes + (seconds * limits.AgentBytesPerSecond)) - bytes;
            double wait = Math.Max(-_messages / limits.AgentMessagesPerSecond, -_bytes / limits.AgentBytesPerSecond);
            return wait > 0 ? TimeSpan.FromSeconds(wait) : TimeSpan.Zero;
        }
    }
}
