namespace Monitor.Mqtt.Protocol;

/// <summary>
/// Answer to a PUBLISH of QoS 1 (MQTT 5.0 §3.4.2.1). 3.1.1 has none: its PUBACK always reads as success.
/// </summary>
public enum MqttPubAckReasonCode : byte
{
    /// <summary>Accepted.</summary>
    Success = 0x00,

    /// <summary>Accepted, and nobody was subscribed: for an ingest that is a loss, not a success.</summary>
    NoMatchingSubscribers = 0x10,

    /// <summary>Refused; no reason is given.</summary>
    UnspecifiedError = 0x80,

    /// <summary>Valid, but not accepted by this implementation.</summary>
    ImplementationSpecificError = 0x83,

    /// <summary>The session may not do this; the same again will be refused again.</summary>
    NotAuthorized = 0x87,

    /// <summary>The topic name is well formed but not accepted.</summary>
    TopicNameInvalid = 0x90,

    /// <summary>The packet identifier is still in use.</summary>
    PacketIdentifierInUse = 0x91,

    /// <summary>No room now (store down, queue full): the same again later may succeed.</summary>
    QuotaExceeded = 0x97,

    /// <summary>The payload cannot be read; the same again will be refused again.</summary>
    PayloadFormatInvalid = 0x99,
}
