using System.Threading.Channels;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Mqtt.Transport;

namespace Monitor.Mqtt.Client;

/// <summary>
/// What one connection has received: a bounded queue to the application, and the acknowledgements on their way back,
/// in the order of arrival [MQTT-4.6.0-2]. It ends with its connection, so no acknowledgement can reach another.
/// </summary>
internal sealed class MqttReceiveWindow(MqttOutput output, bool enforces, int places)
{
    private readonly Channel<MqttReceivedMessage> _messages = Channel.CreateBounded<MqttReceivedMessage>(
        new BoundedChannelOptions(places) { SingleWriter = true });

    private readonly Lock _gate = new();
    private readonly Queue<MqttReceivedMessage> _unanswered = new();
    private bool _closed;

    internal ChannelReader<MqttReceivedMessage> Messages => _messages.Reader;

    /// <summary>Queues a message; waits while the application has not taken enough of the earlier ones.</summary>
    /// <exception cref="MqttProtocolViolationException">QoS 2, or more unanswered than we allowed.</exception>
    internal ValueTask AcceptAsync(MqttPublishPacket packet)
    {
        if (packet.QualityOfServiceLevel == MqttQualityOfServiceLevel.ExactlyOnce)
            throw new MqttProtocolViolationException(MqttDisconnectReasonCode.QosNotSupported,
                "A message of QoS 2, which was never asked for.");
        var message = new MqttReceivedMessage(this, packet);
        if (packet.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtLeastOnce) Count(message);
        return _messages.Writer.TryWrite(message) ? ValueTask.CompletedTask : WaitAsync(message);
    }

    internal bool Acknowledge(MqttReceivedMessage message, MqttPubAckReasonCode reason)
    {
        if (message.PacketIdentifier == 0) return true;
        lock (_gate)
        {
            if (_closed || message.Answer is not null) return false;
            message.Answer = reason;
            while (_unanswered.TryPeek(out var first) && first.Answer is { } answer)
            {
                _unanswered.Dequeue();
                output.WriteAck(MqttControlPacketType.PubAck, first.PacketIdentifier, (byte)answer);
            }
        }
        output.Signal();
        return true;
    }

    internal void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _unanswered.Clear();
        }
        _messages.Writer.TryComplete();
    }

    private void Count(MqttReceivedMessage message)
    {
        lock (_gate)
        {
            // A 3.1.1 server was told no maximum: it is held back by not being read.
            if (enforces && _unanswered.Count >= places)
                throw new MqttProtocolViolationException(MqttDisconnectReasonCode.ReceiveMaximumExceeded,
                    $"More than {places} messages unanswered.");
            _unanswered.Enqueue(message);
        }
    }

    private async ValueTask WaitAsync(MqttReceivedMessage message)
    {
        // The channel is closed only with the connection, and then the message is the server's to send again.
        while (await _messages.Writer.WaitToWriteAsync())
            if (_messages.Writer.TryWrite(message)) return;
    }
}
