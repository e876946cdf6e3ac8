using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Packets;

/// <summary>UNSUBACK: one code per filter in 5.0, none in 3.1.1.</summary>
public sealed class MqttUnsubAckPacket : MqttPacketWithIdentifier
{
    /// <inheritdoc/>
    public override MqttControlPacketType PacketType => MqttControlPacketType.UnsubAck;

    /// <summary>One per filter in 5.0; empty in 3.1.1.</summary>
    public IReadOnlyList<MqttUnsubscribeReasonCode> ReasonCodes { get; set; } = [];

    /// <summary>MQTT 5.0 properties; null for none. Not sent in 3.1.1.</summary>
    public MqttProperties? Properties { get; set; }
}
