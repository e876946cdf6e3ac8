using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Transport;

/// <summary>
/// The publishes this side sends at QoS 1: at most so many unanswered as the peer's Receive Maximum and our own
/// window allow [MQTT-3.3.4-7], each with an identifier of its own, each completed by its PUBACK or by the end of the
/// connection.
/// </summary>
internal sealed class MqttPublishWindow(MqttOutput output, ushort places)
{
    /// <summary>Highest identifier of a publish; those above are kept for requests, which share the space.</summary>
    internal const ushort IdentifierMax = ushort.MaxValue - 32;

    private readonly Lock _gate = new();
    private readonly MqttWindow _window = new(Math.Min(places, IdentifierMax));
    private readonly Dictionary<ushort, TaskCompletionSource<MqttPubAckReasonCode>> _unanswered = [];
    private ushort _lastIdentifier;
    private MqttConnectionLostException? _lost;

    /// <summary>Publishes; done at PUBACK, for QoS 0 as soon as it is on its way.</summary>
    /// <exception cref="MqttConnectionLostException">
    /// The connection ended first: whether the peer has it is unknown.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller gave up; the message may still arrive.</exception>
    internal async Task<MqttPubAckReasonCode> PublishAsync(
        MqttPublishPacket packet, CancellationToken cancellationToken)
    {
        if (packet.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce)
        {
            await output.WaitForRoomAsync().WaitAsync(cancellationToken);
            if (!output.Write(packet)) throw Lost();
            return MqttPubAckReasonCode.Success;
        }
        if (packet.QualityOfServiceLevel == MqttQualityOfServiceLevel.ExactlyOnce)
            throw new ArgumentException("This side publishes at QoS 0 and 1; QoS 2 is taken, not sent.");
        await _window.TakeAsync(cancellationToken);
        TaskCompletionSource<MqttPubAckReasonCode> answer;
        try
        {
            await output.WaitForRoomAsync().WaitAsync(cancellationToken);
            answer = Send(packet);
        }
        catch
        {
            _window.Release();
            throw;
        }
        // The place stays taken until the answer comes, also when the caller gives up.
        return await answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Completes a publish. False for an identifier that waits for no answer.</summary>
    internal bool Acknowledge(ushort identifier, MqttPubAckReasonCode reason)
    {
        TaskCompletionSource<MqttPubAckReasonCode>? answer;
        lock (_gate)
        {
            if (!_unanswered.Remove(identifier, out answer)) return false;
        }
        _window.Release();
        answer.TrySetResult(reason);
        return true;
    }

    /// <summary>Ends every wait, now and later, with this.</summary>
    internal void Close(MqttConnectionLostException lost)
    {
        TaskCompletionSource<MqttPubAckReasonCode>[] answers;
        lock (_gate)
        {
            _lost ??= lost;
            answers = [.. _unanswered.Values];
            _unanswered.Clear();
        }
        _window.Close(lost);
        foreach (var answer in answers)
        {
            answer.TrySetException(lost);
            // Seen here once, so that a caller who had given up does not leave an unobserved exception.
            _ = answer.Task.Exception;
        }
    }

    private TaskCompletionSource<MqttPubAckReasonCode> Send(MqttPublishPacket packet)
    {
        var answer = new TaskCompletionSource<MqttPubAckReasonCode>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_lost is not null) throw _lost;
            do _lastIdentifier = (ushort)(_lastIdentifier % IdentifierMax + 1);
            while (_unanswered.ContainsKey(_lastIdentifier));
            packet.PacketIdentifier = _lastIdentifier;
            // Written under the same lock, so that identifiers leave in the order they were given.
            if (!output.Write(packet)) throw Lost();
            _unanswered.Add(_lastIdentifier, answer);
        }
        return answer;
    }

    private MqttConnectionLostException Lost() => _lost ?? new("The connection is closing.");
}
