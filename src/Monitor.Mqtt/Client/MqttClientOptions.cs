using System.Net.Security;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Client;

/// <summary>Where to connect, as whom, and within which limits.</summary>
public sealed record MqttClientOptions
{
    /// <summary>Host name or address of the server.</summary>
    public string Server { get; init; } = "localhost";

    /// <summary>TCP port.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>TLS as it is to be spoken; null for none. An empty target host becomes <see cref="Server"/>.</summary>
    public SslClientAuthenticationOptions? TlsOptions { get; init; }

    /// <summary>The version to speak.</summary>
    public MqttProtocolVersion ProtocolVersion { get; init; } = MqttProtocolVersion.V500;

    /// <summary>The client identifier; empty asks the server to choose.</summary>
    public string ClientId { get; init; } = string.Empty;

    /// <summary>The user name; null for none.</summary>
    public string? UserName { get; init; }

    /// <summary>The password; null for none.</summary>
    public ReadOnlyMemory<byte>? Password { get; init; }

    /// <summary>True drops the session the server may have kept (Clean Session of 3.1.1, Clean Start of 5.0).</summary>
    public bool CleanSession { get; init; } = true;

    /// <summary>
    /// Seconds the server is to keep the session after the connection. MQTT 5.0 only; its default, 0, keeps none.
    /// </summary>
    public uint SessionExpiryInterval { get; init; }

    /// <summary>
    /// Whole seconds, at most 65,535; zero for none. The client pings after half of it, and takes a server that stays
    /// silent for lost within one and a half of it. A 5.0 server may set another.
    /// </summary>
    public TimeSpan KeepAlivePeriod { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Messages received and not yet acknowledged, at most; told to the server in 5.0. 1 to 65535.</summary>
    public ushort ReceiveMaximum { get; init; } = 64;

    /// <summary>
    /// Whether a 5.0 server that sends more unanswered messages is left. Where not, it is held back by not being read, as one of
    /// 3.1.1 is: for servers that are known to send more, as Mosquitto 2.0 with <c>max_inflight_messages 0</c>.
    /// </summary>
    public bool EnforcesReceiveMaximum { get; init; } = true;

    /// <summary>
    /// Messages of QoS 1 on the way at once, where the server's Receive Maximum is not lower. 1 to 65535.
    /// </summary>
    public ushort SendMaximum { get; init; } = 64;

    /// <summary>Bytes of the largest whole packet taken; told to the server in 5.0.</summary>
    public int MaximumPacketSize { get; init; } = 1024 * 1024;

    /// <summary>What the server is to publish when the connection ends without DISCONNECT; null for nothing.</summary>
    public MqttApplicationMessage? Will { get; init; }

    /// <summary>Seconds between the end of the connection and the will. MQTT 5.0 only.</summary>
    public uint? WillDelayInterval { get; init; }

    /// <summary>Time for connecting, up to CONNACK, and for the last bytes at the end.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    internal MqttConnectPacket ToConnect() => new()
    {
        ProtocolVersion = ProtocolVersion,
        ClientId = ClientId,
        CleanSession = CleanSession,
        KeepAlivePeriod = checked((ushort)KeepAlivePeriod.TotalSeconds),
        Username = UserName,
        Password = Password,
        Will = Will?.ToWill(WillDelayInterval),
        Properties = ProtocolVersion != MqttProtocolVersion.V500 ? null : new()
        {
            SessionExpiryInterval = SessionExpiryInterval > 0 ? SessionExpiryInterval : null,
            ReceiveMaximum = ReceiveMaximum,
            MaximumPacketSize = (uint)MaximumPacketSize,
        },
    };
}
