using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Packets;

/// <summary>AUTH: a step of enhanced authentication. MQTT 5.0 only.</summary>
public sealed class MqttAuthPacket : MqttPacket
{
    /// <inheritdoc/>
    public override MqttControlPacketType PacketType => MqttControlPacketType.Auth;

    /// <summary>Which step.</summary>
    public MqttAuthenticateReasonCode ReasonCode { get; set; }

    /// <summary>MQTT 5.0 properties; null for none. Not sent in 3.1.1.</summary>
    public MqttProperties? Properties { get; set; }
}
