using System.Buffers;
using System.IO.Pipelines;
using Monitor.Mqtt.Formatter;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Transport;

/// <summary>The receiving half of a connection: packets off a pipe, one at a time, by one reader.</summary>
internal sealed class MqttInput(PipeReader reader, int packetSizeMax)
{
    private ReadOnlySequence<byte> _buffer;
    private bool _holding;
    private bool _ended;

    /// <summary>Version of the packets; set once, when CONNECT is known.</summary>
    internal MqttProtocolVersion Version { get; set; } = MqttProtocolVersion.V500;

    /// <summary>The next packet; null when the peer closed, or after <see cref="Cancel"/>.</summary>
    /// <exception cref="MqttProtocolViolationException">
    /// The peer sent what is no packet, or too large a one.
    /// </exception>
    internal async ValueTask<MqttPacket?> NextAsync()
    {
        while (true)
        {
            if (_holding)
            {
                if (MqttPacketDecoder.TryDecode(ref _buffer, Version, packetSizeMax, out var packet)) return packet;
                reader.AdvanceTo(_buffer.Start, _buffer.End);
                _holding = false;
            }
            if (_ended) return null;
            var result = await reader.ReadAsync();
            _buffer = result.Buffer;
            _holding = true;
            _ended = result.IsCompleted;
            if (result.IsCanceled) return null;
        }
    }

    /// <summary>Ends a read that waits, or the next one.</summary>
    internal void Cancel() => reader.CancelPendingRead();

    /// <summary>Gives the pipe back.</summary>
    internal ValueTask CompleteAsync()
    {
        if (_holding) reader.AdvanceTo(_buffer.Start);
        _holding = false;
        return reader.CompleteAsync();
    }
}
