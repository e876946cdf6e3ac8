namespace Monitor.Mqtt.Protocol;

/// <summary>Answer to one topic filter of UNSUBSCRIBE (MQTT 5.0 §3.11.3). 3.1.1 has none.</summary>
public enum MqttUnsubscribeReasonCode : byte
{
    /// <summary>Accepted.</summary>
    Success = 0x00,

    /// <summary>There was nothing to end.</summary>
    NoSubscriptionExisted = 0x11,

    /// <summary>Refused; no reason is given.</summary>
    UnspecifiedError = 0x80,

    /// <summary>Valid, but not accepted by this implementation.</summary>
    ImplementationSpecificError = 0x83,

    /// <summary>The session may not do this; the same again will be refused again.</summary>
    NotAuthorized = 0x87,

    /// <summary>The topic filter is well formed but not accepted.</summary>
    TopicFilterInvalid = 0x8F,

    /// <summary>The packet identifier is still in use.</summary>
    PacketIdentifierInUse = 0x91,
}
