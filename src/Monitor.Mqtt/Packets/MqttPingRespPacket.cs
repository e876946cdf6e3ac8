using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Packets;

/// <summary>PINGRESP: so is the server.</summary>
public sealed class MqttPingRespPacket : MqttPacket
{
    /// <inheritdoc/>
    public override MqttControlPacketType PacketType => MqttControlPacketType.PingResp;
}
