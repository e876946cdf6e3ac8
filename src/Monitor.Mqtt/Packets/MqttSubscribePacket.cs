using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Packets;

/// <summary>SUBSCRIBE: topic filters wanted.</summary>
public sealed class MqttSubscribePacket : MqttPacketWithIdentifier
{
    /// <inheritdoc/>
    public override MqttControlPacketType PacketType => MqttControlPacketType.Subscribe;

    /// <summary>At least one.</summary>
    public IReadOnlyList<MqttTopicFilter> TopicFilters { get; set; } = [];

    /// <summary>MQTT 5.0 properties; null for none. Not sent in 3.1.1.</summary>
    public MqttProperties? Properties { get; set; }
}
