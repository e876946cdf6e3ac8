using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Packets;

/// <summary>UNSUBSCRIBE: topic filters no longer wanted.</summary>
public sealed class MqttUnsubscribePacket : MqttPacketWithIdentifier
{
    /// <inheritdoc/>
    public override MqttControlPacketType PacketType => MqttControlPacketType.Unsubscribe;

    /// <summary>At least one.</summary>
    public IReadOnlyList<string> TopicFilters { get; set; } = [];

    /// <summary>MQTT 5.0 properties; null for none. Not sent in 3.1.1.</summary>
    public MqttProperties? Properties { get; set; }
}
