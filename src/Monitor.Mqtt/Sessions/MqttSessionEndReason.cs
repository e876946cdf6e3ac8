namespace Monitor.Mqtt.Sessions;

/// <summary>How a server session ended.</summary>
public enum MqttSessionEndReason
{
    /// <summary>The client sent DISCONNECT.</summary>
    ClientDisconnected,

    /// <summary>The connection closed or failed without DISCONNECT.</summary>
    ConnectionLost,

    /// <summary>No CONNECT, or no decision on it, in time.</summary>
    ConnectTimeout,

    /// <summary>CONNECT was refused.</summary>
    ConnectRefused,

    /// <summary>Nothing came for one and a half keep-alive periods.</summary>
    KeepAliveTimeout,

    /// <summary>The client broke the standard or a limit.</summary>
    ProtocolViolation,

    /// <summary>No room for a message of a 3.1.1 client, which can only be told by closing.</summary>
    Busy,

    /// <summary>A callback threw.</summary>
    CallbackFailed,

    /// <summary>The host ended this session.</summary>
    ServerDisconnected,

    /// <summary>The host is stopping.</summary>
    HostStopping,
}
