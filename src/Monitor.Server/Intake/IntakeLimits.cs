using Monitor.Domain.Readings;

namespace Monitor.Server.Intake;

/// <summary>
/// Bounds of the intake. What does not fit is told to come again later; nothing is ever dropped silently.
/// </summary>
public sealed record IntakeLimits
{
    /// <summary>Most messages that wait for the commit.</summary>
    public int QueueMax { get; init; } = 8192;

    /// <summary>
    /// Most payload bytes that wait for the commit. In memory a message takes some three times its bytes, and while the
    /// store is away they all wait: this bounds what that costs.
    /// </summary>
    public long QueueBytesMax { get; init; } = 8 * 1024 * 1024;

    /// <summary>Most messages in one transaction.</summary>
    public int GroupMax { get; init; } = 1000;

    /// <summary>Longest wait for the commit; a third of the client's keep-alive where that is shorter.</summary>
    public TimeSpan CommitWaitMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Steady rate of one agent, messages per second; more waits.</summary>
    public double AgentMessagesPerSecond { get; init; } = 5000;

    /// <summary>Messages that an agent may send at once above its rate, as after an outage.</summary>
    public double AgentMessagesReserve { get; init; } = 20_000;

    /// <summary>Steady rate of one agent, payload bytes per second.</summary>
    public double AgentBytesPerSecond { get; init; } = 8 * 1024 * 1024;

    /// <summary>Payload bytes that an agent may send at once above its rate.</summary>
    public double AgentBytesReserve { get; init; } = 32 * 1024 * 1024;

    /// <summary>Most connections at once; further ones are closed before a word.</summary>
    public int ConnectionsMax { get; init; } = 20_000;

    /// <summary>Longest keep-alive, seconds: longer ones of 5.0 are set to it, a 3.1.1 client without one is cut after one
    /// and a half of it.</summary>
    public ushort KeepAliveMax { get; init; } = 1200;

    /// <summary>Most topics that keep their last message (<c>state</c>, <c>meta</c>).</summary>
    public int RetainedMax { get; init; } = 20_000;

    /// <summary>Largest message that is kept so, bytes.</summary>
    public int RetainedBytesMax { get; init; } = 16 * 1024;

    /// <summary>How soon a revoked agent's connection ends, at the latest.</summary>
    public TimeSpan RevocationLook { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Largest MQTT packet: the largest envelope, its topic and some room for properties.</summary>
    public int PacketBytesMax { get; init; } = ReadingBatch.BytesMax + (4 * 1024);
}
