using System.Threading.Channels;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Mqtt.Transport;

namespace Monitor.Mqtt.Sessions;

/// <summary>
/// The messages a client has sent and that are not yet answered. Callbacks run side by side; answers leave in the
/// order the messages came [MQTT-4.6.0-2], all that are ready together in one flush.
/// </summary>
internal sealed class MqttIncomingPublishes(
    MqttServerSession session, MqttServerSessionOptions options, MqttOutput output, MqttProtocolVersion version)
{
    private readonly Channel<Pending> _pending = Channel.CreateUnbounded<Pending>(
        new() { SingleReader = true, SingleWriter = true });

    private readonly MqttWindow _places = new(options.ReceiveMaximum);

    // QoS 2 identifiers between PUBLISH and PUBREL; true once PUBREC is on the way.
    private readonly Dictionary<ushort, bool> _held = [];
    private readonly Lock _gate = new();

    // Of QoS 1 and 2, as Receive Maximum counts them: until PUBACK, PUBCOMP, or a PUBREC that refuses.
    private int _unanswered;

    private readonly record struct Pending(
        ushort Identifier, MqttQualityOfServiceLevel QoS, ValueTask<MqttPubAckReasonCode> Work);

    /// <summary>Starts the callback for a message; waits first while too many are being handled.</summary>
    /// <exception cref="MqttProtocolViolationException">
    /// More unanswered than the Receive Maximum told. [MQTT-3.3.4-9]
    /// </exception>
    /// <exception cref="MqttConnectionLostException">The session ended while it waited.</exception>
    internal async ValueTask AcceptAsync(
        MqttPublishPacket packet, MqttKeepAlive keepAlive, CancellationToken cancellationToken)
    {
        if (packet.QualityOfServiceLevel > 0 && !Count(packet)) return;
        if (!_places.TryTake())
        {
            keepAlive.Hold();
            await _places.TakeAsync(cancellationToken);
            keepAlive.Resume();
        }
        ValueTask<MqttPubAckReasonCode> work;
        TimeSpan pause = options.Throttle?.Invoke(session, packet) ?? TimeSpan.Zero;
        if (pause > TimeSpan.Zero) await PauseAsync(pause, keepAlive, cancellationToken);
        try
        {
            work = options.Publish(session, packet, cancellationToken);
        }
        catch (Exception e)
        {
            // Thrown before its first await: the same as a task that failed, and seen in its turn.
            work = ValueTask.FromException<MqttPubAckReasonCode>(e);
        }
        _pending.Writer.TryWrite(new(packet.PacketIdentifier, packet.QualityOfServiceLevel, work));
    }

    /// <summary>PUBREL: the identifier is free again. [MQTT-4.3.3-11]</summary>
    internal void Release(ushort identifier)
    {
        bool known;
        lock (_gate)
        {
            known = _held.TryGetValue(identifier, out bool answered);
            if (known && !answered)
                throw new MqttProtocolViolationException(MqttDisconnectReasonCode.ProtocolError,
                    $"PUBREL {identifier} before its PUBREC.");
            _held.Remove(identifier);
        }
        if (known) Interlocked.Decrement(ref _unanswered);
        var reason = known ? MqttPubCompReasonCode.Success : MqttPubCompReasonCode.PacketIdentifierNotFound;
        output.WriteAck(MqttControlPacketType.PubComp, identifier, (byte)reason);
        output.Signal();
    }

    /// <summary>No more messages, and nobody waits for a place.</summary>
    internal void Close()
    {
        _pending.Writer.TryComplete();
        _places.Close(new MqttConnectionLostException("The session ended."));
    }

    /// <summary>Answers until <see cref="Close"/>; then waits for the callbacks that still run.</summary>
    internal async Task RunAsync(CancellationToken stopping)
    {
        while (await _pending.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (_pending.Reader.TryRead(out var next))
            {
                // What is ready leaves before we wait for what is not.
                if (!next.Work.IsCompleted) output.Signal();
                await AnswerAsync(next, stopping);
                _places.Release();
            }
            output.Signal();
        }
    }

    /// <summary>Reads nothing more for a while, or until the session ends.</summary>
    private async Task PauseAsync(TimeSpan pause, MqttKeepAlive keepAlive, CancellationToken cancellationToken)
    {
        keepAlive.Hold();
        await Task.WhenAny(Task.Delay(pause, options.TimeProvider, cancellationToken), session.Ended);
        keepAlive.Resume();
    }

    /// <summary>False for a repeat of a QoS 2 message that is still held: it is not handed over twice.</summary>
    private bool Count(MqttPublishPacket packet)
    {
        if (packet.QualityOfServiceLevel == MqttQualityOfServiceLevel.ExactlyOnce)
        {
            lock (_gate)
            {
                if (_held.TryGetValue(packet.PacketIdentifier, out bool answered))
                {
                    if (!answered) return false;
                    output.WriteAck(MqttControlPacketType.PubRec, packet.PacketIdentifier, 0);
                    output.Signal();
                    return false;
                }
                _held.Add(packet.PacketIdentifier, false);
            }
        }
        // A 3.1.1 client knows of no maximum: it is held back by not being read.
        if (Interlocked.Increment(ref _unanswered) > options.ReceiveMaximum && version == MqttProtocolVersion.V500)
            throw new MqttProtocolViolationException(MqttDisconnectReasonCode.ReceiveMaximumExceeded,
                $"More than {options.ReceiveMaximum} messages unanswered.");
        return true;
    }

    private async ValueTask AnswerAsync(Pending next, CancellationToken stopping)
    {
        MqttPubAckReasonCode reason;
        try
        {
            reason = await next.Work;
        }
        catch (Exception e)
        {
            session.Fail(e, stopping);
            return;
        }
        if (next.QoS == MqttQualityOfServiceLevel.AtMostOnce) return;
        bool refused = (byte)reason >= 0x80;
        if (refused && version == MqttProtocolVersion.V311)
        {
            if (reason == MqttPubAckReasonCode.QuotaExceeded)
            {
                session.End(new(MqttSessionEndReason.Busy, MqttDisconnectReasonCode.QuotaExceeded,
                    "No room for a message; a 3.1.1 client is told by closing."));
                return;
            }
            refused = false;
        }
        if (next.QoS == MqttQualityOfServiceLevel.ExactlyOnce)
        {
            AnswerReceived(next.Identifier, reason, refused);
            return;
        }
        Interlocked.Decrement(ref _unanswered);
        output.WriteAck(MqttControlPacketType.PubAck, next.Identifier, (byte)reason);
    }

    private void AnswerReceived(ushort identifier, MqttPubAckReasonCode reason, bool refused)
    {
        lock (_gate)
        {
            if (refused)
            {
                _held.Remove(identifier);
                Interlocked.Decrement(ref _unanswered);
            }
            else _held[identifier] = true;
        }
        output.WriteAck(MqttControlPacketType.PubRec, identifier, (byte)reason);
    }
}
