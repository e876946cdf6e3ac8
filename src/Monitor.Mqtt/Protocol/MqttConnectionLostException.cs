namespace Monitor.Mqtt.Protocol;

/// <summary>
/// The connection ended before the answer came. Whether the peer has the message is unknown: send it again on the next
/// connection, under an identity that lets the receiver see the repeat.
/// </summary>
public sealed class MqttConnectionLostException : Exception
{
    /// <summary>For serializers only.</summary>
    public MqttConnectionLostException() { }

    /// <summary>Why it ended.</summary>
    public MqttConnectionLostException(string message) : base(message) { }

    /// <summary>Why it ended, and the transport's own error.</summary>
    public MqttConnectionLostException(string message, Exception? innerException) : base(message, innerException) { }
}
