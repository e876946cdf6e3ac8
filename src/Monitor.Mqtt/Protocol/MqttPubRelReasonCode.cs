namespace Monitor.Mqtt.Protocol;

/// <summary>Reason of PUBREL (MQTT 5.0 §3.6.2.1).</summary>
public enum MqttPubRelReasonCode : byte
{
    /// <summary>Accepted.</summary>
    Success = 0x00,

    /// <summary>The packet identifier is not known.</summary>
    PacketIdentifierNotFound = 0x92,
}
