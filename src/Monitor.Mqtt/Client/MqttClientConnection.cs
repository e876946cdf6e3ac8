using System.IO.Pipelines;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Mqtt.Transport;

namespace Monitor.Mqtt.Client;

/// <summary>
/// The client's tasks over one transport: one sends, one receives, a timer keeps the connection alive.
/// </summary>
internal sealed class MqttClientConnection
{
    private readonly MqttClientOptions _options;
    private readonly TimeProvider _clock;
    private readonly Action<MqttClientDisconnectedReason> _ended;
    private readonly PipeWriter _writer;
    private readonly MqttInput _input;
    private readonly MqttOutput _output;
    private readonly TaskCompletionSource<MqttClientDisconnectedReason> _end = new();
    private MqttPublishWindow? _publishes;
    private bool _accepted;

    internal MqttClientConnection(
        PipeReader input, PipeWriter output, MqttClientOptions options, TimeProvider clock,
        Action<MqttClientDisconnectedReason> ended)
    {
        (_options, _clock, _ended, _writer) = (options, clock, ended, output);
        _input = new(input, options.MaximumPacketSize) { Version = options.ProtocolVersion };
        _output = new(output, clock) { Version = options.ProtocolVersion };
        Requests = new(_output);
        Received = new(_output, options.ProtocolVersion == MqttProtocolVersion.V500 && options.EnforcesReceiveMaximum,
            options.ReceiveMaximum);
    }

    internal MqttRequests Requests { get; }

    internal MqttReceiveWindow Received { get; }

    internal MqttPublishWindow Publishes => _publishes ?? throw new InvalidOperationException("Not connected yet.");

    /// <summary>Runs the connection to its end. What goes wrong is told to whoever waits, never thrown.</summary>
    internal async Task RunAsync(TaskCompletionSource<MqttClientConnectResult> connected)
    {
        var sending = SendAsync();
        try
        {
            _output.Write(_options.ToConnect());
            if (await HandshakeAsync() is { } result)
            {
                // Watched from before the caller knows, so that no silence goes unnoticed.
                using var keepAlive = Watch(result.KeepAlive);
                connected.TrySetResult(result);
                if (result.ResultCode == MqttConnectReasonCode.Success) await ReceiveAsync(keepAlive);
                else End(new(MqttDisconnectReasonCode.NotAuthorized, $"CONNECT refused: {result.ResultCode}."));
            }
            End(new(MqttDisconnectReasonCode.UnspecifiedError, "The server closed the connection."));
        }
        catch (MqttProtocolViolationException e)
        {
            End(new(e.ReasonCode, e.Message));
        }
        catch (Exception e)
        {
            End(new(MqttDisconnectReasonCode.UnspecifiedError, "The connection failed.", Exception: e));
        }
        var end = await _end.Task;
        await CloseAsync(sending);
        connected.TrySetException(end.Exception is ArgumentException wrong
            ? wrong : new MqttConnectionLostException(end.Detail, end.Exception));
        _ = connected.Task.Exception; // seen: a caller that timed out no longer waits for it
    }

    /// <summary>Ends the connection; only the first end counts. Whoever waits for an answer gets the reason.</summary>
    internal void End(MqttClientDisconnectedReason reason)
    {
        if (!_end.TrySetResult(reason)) return;
        // [MQTT-3.14.0] of 3.1.1: its DISCONNECT means a normal end; of a failed one the server keeps the will.
        bool told = _accepted && !reason.ByServer && reason.Exception is null
            && (_options.ProtocolVersion == MqttProtocolVersion.V500 || reason.ReasonCode == 0);
        if (told) _output.Write(new MqttDisconnectPacket { ReasonCode = reason.ReasonCode });
        _output.Complete();
        var lost = new MqttConnectionLostException(reason.Detail, reason.Exception);
        _publishes?.Close(lost);
        Requests.Close(lost);
        Received.Close();
        _input.Cancel();
        _ended(reason);
    }

    private async Task<Exception?> SendAsync()
    {
        try
        {
            await _output.RunAsync();
            End(new(MqttDisconnectReasonCode.UnspecifiedError, "The server no longer reads."));
            return null;
        }
        catch (Exception e)
        {
            End(new(MqttDisconnectReasonCode.UnspecifiedError, "Sending failed.", Exception: e));
            return e;
        }
    }

