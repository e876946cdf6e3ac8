namespace Monitor.Mqtt.Protocol;

/// <summary>Answer to one topic filter of SUBSCRIBE (MQTT 5.0 §3.9.3). In 3.1.1 every refusal is 0x80.</summary>
public enum MqttSubscribeReasonCode : byte
{
    /// <summary>Granted, at most once.</summary>
    GrantedQoS0 = 0x00,

    /// <summary>Granted, at least once.</summary>
    GrantedQoS1 = 0x01,

    /// <summary>Granted, exactly once.</summary>
    GrantedQoS2 = 0x02,

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

    /// <summary>No room now (store down, queue full): the same again later may succeed.</summary>
    QuotaExceeded = 0x97,

    /// <summary>Shared subscriptions are not supported.</summary>
    SharedSubscriptionsNotSupported = 0x9E,

    /// <summary>Subscription identifiers are not supported.</summary>
    SubscriptionIdentifiersNotSupported = 0xA1,

    /// <summary>Wildcard subscriptions are not supported.</summary>
    WildcardSubscriptionsNotSupported = 0xA2,
}
