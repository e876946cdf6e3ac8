using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Sessions;

/// <summary>What a server decides, and its limits. One instance serves any number of sessions.</summary>
public sealed record MqttServerSessionOptions
{
    /// <summary>
    /// Takes or refuses a client. The session's client id, user name and version are set when it is called; of a client
    /// that sent no id, the one given to it.
    /// </summary>
    public required Func<MqttServerSession, MqttConnectPacket, CancellationToken, ValueTask<MqttConnectReasonCode>>
        Authenticate { get; init; }

    /// <summary>
    /// Takes a message. Its PUBACK (QoS 2: PUBREC) is written only after the task completes, and in the order the
    /// messages came; meanwhile further messages are handed over, at most <see cref="ReceiveMaximum"/> at once. The
    /// packet is the callee's to keep. The token is cancelled only when the host stops, never because the client
    /// left; the callee bounds its own time. In 5.0 the code travels to the client. In 3.1.1, <see
    /// cref="MqttPubAckReasonCode.QuotaExceeded"/> closes the connection without an answer, so that the client sends
    /// again; every other refusal is answered as taken, since the callee has kept it as a dead letter. An exception
    /// closes the connection without an answer.
    /// </summary>
    public required Func<MqttServerSession, MqttPublishPacket, CancellationToken, ValueTask<MqttPubAckReasonCode>>
        Publish { get; init; }

    /// <summary>
    /// Grants or refuses one topic filter; refuses all when null. A grant above QoS 1 or above what was asked is
    /// lowered. It must not wait for a publish to the same session: nothing is read meanwhile.
    /// </summary>
    public Func<MqttServerSession, MqttTopicFilter, CancellationToken, ValueTask<MqttSubscribeReasonCode>>?
        Subscribe { get; init; }

    /// <summary>
    /// Hears of each filter that was granted, once its SUBACK is on the way: the time to send what is retained, by
    /// <see cref="MqttServerSession.TryPublish"/>. True where the session had no subscription of that filter before.
    /// </summary>
    public Action<MqttServerSession, MqttTopicFilter, bool>? Subscribed { get; init; }

    /// <summary>Hears of a filter that was ended.</summary>
    public Func<MqttServerSession, string, CancellationToken, ValueTask>? Unsubscribe { get; init; }

    /// <summary>Hears that a client was taken, after its CONNACK is on the way and before its first message.</summary>
    public Action<MqttServerSession>? Connected { get; init; }

    /// <summary>
    /// How long to wait before a message is handed over; nothing more is read from the client meanwhile. Asked once for
    /// each message, of any QoS; null for never.
    /// </summary>
    public Func<MqttServerSession, MqttPublishPacket, TimeSpan>? Throttle { get; init; }

    /// <summary>
    /// Messages of one client being handled at once; told to 5.0 clients as Receive Maximum. 1 to 65535.
    /// </summary>
    public ushort ReceiveMaximum { get; init; } = 256;

    /// <summary>
    /// Messages of QoS 1 on the way to one client at once, where its own Receive Maximum is not lower.
    /// </summary>
    public ushort SendMaximum { get; init; } = 64;

    /// <summary>Topic filters of one client at once; more are refused with 0x97.</summary>
    public int SubscriptionsMaximum { get; init; } = 256;

    /// <summary>Bytes of the largest whole packet taken. A larger one ends the session with 0x95.</summary>
    public int MaximumPacketSize { get; init; } = 128 * 1024;

    /// <summary>Highest topic alias a 5.0 client may use; 0 for none.</summary>
    public ushort TopicAliasMaximum { get; init; }

    /// <summary>
    /// Longest keep-alive of a 5.0 client, seconds; a longer one, or none, is set to this by CONNACK. 0 leaves the
    /// client's. A 3.1.1 client cannot be told and keeps its own.
    /// </summary>
    public ushort KeepAliveMaximum { get; init; }

    /// <summary>
    /// Longest silence of a client that no keep-alive bounds, seconds: a 3.1.1 client that asked for none. It is then cut;
    /// both standards let a server do so (3.1.1 §3.1.2.10). 0 for no bound.
    /// </summary>
    public int SilenceMaximum { get; init; }

    /// <summary>Time from the opening of the connection to the end of authentication.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time given to the last bytes when the session ends.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The clock of keep-alive and timeouts.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
