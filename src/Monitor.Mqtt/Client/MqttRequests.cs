using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Mqtt.Transport;

namespace Monitor.Mqtt.Client;

/// <summary>
/// SUBSCRIBE and UNSUBSCRIBE on their way, each completed by its answer or by the end of the connection.
/// </summary>
internal sealed class MqttRequests(MqttOutput output)
{
    private const ushort First = MqttPublishWindow.IdentifierMax + 1;
    private const int PlacesMax = ushort.MaxValue - MqttPublishWindow.IdentifierMax;
    private readonly Lock _gate = new();
    private readonly Dictionary<ushort, TaskCompletionSource<MqttPacketWithIdentifier>> _waiting = [];
    private ushort _lastIdentifier;
    private MqttConnectionLostException? _lost;

    /// <summary>The answer to a request, of the identifier given to it here.</summary>
    internal async Task<MqttPacketWithIdentifier> AskAsync(
        MqttPacketWithIdentifier request, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<MqttPacketWithIdentifier>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_lost is not null) throw _lost;
            // Above the publishes, with which they share one space. [MQTT-2.2.1-4]
            if (_waiting.Count >= PlacesMax) throw new InvalidOperationException($"{PlacesMax} requests already wait.");
            do _lastIdentifier = _lastIdentifier is 0 or ushort.MaxValue ? First : (ushort)(_lastIdentifier + 1);
            while (_waiting.ContainsKey(_lastIdentifier));
            request.PacketIdentifier = _lastIdentifier;
            if (!output.Write(request)) throw new MqttConnectionLostException("The connection is closing.");
            _waiting.Add(_lastIdentifier, answer);
        }
        return await answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>False for an identifier that waits for no answer.</summary>
    internal bool Answer(MqttPacketWithIdentifier packet)
    {
        TaskCompletionSource<MqttPacketWithIdentifier>? answer;
        lock (_gate)
        {
            if (!_waiting.Remove(packet.PacketIdentifier, out answer)) return false;
        }
        answer.TrySetResult(packet);
        return true;
    }

    internal void Close(MqttConnectionLostException lost)
    {
        TaskCompletionSource<MqttPacketWithIdentifier>[] answers;
        lock (_gate)
        {
            _lost ??= lost;
            answers = [.. _waiting.Values];
            _waiting.Clear();
        }
        foreach (var answer in answers)
        {
            answer.TrySetException(lost);
            // Seen here once, so that a caller who had given up does not leave an unobserved exception.
            _ = answer.Task.Exception;
        }
    }
}
