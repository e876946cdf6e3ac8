using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Packets;

/// <summary>CONNACK: the server took the client, or says why not.</summary>
public sealed class MqttConnAckPacket : MqttPacket
{
    /// <inheritdoc/>
    public override MqttControlPacketType PacketType => MqttControlPacketType.ConnAck;

    /// <summary>The server still has the session of before. Never true beside a refusal.</summary>
    public bool IsSessionPresent { get; set; }

    /// <summary>Success or why not. 3.1.1 carries six of these; others are mapped to the nearest.</summary>
    public MqttConnectReasonCode ReasonCode { get; set; }

    /// <summary>MQTT 5.0 properties; null for none. Not sent in 3.1.1.</summary>
    public MqttProperties? Properties { get; set; }
}
