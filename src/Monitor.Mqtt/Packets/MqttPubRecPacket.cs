using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Packets;

/// <summary>PUBREC: the first answer to a PUBLISH of QoS 2.</summary>
public sealed class MqttPubRecPacket : MqttPacketWithIdentifier
{
    /// <inheritdoc/>
    public override MqttControlPacketType PacketType => MqttControlPacketType.PubRec;

    /// <summary>The outcome; always success in 3.1.1.</summary>
    public MqttPubRecReasonCode ReasonCode { get; set; }

    /// <summary>MQTT 5.0 properties; null for none. Not sent in 3.1.1.</summary>
    public MqttProperties? Properties { get; set; }
}
