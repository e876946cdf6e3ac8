using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Packets;

/// <summary>PUBREL: the sender of QoS 2 will not send it again.</summary>
public sealed class MqttPubRelPacket : MqttPacketWithIdentifier
{
    /// <inheritdoc/>
    public override MqttControlPacketType PacketType => MqttControlPacketType.PubRel;

    /// <summary>The outcome; always success in 3.1.1.</summary>
    public MqttPubRelReasonCode ReasonCode { get; set; }

    /// <summary>MQTT 5.0 properties; null for none. Not sent in 3.1.1.</summary>
    public MqttProperties? Properties { get; set; }
}
