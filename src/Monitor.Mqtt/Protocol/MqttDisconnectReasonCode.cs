namespace Monitor.Mqtt.Protocol;

/// <summary>Why a connection is closed (MQTT 5.0 §3.14.2.1). 3.1.1 clients can only say the first.</summary>
public enum MqttDisconnectReasonCode : byte
{
    /// <summary>Done; the will is not published.</summary>
    NormalDisconnection = 0x00,

    /// <summary>Done, but publish the will.</summary>
    DisconnectWithWillMessage = 0x04,

    /// <summary>Refused; no reason is given.</summary>
    UnspecifiedError = 0x80,

    /// <summary>The bytes are not a packet of the standard.</summary>
    MalformedPacket = 0x81,

    /// <summary>A packet that may not come here, or now.</summary>
    ProtocolError = 0x82,

    /// <summary>Valid, but not accepted by this implementation.</summary>
    ImplementationSpecificError = 0x83,

    /// <summary>The session may not do this; the same again will be refused again.</summary>
    NotAuthorized = 0x87,

    /// <summary>The server is busy; try again later.</summary>
    ServerBusy = 0x89,

    /// <summary>The server is stopping.</summary>
    ServerShuttingDown = 0x8B,

    /// <summary>Nothing was received for one and a half keep-alive periods.</summary>
    KeepAliveTimeout = 0x8D,

    /// <summary>Another connection uses the same client identifier.</summary>
    SessionTakenOver = 0x8E,

    /// <summary>The topic filter is well formed but not accepted.</summary>
    TopicFilterInvalid = 0x8F,

    /// <summary>The topic name is well formed but not accepted.</summary>
    TopicNameInvalid = 0x90,

    /// <summary>More publishes in flight than the Receive Maximum allows.</summary>
    ReceiveMaximumExceeded = 0x93,

    /// <summary>A topic alias of 0, above the maximum, or never defined.</summary>
    TopicAliasInvalid = 0x94,

    /// <summary>Larger than the Maximum Packet Size.</summary>
    PacketTooLarge = 0x95,

    /// <summary>Messages come too fast.</summary>
    MessageRateTooHigh = 0x96,

    /// <summary>No room now (store down, queue full): the same again later may succeed.</summary>
    QuotaExceeded = 0x97,

    /// <summary>Closed by an administrator.</summary>
    AdministrativeAction = 0x98,

    /// <summary>The payload cannot be read; the same again will be refused again.</summary>
    PayloadFormatInvalid = 0x99,

    /// <summary>Retained messages are not supported.</summary>
    RetainNotSupported = 0x9A,

    /// <summary>The quality of service is not supported.</summary>
    QosNotSupported = 0x9B,

    /// <summary>Use another server, for now.</summary>
    UseAnotherServer = 0x9C,

    /// <summary>Use another server, for good.</summary>
    ServerMoved = 0x9D,

    /// <summary>Shared subscriptions are not supported.</summary>
    SharedSubscriptionsNotSupported = 0x9E,

    /// <summary>Connections come too fast.</summary>
    ConnectionRateExceeded = 0x9F,

    /// <summary>The connection has lasted as long as it may.</summary>
    MaximumConnectTime = 0xA0,

    /// <summary>Subscription identifiers are not supported.</summary>
    SubscriptionIdentifiersNotSupported = 0xA1,

    /// <summary>Wildcard subscriptions are not supported.</summary>
    WildcardSubscriptionsNotSupported = 0xA2,
}