    private async Task CloseAsync(Task<Exception?> sending)
    {
        try
        {
            await sending.WaitAsync(_options.Timeout, _clock);
        }
        catch (TimeoutException)
        {
            // The server does not take our last bytes: it loses them.
            _writer.CancelPendingFlush();
        }
        // With the failure, so that the pipe does not try to send once more what could not be sent.
        await _writer.CompleteAsync(await sending);
        await _input.CompleteAsync();
    }

    /// <summary>What the server said; null when it closed first.</summary>
    private async Task<MqttClientConnectResult?> HandshakeAsync()
    {
        var first = await _input.NextAsync();
        if (first is null) return null;
        if (first is not MqttConnAckPacket answer) // [MQTT-3.2.0-1]
            throw new MqttProtocolViolationException(MqttDisconnectReasonCode.ProtocolError,
                $"{first.PacketType} before CONNACK.");
        if (answer.IsSessionPresent && _options.CleanSession) // [MQTT-3.2.2-4]
            throw new MqttProtocolViolationException(MqttDisconnectReasonCode.ProtocolError,
                "The server says that it kept a session which was to begin anew.");
        ushort receiveMaximum = answer.Properties?.ReceiveMaximum ?? ushort.MaxValue;
        _output.PacketSizeMax = answer.Properties?.MaximumPacketSize ?? uint.MaxValue;
        _publishes = new(_output, Math.Min(_options.SendMaximum, receiveMaximum))
        {
            QoSMaximum = answer.Properties?.MaximumQoS ?? MqttQualityOfServiceLevel.ExactlyOnce,
            RetainAvailable = answer.Properties?.RetainAvailable ?? true,
        };
        _accepted = answer.ReasonCode == MqttConnectReasonCode.Success;
        return new()
        {
            ResultCode = answer.ReasonCode,
            IsSessionPresent = answer.IsSessionPresent,
            ReceiveMaximum = receiveMaximum,
            MaximumPacketSize = answer.Properties?.MaximumPacketSize,
            MaximumQoS = Publishes.QoSMaximum,
            AssignedClientIdentifier = answer.Properties?.AssignedClientIdentifier,
            // [MQTT-3.2.2-21] The server's word decides.
            KeepAlive = answer.Properties?.ServerKeepAlive is ushort seconds
                ? TimeSpan.FromSeconds(seconds)
                : TimeSpan.FromSeconds(Math.Floor(_options.KeepAlivePeriod.TotalSeconds)),
            ReasonString = answer.Properties?.ReasonString,
        };
    }

    private MqttClientKeepAlive Watch(TimeSpan period) => new(
        _clock, period, () => _output.LastWrite, () => _output.Write(new MqttPingReqPacket()),
        () => End(new(MqttDisconnectReasonCode.KeepAliveTimeout, $"The server was silent for {period * 1.25}.")));

    private async Task ReceiveAsync(MqttClientKeepAlive keepAlive)
    {
        while (await _input.NextAsync() is { } packet)
        {
            keepAlive.Touch();
            if (packet is MqttPublishPacket message)
            {
                var taken = Received.AcceptAsync(message);
                if (!taken.IsCompletedSuccessfully)
                {
                    keepAlive.Hold();
                    await taken;
                    keepAlive.Resume();
                }
            }
            else Handle(packet);
            if (_end.Task.IsCompleted) return;
        }
    }

    private void Handle(MqttPacket packet)
    {
        bool expected = packet switch
        {
            MqttPubAckPacket p => Publishes.Acknowledge(p.PacketIdentifier, p.ReasonCode),
            MqttSubAckPacket or MqttUnsubAckPacket => Requests.Answer((MqttPacketWithIdentifier)packet),
            MqttPingRespPacket => true,
            MqttDisconnectPacket => _options.ProtocolVersion == MqttProtocolVersion.V500,
            _ => false,
        };
        if (!expected)
            throw new MqttProtocolViolationException(MqttDisconnectReasonCode.ProtocolError,
                $"{packet.PacketType} has no place here.");
        if (packet is MqttDisconnectPacket bye)
            End(new(bye.ReasonCode, bye.Properties?.ReasonString ?? "The server disconnected.", ByServer: true));
    }
}
