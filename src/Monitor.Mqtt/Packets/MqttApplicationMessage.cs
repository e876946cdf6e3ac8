using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Packets;

/// <summary>A message as an application sees it: without packet identifier, alias or duplicate flag.</summary>
public sealed record MqttApplicationMessage
{
    /// <summary>The topic name, without wildcards.</summary>
    public required string Topic { get; init; }

    /// <summary>The payload, any bytes.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The delivery promise.</summary>
    public MqttQualityOfServiceLevel QualityOfServiceLevel { get; init; }

    /// <summary>To be kept by a server as the last value of its topic.</summary>
    public bool Retain { get; init; }

    /// <summary>The type of the content. This and all below: MQTT 5.0 only, left out in 3.1.1.</summary>
    public string? ContentType { get; init; }

    /// <summary>Where the answer goes.</summary>
    public string? ResponseTopic { get; init; }

    /// <summary>What the answer must carry.</summary>
    public ReadOnlyMemory<byte>? CorrelationData { get; init; }

    /// <summary>Seconds until the message is dropped. Never on readings: it is silent deletion.</summary>
    public uint? MessageExpiryInterval { get; init; }

    /// <summary>Whether the payload is said to be text; null for not said.</summary>
    public MqttPayloadFormatIndicator? PayloadFormatIndicator { get; init; }

    /// <summary>Names and values of the sender's own.</summary>
    public IReadOnlyList<MqttUserProperty> UserProperties { get; init; } = [];

    internal MqttPublishPacket ToPacket() => new()
    {
        Topic = Topic,
        Payload = Payload,
        QualityOfServiceLevel = QualityOfServiceLevel,
        Retain = Retain,
        Properties = ToProperties(),
    };

    internal static MqttApplicationMessage From(MqttPublishPacket packet) => From(
        packet.Topic, packet.Payload, packet.QualityOfServiceLevel, packet.Retain, packet.Properties);

    internal static MqttApplicationMessage From(MqttWill will) => From(
        will.Topic, will.Payload, will.QualityOfServiceLevel, will.Retain, will.Properties);

    internal MqttWill ToWill(uint? delaySeconds)
    {
        var properties = ToProperties();
        if (delaySeconds is not null) (properties ??= new()).WillDelayInterval = delaySeconds;
        return new()
        {
            Topic = Topic,
            Payload = Payload,
            QualityOfServiceLevel = QualityOfServiceLevel,
            Retain = Retain,
            Properties = properties,
        };
    }

    private static MqttApplicationMessage From(
        string topic, ReadOnlyMemory<byte> payload, MqttQualityOfServiceLevel qos, bool retain,
        MqttProperties? p) => new()
    {
        Topic = topic,
        Payload = payload,
        QualityOfServiceLevel = qos,
        Retain = retain,
        ContentType = p?.ContentType,
        ResponseTopic = p?.ResponseTopic,
        CorrelationData = p?.CorrelationData,
        MessageExpiryInterval = p?.MessageExpiryInterval,
        PayloadFormatIndicator = p?.PayloadFormatIndicator,
        UserProperties = p?.UserProperties ?? [],
    };

    private MqttProperties? ToProperties()
    {
        bool any = ContentType is not null || ResponseTopic is not null || CorrelationData is not null
            || MessageExpiryInterval is not null || PayloadFormatIndicator is not null || UserProperties.Count > 0;
        return !any ? null : new()
        {
            ContentType = ContentType,
            ResponseTopic = ResponseTopic,
            CorrelationData = CorrelationData,
            MessageExpiryInterval = MessageExpiryInterval,
            PayloadFormatIndicator = PayloadFormatIndicator,
            UserProperties = UserProperties.Count > 0 ? UserProperties : null,
        };
    }
}
