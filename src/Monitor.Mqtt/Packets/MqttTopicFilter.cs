using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Packets;

/// <summary>A topic filter and how its messages are wanted.</summary>
public sealed record MqttTopicFilter
{
    /// <summary>The filter; <c>+</c> stands for one level, a last <c>#</c> for all that follow.</summary>
    public required string Topic { get; init; }

    /// <summary>The highest delivery promise wanted.</summary>
    public MqttQualityOfServiceLevel QualityOfServiceLevel { get; init; }

    /// <summary>Not the client's own messages. MQTT 5.0 only.</summary>
    public bool NoLocal { get; init; }

    /// <summary>Keep the retain flag as published. MQTT 5.0 only.</summary>
    public bool RetainAsPublished { get; init; }

    /// <summary>What to do with retained messages. MQTT 5.0 only.</summary>
    public MqttRetainHandling RetainHandling { get; init; }
}
