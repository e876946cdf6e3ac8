using System.Globalization;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Sessions;

/// <summary>What a server works out from CONNECT before and beside authentication (§3.1.4, §3.2).</summary>
internal sealed class MqttHandshake
{
    private readonly MqttServerSessionOptions _options;
    private readonly MqttConnectPacket _connect;

    internal MqttHandshake(MqttServerSessionOptions options, MqttConnectPacket connect)
    {
        (_options, _connect) = (options, connect);
        ClientId = connect.ClientId.Length > 0
            ? connect.ClientId : "auto-" + Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
    }

    private bool V5 => _connect.ProtocolVersion == MqttProtocolVersion.V500;

    /// <summary>As sent, or made up. [MQTT-3.1.3-6]</summary>
    internal string ClientId { get; }

    /// <summary>Why the client cannot be taken, whoever it is; null when it can.</summary>
    internal MqttConnectReasonCode? Fault =>
        // [MQTT-3.1.3-8] of 3.1.1: no identifier only with a clean session.
        !V5 && _connect is { ClientId.Length: 0, CleanSession: false } ? MqttConnectReasonCode.ClientIdentifierNotValid
        // [MQTT-4.12.0-1] No enhanced authentication is supported.
        : _connect.Properties?.AuthenticationMethod is not null ? MqttConnectReasonCode.BadAuthenticationMethod
        : null;

    /// <summary>Seconds between packets that count; 0 for no limit.</summary>
    internal ushort KeepAliveSeconds => ServerKeepAlive ?? _connect.KeepAlivePeriod;

    /// <summary>How long the client may be silent; zero for ever. [MQTT-3.1.2-22]: one and a half keep-alives.</summary>
    internal TimeSpan Silence =>
        TimeSpan.FromSeconds(KeepAliveSeconds > 0 ? 1.5 * KeepAliveSeconds : _options.SilenceMaximum);

    private ushort? ServerKeepAlive
    {
        get
        {
            ushort max = _options.KeepAliveMaximum, asked = _connect.KeepAlivePeriod;
            return V5 && max > 0 && (asked == 0 || asked > max) ? max : null;
        }
    }

    /// <summary>The CONNACK of a client that is taken.</summary>
    internal MqttConnAckPacket Accepted() => new()
    {
        ReasonCode = MqttConnectReasonCode.Success,
        Properties = !V5 ? null : new()
        {
            // What was asked and is not kept must be said; 0 asked needs no answer.
            SessionExpiryInterval = _connect.Properties?.SessionExpiryInterval > 0 ? 0u : null,
            AssignedClientIdentifier = _connect.ClientId.Length == 0 ? ClientId : null,
            ServerKeepAlive = ServerKeepAlive,
            ReceiveMaximum = _options.ReceiveMaximum,
            MaximumPacketSize = (uint)_options.MaximumPacketSize,
            TopicAliasMaximum = _options.TopicAliasMaximum > 0 ? _options.TopicAliasMaximum : null,
            SubscriptionIdentifiersAvailable = false,
            SharedSubscriptionAvailable = false,
        },
    };
}
