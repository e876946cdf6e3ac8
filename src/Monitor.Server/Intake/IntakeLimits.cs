using Monitor.Domain.Readings;

namespace Monitor.Server.Intake;

/// <summary>
/// Bounds of the intake. What does not fit is told to come again later; nothing is ever dropped silently.
/// </summary>
public sealed record IntakeLimits
{
    /// <summary>Most messages that wait for the commit.</summary>
    public int QueueMax { get; init; } = 8192;

    /// <summary>Most payload bytes that wait for the commit.</summary>
    public long QueueBytesMax { get; init; } = 64 * 1024 * 1024;

    /// <summary>Most messages in one transaction.</summary>
    public int GroupMax { get; init; } = 1000;

    /// <summary>Longest wait for the commit; a third of the client's keep-alive where that is shorter.</summary>
    public TimeSpan CommitWaitMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Largest MQTT packet: the largest envelope, its topic and some room for properties.</summary>
    public int PacketBytesMax { get; init; } = ReadingBatch.BytesMax + (4 * 1024);
}
