using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Packets;

/// <summary>DISCONNECT: the last packet of a connection. In 3.1.1 only a client sends it, without a reason.</summary>
public sealed class MqttDisconnectPacket : MqttPacket
{
    /// <inheritdoc/>
    public override MqttControlPacketType PacketType => MqttControlPacketType.Disconnect;

    /// <summary>Why; not sent in 3.1.1.</summary>
    public MqttDisconnectReasonCode ReasonCode { get; set; }

    /// <summary>MQTT 5.0 properties; null for none. Not sent in 3.1.1.</summary>
    public MqttProperties? Properties { get; set; }
}
