namespace Monitor.Mqtt.Protocol;

/// <summary>Answer to CONNECT (MQTT 5.0 §3.2.2.2). 3.1.1 has six return codes; the codec maps both ways.</summary>
public enum MqttConnectReasonCode : byte
{
    /// <summary>Accepted.</summary>
    Success = 0x00,

    /// <summary>Refused; no reason is given.</summary>
    UnspecifiedError = 0x80,

    /// <summary>The bytes are not a packet of the standard.</summary>
    MalformedPacket = 0x81,

    /// <summary>A packet that may not come here, or now.</summary>
    ProtocolError = 0x82,

    /// <summary>Valid, but not accepted by this implementation.</summary>
    ImplementationSpecificError = 0x83,

    /// <summary>The server does not speak this version.</summary>
    UnsupportedProtocolVersion = 0x84,

    /// <summary>The client identifier is not allowed.</summary>
    ClientIdentifierNotValid = 0x85,

    /// <summary>User name or password refused.</summary>
    BadUserNameOrPassword = 0x86,

    /// <summary>The session may not do this; the same again will be refused again.</summary>
    NotAuthorized = 0x87,

    /// <summary>The server cannot serve now.</summary>
    ServerUnavailable = 0x88,

    /// <summary>The server is busy; try again later.</summary>
    ServerBusy = 0x89,

    /// <summary>Barred by an administrator.</summary>
    Banned = 0x8A,

    /// <summary>The authentication method is not supported.</summary>
    BadAuthenticationMethod = 0x8C,

    /// <summary>The topic name is well formed but not accepted.</summary>
    TopicNameInvalid = 0x90,

    /// <summary>Larger than the Maximum Packet Size.</summary>
    PacketTooLarge = 0x95,

    /// <summary>No room now (store down, queue full): the same again later may succeed.</summary>
    QuotaExceeded = 0x97,

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

    /// <summary>Connections come too fast.</summary>
    ConnectionRateExceeded = 0x9F,
}
