using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Client;

/// <summary>What the server said in CONNACK.</summary>
public sealed record MqttClientConnectResult
{
    /// <summary>Success, or why not.</summary>
    public required MqttConnectReasonCode ResultCode { get; init; }

    /// <summary>
    /// The server still has the session of before. Where one was expected and this is false, what it held is lost.
    /// </summary>
    public bool IsSessionPresent { get; init; }

    /// <summary>The server's Receive Maximum; 65535 where it said none, as in 3.1.1.</summary>
    public ushort ReceiveMaximum { get; init; } = ushort.MaxValue;

    /// <summary>Bytes of the largest packet the server takes; null for no limit said.</summary>
    public uint? MaximumPacketSize { get; init; }

    /// <summary>The highest QoS the server takes.</summary>
    public MqttQualityOfServiceLevel MaximumQoS { get; init; } = MqttQualityOfServiceLevel.ExactlyOnce;

    /// <summary>The identifier the server chose; null where it took ours.</summary>
    public string? AssignedClientIdentifier { get; init; }

    /// <summary>The keep-alive in force; zero for none.</summary>
    public TimeSpan KeepAlive { get; init; }

    /// <summary>The reason in the server's words; null for none.</summary>
    public string? ReasonString { get; init; }
}
