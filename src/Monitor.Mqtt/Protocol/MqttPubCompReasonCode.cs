namespace Monitor.Mqtt.Protocol;

/// <summary>Reason of PUBCOMP (MQTT 5.0 §3.7.2.1).</summary>
public enum MqttPubCompReasonCode : byte
{
    /// <summary>Accepted.</summary>
    Success = 0x00,

    /// <summary>The packet identifier is not known.</summary>
    PacketIdentifierNotFound = 0x92,
}
