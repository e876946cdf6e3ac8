using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Packets;

/// <summary>PUBACK: the answer to a PUBLISH of QoS 1.</summary>
public sealed class MqttPubAckPacket : MqttPacketWithIdentifier
{
    /// <inheritdoc/>
    public override MqttControlPacketType PacketType => MqttControlPacketType.PubAck;

    /// <summary>The outcome; always success in 3.1.1.</summary>
    public MqttPubAckReasonCode ReasonCode { get; set; }

    /// <summary>MQTT 5.0 properties; null for none. Not sent in 3.1.1.</summary>
    public MqttProperties? Properties { get; set; }
}
