using System.Collections.Concurrent;
using System.IO.Pipelines;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Mqtt.Transport;

namespace Monitor.Mqtt.Sessions;

/// <summary>
/// The server's end of one client connection. It keeps nothing beyond the connection: every CONNACK says that no
/// session is present, so a client sends again what was not answered.
/// </summary>
public sealed class MqttServerSession
{
    private const string HostStops = "The host is stopping.";
    private readonly MqttServerSessionOptions _options;
    private readonly PipeWriter _writer;
    private readonly MqttInput _input;
    private readonly MqttOutput _output;
    private readonly ConcurrentDictionary<string, MqttQualityOfServiceLevel> _subscriptions =
        new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<MqttSessionEnd> _end =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MqttIncomingPublishes? _incoming;
    private MqttPublishWindow? _outgoing;
    private MqttKeepAlive? _keepAlive;
    private bool _accepted;

    /// <summary>A session over what the transport gives. <see cref="RunAsync"/> completes both pipes.</summary>
    /// <param name="input">From the client.</param>
    /// <param name="output">To the client.</param>
    /// <param name="options">What the server decides.</param>
    /// <param name="remoteEndPoint">Where the client is, for the log.</param>
    public MqttServerSession(
        PipeReader input, PipeWriter output, MqttServerSessionOptions options, string? remoteEndPoint = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(options.ReceiveMaximum);
        ArgumentOutOfRangeException.ThrowIfZero(options.SendMaximum);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaximumPacketSize);
        (_options, _writer, RemoteEndPoint) = (options, output, remoteEndPoint);
        _input = new(input, options.MaximumPacketSize);
        _output = new(output, options.TimeProvider);
    }

    /// <summary>The client identifier: as sent, or as given to a client that sent none. Empty before CONNECT.</summary>
    public string ClientId { get; private set; } = string.Empty;

    /// <summary>The user name of CONNECT; null for none.</summary>
    public string? UserName { get; private set; }

    /// <summary>The version of CONNECT.</summary>
    public MqttProtocolVersion ProtocolVersion { get; private set; } = MqttProtocolVersion.V500;

    /// <summary>Where the client is, as the host said.</summary>
    public string? RemoteEndPoint { get; }

    /// <summary>The host's own, such as the identity it found.</summary>
    public object? Tag { get; set; }

    /// <summary>Completes when the session ends, before its callbacks have.</summary>
    public Task<MqttSessionEnd> Ended => _end.Task;

    /// <summary>The granted QoS of the filters that take the topic, the highest of them; null when none does.</summary>
    public MqttQualityOfServiceLevel? SubscribedTo(string topic)
    {
        MqttQualityOfServiceLevel? highest = null;
        foreach (var (filter, qos) in _subscriptions)
            if (!(qos <= highest) && MqttTopicFilterComparer.IsMatch(topic, filter)) highest = qos;
        return highest;
    }

    /// <summary>
    /// Serves the client until it leaves, breaks a rule, or the host stops; then completes both pipes and waits for the
    /// callbacks that still run. To be called once. What the client or the network does ends up in the result.
    /// </summary>
    public async Task<MqttSessionEnd> RunAsync(CancellationToken cancellationToken)
    {
        var sending = SendAsync();
        Task answering = Task.CompletedTask;
        MqttWill? will = null;
        await using (cancellationToken.Register(() => Disconnect(
            MqttDisconnectReasonCode.ServerShuttingDown, MqttSessionEndReason.HostStopping, HostStops)))
        {
            try
            {
                var connect = await ConnectAsync(cancellationToken);
                if (connect is not null)
                {
                    will = connect.Will;
                    answering = _incoming!.RunAsync(cancellationToken);
                    await ReceiveAsync(connect, cancellationToken);
                }
            }
            catch (MqttProtocolViolationException e)
            {
                End(new(MqttSessionEndReason.ProtocolViolation, e.ReasonCode, e.Message));
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or MqttConnectionLostException)
            {
                End(Lost("The connection failed.", e));
            }
            catch (Exception e)
            {
                Fail(e, cancellationToken);
            }
            End(Lost("The client closed without DISCONNECT.", null)); // only if nothing ended it before
        }
        _keepAlive?.Stop();
        await CloseAsync(sending);
        await answering;
        var end = await _end.Task;
        bool normal = end is { Reason: MqttSessionEndReason.ClientDisconnected, ReasonCode: 0 };
        return normal || will is null ? end : end with
        {
            Will = MqttApplicationMessage.From(will),
            WillDelay = TimeSpan.FromSeconds(will.Properties?.WillDelayInterval ?? 0),
        };
    }

    /// <summary>
    /// Publishes to the client at QoS 0 or 1, whether it subscribed or not; see <see cref="SubscribedTo"/>. Waits while
    /// too much is on the way; done when the client has answered, at QoS 0 when it is on the way.
    /// </summary>
    /// <exception cref="MqttConnectionLostException">The session ended first.</exception>
    /// <exception cref="ArgumentException">QoS 2, or larger than the client takes.</exception>
    public Task<MqttPubAckReasonCode> PublishAsync(MqttApplicationMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Outgoing().PublishAsync(message.ToPacket(), cancellationToken);
    }

    /// <summary>
    /// Publishes at QoS 0 if there is room now; false when the client reads too slowly or has gone. What is larger than
    /// the client takes is left out, and that is true [MQTT-3.1.2-25].
    /// </summary>
    /// <exception cref="ArgumentException">No topic name, or a property that cannot be said.</exception>
    public bool TryPublish(MqttApplicationMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        Outgoing();
        var packet = message.ToPacket();
        packet.QualityOfServiceLevel = MqttQualityOfServiceLevel.AtMostOnce;
        return _output.HasRoom && _output.WriteIfTaken(packet);
    }

    /// <summary>Ends the session from the host's side. A 5.0 client is told the reason.</summary>
    public void Disconnect(MqttDisconnectReasonCode reason) =>
        Disconnect(reason, MqttSessionEndReason.ServerDisconnected, "The host ended the session.");

    /// <summary>Ends the session; only the first end counts.</summary>
    internal void End(MqttSessionEnd end)
    {
        if (!_end.TrySetResult(end)) return;
        // [MQTT-3.14.0-1] Never before a CONNACK that accepts; and never in answer to a DISCONNECT.
        // Three bytes: a client that takes less is not told.
        bool told = _accepted && _output.PacketSizeMax >= 3 && ProtocolVersion == MqttProtocolVersion.V500
            && end.Reason is not (MqttSessionEndReason.ClientDisconnected or MqttSessionEndReason.ConnectionLost);
        if (told) _output.Write(new MqttDisconnectPacket { ReasonCode = end.ReasonCode });
        _output.Complete();
        _incoming?.Close();
        _outgoing?.Close(new MqttConnectionLostException(end.Detail, end.Exception));
        _input.Cancel();
    }

    /// <summary>A callback threw: ends the session without an answer.</summary>
    internal void Fail(Exception e, CancellationToken stopping)
    {
        // A stopping host cancels its callbacks, and may reach them before it reaches us.
        if (stopping.IsCancellationRequested)
            Disconnect(MqttDisconnectReasonCode.ServerShuttingDown, MqttSessionEndReason.HostStopping, HostStops);
        else
            End(new(MqttSessionEndReason.CallbackFailed, MqttDisconnectReasonCode.ImplementationSpecificError,
                "A callback failed.", e));
    }

    private static MqttSessionEnd Lost(string detail, Exception? e) =>
        new(MqttSessionEndReason.ConnectionLost, MqttDisconnectReasonCode.UnspecifiedError, detail, e);

    private void Disconnect(MqttDisconnectReasonCode code, MqttSessionEndReason reason, string detail) =>
        End(new(reason, code, detail));

    private MqttPublishWindow Outgoing() =>
        _outgoing ?? throw new InvalidOperationException("The client has not been accepted yet.");

    private async Task<Exception?> SendAsync()
    {
        try
        {
            await _output.RunAsync();
            if (!_end.Task.IsCompleted) End(Lost("The client no longer reads.", null));
            return null;
        }
        catch (Exception e)
        {
            End(Lost("Sending failed.", e));
            return e;
        }
    }

    private async Task CloseAsync(Task<Exception?> sending)
    {
        try
        {
            await sending.WaitAsync(_options.CloseTimeout, _options.TimeProvider);
        }
        catch (TimeoutException)
        {
            // The client does not take its last bytes: it loses them.
            _writer.CancelPendingFlush();
        }
        // With the failure, so that the pipe does not try to send once more what could not be sent.
        await _writer.CompleteAsync(await sending);
        await _input.CompleteAsync();
    }

    /// <summary>The packet of a client that was taken; null when it was not, or ended before.</summary>
    private async Task<MqttConnectPacket?> ConnectAsync(CancellationToken cancellationToken)
    {
        await using var timeout = _options.TimeProvider.CreateTimer(
            _ => Disconnect(MqttDisconnectReasonCode.MaximumConnectTime, MqttSessionEndReason.ConnectTimeout,
                "No CONNECT, or no decision on it, in time."),
            null, _options.ConnectTimeout, Timeout.InfiniteTimeSpan);
        MqttPacket? first;
        try
        {
            first = await _input.NextAsync();
        }
        catch (MqttProtocolViolationException e) when (e.UnsupportedLevel is byte level)
        {
            _output.Version = level < 5 ? MqttProtocolVersion.V311 : MqttProtocolVersion.V500;
            Refuse(MqttConnectReasonCode.UnsupportedProtocolVersion); // [MQTT-3.1.2-2]
            return null;
        }
        if (first is null) return null;
        if (first is not MqttConnectPacket connect) // [MQTT-3.1.0-1]
            throw new MqttProtocolViolationException(MqttDisconnectReasonCode.ProtocolError,
                $"{first.PacketType} before CONNECT.");
        var handshake = new MqttHandshake(_options, connect);
        ProtocolVersion = _input.Version = _output.Version = connect.ProtocolVersion;
        _output.PacketSizeMax = connect.Properties?.MaximumPacketSize ?? uint.MaxValue;
        (ClientId, UserName) = (handshake.ClientId, connect.Username);
        var reason = handshake.Fault ?? await _options.Authenticate(this, connect, cancellationToken);
        if (_end.Task.IsCompleted) return null;
        if (reason != MqttConnectReasonCode.Success)
        {
            Refuse(reason);
            return null;
        }
        _incoming = new(this, _options, _output, connect.ProtocolVersion);
        _outgoing = new(_output, Math.Min(_options.SendMaximum, connect.Properties?.ReceiveMaximum ?? ushort.MaxValue));
        _keepAlive = Watch(handshake.Silence);
        _output.Write(handshake.Accepted());
        _accepted = true;
        // An end that came between the check and here has not seen the two windows.
        if (_end.Task.IsCompleted) return null;
        _options.Connected?.Invoke(this);
        return connect;
    }

    private void Refuse(MqttConnectReasonCode reason)
    {
        _output.Write(new MqttConnAckPacket { ReasonCode = reason });
        End(new(MqttSessionEndReason.ConnectRefused, MqttDisconnectReasonCode.NotAuthorized,
            $"CONNECT refused: {reason}."));
    }

    // [MQTT-3.1.2-22]
    private MqttKeepAlive Watch(TimeSpan limit) => new(_options.TimeProvider, limit, () => Disconnect(
        MqttDisconnectReasonCode.KeepAliveTimeout, MqttSessionEndReason.KeepAliveTimeout,
        $"Nothing came for {limit.TotalSeconds} s."));

    private async Task ReceiveAsync(MqttConnectPacket connect, CancellationToken cancellationToken)
    {
        var inbox = new MqttSessionInbox(this, _options, _output, _incoming!, _outgoing!, _subscriptions, connect);
        while (await _input.NextAsync() is { } packet)
        {
            _keepAlive!.Touch();
            await inbox.HandleAsync(packet, _keepAlive, cancellationToken);
            if (_end.Task.IsCompleted) return;
            // A client that does not read its answers is not read either; its keep-alive goes on.
            var room = _output.WaitForRoomAsync();
            if (!room.IsCompleted) await room;
        }
    }
}
