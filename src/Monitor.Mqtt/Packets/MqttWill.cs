using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Packets;

/// <summary>The message a server publishes for a client whose connection ends without DISCONNECT.</summary>
public sealed class MqttWill
{
    /// <summary>The topic name, without wildcards.</summary>
    public string Topic { get; set; } = string.Empty;

    /// <summary>The payload, any bytes; at most 65,535.</summary>
    public ReadOnlyMemory<byte> Payload { get; set; }

    /// <summary>The delivery promise.</summary>
    public MqttQualityOfServiceLevel QualityOfServiceLevel { get; set; }

    /// <summary>To be kept as the last value of its topic.</summary>
    public bool Retain { get; set; }

    /// <summary>MQTT 5.0 properties, among them the Will Delay Interval; null for none.</summary>
    public MqttProperties? Properties { get; set; }
}
