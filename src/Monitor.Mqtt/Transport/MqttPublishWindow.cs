using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Transport;

/// <summary>
/// The publishes this side sends at QoS 1: at most so many unanswered as the peer's Receive Maximum and our own window
/// allow [MQTT-3.3.4-7], sent in the order they were asked for, each with an identifier of its own, each completed by
/// its PUBACK or by the end of the connection.
/// </summary>
internal sealed class MqttPublishWindow(MqttOutput output, ushort places)
{
    /// <summary>Highest identifier of a publish; those above are kept for requests, which share the space.</summary>
    internal const ushort IdentifierMax = ushort.MaxValue - 32;

    /// <summary>The highest QoS that the peer takes; more is refused here. [MQTT-3.2.2-11]</summary>
    internal MqttQualityOfServiceLevel QoSMaximum { get; init; } = MqttQualityOfServiceLevel.ExactlyOnce;

    /// <summary>Whether the peer retains; where it does not, it is not asked to. [MQTT-3.2.2-14]</summary>
    internal bool RetainAvailable { get; init; } = true;

    private readonly Lock _gate = new();
    private readonly int _places = Math.Min(places, IdentifierMax);
    private readonly Dictionary<ushort, Pending> _unanswered = [];
    private readonly Queue<Pending> _waiting = new();
    private ushort _lastIdentifier;
    private MqttConnectionLostException? _lost;

    private sealed class Pending(MqttPublishPacket packet)
        : TaskCompletionSource<MqttPubAckReasonCode>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        internal MqttPublishPacket Packet { get; } = packet;
    }

    /// <summary>Publishes; done at PUBACK, for QoS 0 as soon as it is on its way.</summary>
    /// <exception cref="MqttConnectionLostException">
    /// The connection ended first: whether the peer has it is unknown.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller gave up; the message may still arrive.</exception>
    internal async Task<MqttPubAckReasonCode> PublishAsync(
        MqttPublishPacket packet, CancellationToken cancellationToken)
    {
        if (packet.QualityOfServiceLevel > QoSMaximum)
            throw new ArgumentException($"The peer takes nothing above QoS {(int)QoSMaximum}.");
        packet.Retain &= RetainAvailable;
        if (packet.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce)
        {
            await output.WaitForRoomAsync().WaitAsync(cancellationToken);
            if (!output.Write(packet)) throw Lost();
            return MqttPubAckReasonCode.Success;
        }
        if (packet.QualityOfServiceLevel == MqttQualityOfServiceLevel.ExactlyOnce)
            throw new ArgumentException("This side publishes at QoS 0 and 1; QoS 2 is taken, not sent.");
        cancellationToken.ThrowIfCancellationRequested();
        var pending = new Pending(packet);
        lock (_gate)
        {
            if (_lost is not null) throw _lost;
            _waiting.Enqueue(pending);
            SendWaiting();
        }
        if (!cancellationToken.CanBeCanceled) return await pending.Task;
        // One that still waits is then not sent; one that was sent keeps its place until its answer comes.
        await using var giveUp = cancellationToken.Register(() => pending.TrySetCanceled(cancellationToken));
        return await pending.Task;
    }

    /// <summary>Completes a publish. False for an identifier that waits for no answer.</summary>
    internal bool Acknowledge(ushort identifier, MqttPubAckReasonCode reason)
    {
        Pending? answered;
        lock (_gate)
        {
            if (!_unanswered.Remove(identifier, out answered)) return false;
            SendWaiting();
        }
        answered.TrySetResult(reason);
        return true;
    }

    /// <summary>Ends every wait, now and later, with this.</summary>
    internal void Close(MqttConnectionLostException lost)
    {
        Pending[] ended;
        lock (_gate)
        {
            _lost ??= lost;
            ended = [.. _unanswered.Values, .. _waiting];
            _unanswered.Clear();
            _waiting.Clear();
        }
        foreach (var pending in ended) pending.TrySetException(lost);
    }

    /// <summary>Sends what there is a place for. Under the lock, so that the order asked is the order sent.</summary>
    private void SendWaiting()
    {
        while (_unanswered.Count < _places && _waiting.TryDequeue(out var next))
        {
            if (next.Task.IsCompleted) continue;
            do _lastIdentifier = (ushort)(_lastIdentifier % IdentifierMax + 1);
            while (_unanswered.ContainsKey(_lastIdentifier));
            next.Packet.PacketIdentifier = _lastIdentifier;
            try
            {
                if (output.Write(next.Packet)) _unanswered.Add(_lastIdentifier, next);
                else next.TrySetException(Lost());
            }
            catch (ArgumentException e)
            {
                // It cannot be said, or is too large for the peer: its own caller's affair, not the next one's.
                next.TrySetException(e);
            }
        }
    }

    private MqttConnectionLostException Lost() => _lost ?? new("The connection is closing.");
}
