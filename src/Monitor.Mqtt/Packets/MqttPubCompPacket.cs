using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Packets;

/// <summary>PUBCOMP: the last answer of QoS 2; the identifier is free.</summary>
public sealed class MqttPubCompPacket : MqttPacketWithIdentifier
{
    /// <inheritdoc/>
    public override MqttControlPacketType PacketType => MqttControlPacketType.PubComp;

    /// <summary>The outcome; always success in 3.1.1.</summary>
    public MqttPubCompReasonCode ReasonCode { get; set; }

    /// <summary>MQTT 5.0 properties; null for none. Not sent in 3.1.1.</summary>
    public MqttProperties? Properties { get; set; }
}
