namespace Monitor.Mqtt.Protocol;

/// <summary>
/// The other side sent what the standard forbids. The connection must be closed, with <see cref="ReasonCode"/>.
/// </summary>
public sealed class MqttProtocolViolationException : Exception
{
    /// <summary>For serializers only.</summary>
    public MqttProtocolViolationException() { }

    /// <summary>A malformed packet, and what is wrong with it.</summary>
    public MqttProtocolViolationException(string message) : base(message) { }

    /// <summary>A malformed packet, what is wrong with it, and the cause.</summary>
    public MqttProtocolViolationException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>What is wrong, and the code to close with.</summary>
    public MqttProtocolViolationException(MqttDisconnectReasonCode reasonCode, string message)
        : base(message) => ReasonCode = reasonCode;

    /// <summary>The code for DISCONNECT.</summary>
    public MqttDisconnectReasonCode ReasonCode { get; } = MqttDisconnectReasonCode.MalformedPacket;

    /// <summary>The protocol level that CONNECT asked for, where that is the fault; else null.</summary>
    public byte? UnsupportedLevel { get; init; }
}
