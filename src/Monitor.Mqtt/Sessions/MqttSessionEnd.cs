using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Sessions;

/// <summary>How a session ended, and what is left to do.</summary>
/// <param name="Reason">How.</param>
/// <param name="ReasonCode">The code of the DISCONNECT received or sent, or the one that would have been.</param>
/// <param name="Detail">In words, for the log.</param>
/// <param name="Exception">What the transport or a callback threw; null when nothing did.</param>
public sealed record MqttSessionEnd(
    MqttSessionEndReason Reason, MqttDisconnectReasonCode ReasonCode, string Detail, Exception? Exception = null)
{
    /// <summary>
    /// The will to publish, null for none: the client had none, or took it back by a normal DISCONNECT.
    /// </summary>
    public MqttApplicationMessage? Will { get; init; }

    /// <summary>Wait this long before publishing the will; drop it when the client is back sooner.</summary>
    public TimeSpan WillDelay { get; init; }
}
