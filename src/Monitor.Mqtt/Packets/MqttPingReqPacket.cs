using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Packets;

/// <summary>PINGREQ: the client is alive.</summary>
public sealed class MqttPingReqPacket : MqttPacket
{
    /// <inheritdoc/>
    public override MqttControlPacketType PacketType => MqttControlPacketType.PingReq;
}
