using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Packets;

/// <summary>SUBACK: one code per filter, in the order asked.</summary>
public sealed class MqttSubAckPacket : MqttPacketWithIdentifier
{
    /// <inheritdoc/>
    public override MqttControlPacketType PacketType => MqttControlPacketType.SubAck;

    /// <summary>One per filter. In 3.1.1 every refusal is 0x80.</summary>
    public IReadOnlyList<MqttSubscribeReasonCode> ReasonCodes { get; set; } = [];

    /// <summary>MQTT 5.0 properties; null for none. Not sent in 3.1.1.</summary>
    public MqttProperties? Properties { get; set; }
}
