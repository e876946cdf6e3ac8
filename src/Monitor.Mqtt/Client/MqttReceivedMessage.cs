using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Client;

/// <summary>
/// A message from the server, to be acknowledged when it is safe. It belongs to the connection it came by.
/// </summary>
public sealed class MqttReceivedMessage
{
    private readonly MqttReceiveWindow _window;

    internal MqttReceivedMessage(MqttReceiveWindow window, MqttPublishPacket packet)
    {
        (_window, PacketIdentifier, Dup) = (window, packet.PacketIdentifier, packet.Dup);
        ApplicationMessage = MqttApplicationMessage.From(packet);
    }

    /// <summary>The message.</summary>
    public MqttApplicationMessage ApplicationMessage { get; }

    /// <summary>
    /// Of this delivery, on this connection; 0 at QoS 0. Says nothing about the message: never dedupe on it.
    /// </summary>
    public ushort PacketIdentifier { get; }

    /// <summary>The server believes it has sent this before.</summary>
    public bool Dup { get; }

    internal MqttPubAckReasonCode? Answer { get; set; }

    /// <summary>
    /// Acknowledges; at QoS 0 nothing is to be said. The answers leave in the order the messages came, so this one
    /// may wait for an earlier one. False, and nothing is sent, when the connection it came by has ended, or it was
    /// acknowledged before: the server then sends it again.
    /// </summary>
    /// <param name="reasonCode">MQTT 5.0 only; 3.1.1 cannot refuse.</param>
    public bool Acknowledge(MqttPubAckReasonCode reasonCode = MqttPubAckReasonCode.Success) =>
        _window.Acknowledge(this, reasonCode);
}
