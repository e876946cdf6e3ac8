using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Packets;

/// <summary>
/// The properties of MQTT 5.0 (§2.2.2.2), null where absent. Which packet may carry which is checked by the codec, both
/// ways: a property where it does not belong is a protocol error.
/// </summary>
public sealed class MqttProperties
{
    /// <summary>PUBLISH, will: what the payload is.</summary>
    public MqttPayloadFormatIndicator? PayloadFormatIndicator { get; set; }

    /// <summary>
    /// PUBLISH, will: seconds until the message is dropped. Never on readings: it is silent deletion.
    /// </summary>
    public uint? MessageExpiryInterval { get; set; }

    /// <summary>PUBLISH, will: the type of the content.</summary>
    public string? ContentType { get; set; }

    /// <summary>PUBLISH, will: where the answer goes.</summary>
    public string? ResponseTopic { get; set; }

    /// <summary>PUBLISH, will: what the answer must carry; at most 65,535 bytes.</summary>
    public ReadOnlyMemory<byte>? CorrelationData { get; set; }

    /// <summary>
    /// PUBLISH: the subscriptions it matched. SUBSCRIBE: one, the identifier to give. 1 to 268,435,455.
    /// </summary>
    public IReadOnlyList<uint>? SubscriptionIdentifiers { get; set; }

    /// <summary>
    /// CONNECT, CONNACK, DISCONNECT: seconds the session outlives the connection; 0xFFFFFFFF for ever.
    /// </summary>
    public uint? SessionExpiryInterval { get; set; }

    /// <summary>CONNACK: the identifier the server chose.</summary>
    public string? AssignedClientIdentifier { get; set; }

    /// <summary>CONNACK: the keep-alive to use in place of the one asked, seconds.</summary>
    public ushort? ServerKeepAlive { get; set; }

    /// <summary>CONNECT, CONNACK, AUTH: name of an enhanced authentication.</summary>
    public string? AuthenticationMethod { get; set; }

    /// <summary>CONNECT, CONNACK, AUTH: its bytes; at most 65,535.</summary>
    public ReadOnlyMemory<byte>? AuthenticationData { get; set; }

    /// <summary>CONNECT: false asks for no reason strings and user properties on answers.</summary>
    public bool? RequestProblemInformation { get; set; }

    /// <summary>Will: seconds between the end of the connection and the will.</summary>
    public uint? WillDelayInterval { get; set; }

    /// <summary>CONNECT: asks for <see cref="ResponseInformation"/>.</summary>
    public bool? RequestResponseInformation { get; set; }

    /// <summary>CONNACK: where answers may go.</summary>
    public string? ResponseInformation { get; set; }

    /// <summary>CONNACK, DISCONNECT: another server.</summary>
    public string? ServerReference { get; set; }

    /// <summary>Every answer: the reason in words.</summary>
    public string? ReasonString { get; set; }

    /// <summary>
    /// CONNECT, CONNACK: publishes above QoS 0 the sender takes unanswered, 1 to 65535; absent is 65535.
    /// </summary>
    public ushort? ReceiveMaximum { get; set; }

    /// <summary>CONNECT, CONNACK: highest topic alias the sender takes; absent is 0.</summary>
    public ushort? TopicAliasMaximum { get; set; }

    /// <summary>PUBLISH: stands for the topic; never 0.</summary>
    public ushort? TopicAlias { get; set; }

    /// <summary>CONNACK: 0 or 1; absent is 2.</summary>
    public MqttQualityOfServiceLevel? MaximumQoS { get; set; }

    /// <summary>CONNACK: retained messages are taken; absent is true.</summary>
    public bool? RetainAvailable { get; set; }

    /// <summary>All but the pings: in the order sent; a name may come twice.</summary>
    public IReadOnlyList<MqttUserProperty>? UserProperties { get; set; }

    /// <summary>
    /// CONNECT, CONNACK: bytes of the largest whole packet the sender takes; never 0; absent is no limit.
    /// </summary>
    public uint? MaximumPacketSize { get; set; }

    /// <summary>CONNACK: absent is true.</summary>
    public bool? WildcardSubscriptionAvailable { get; set; }

    /// <summary>CONNACK: absent is true.</summary>
    public bool? SubscriptionIdentifiersAvailable { get; set; }

    /// <summary>CONNACK: absent is true.</summary>
    public bool? SharedSubscriptionAvailable { get; set; }
}
