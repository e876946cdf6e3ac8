using System.IO.Pipelines;
using Monitor.Mqtt.Formatter;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Transport;

/// <summary>
/// The sending half of a connection. Anyone may append packets; one task alone writes to the pipe, and takes all that
/// has gathered while it was busy as one flush. What is appended is bounded by whoever waits for room before adding.
/// </summary>
internal sealed class MqttOutput(PipeWriter writer, TimeProvider clock)
{
    /// <summary>Above this many waiting bytes, <see cref="WaitForRoomAsync"/> waits.</summary>
    internal const int WaitingMaxBytes = 256 * 1024;

    private readonly Lock _gate = new();
    private MqttBufferWriter _filling = new(4096);
    private MqttBufferWriter _sending = new(4096);
    private TaskCompletionSource? _wake;
    private TaskCompletionSource? _room;
    private bool _completed;
    private bool _broken;
    private long _lastWrite = clock.GetTimestamp();

    /// <summary>Version of the packets; set once, when CONNECT is known.</summary>
    internal MqttProtocolVersion Version { get; set; } = MqttProtocolVersion.V500;

    /// <summary>The peer's Maximum Packet Size, bytes.</summary>
    internal uint PacketSizeMax { get; set; } = uint.MaxValue;

    /// <summary>Timestamp of the last packet appended.</summary>
    internal long LastWrite => Volatile.Read(ref _lastWrite);

    /// <summary>Appends a packet. False when the connection is closing, so that it will not be sent.</summary>
    /// <exception cref="ArgumentException">
    /// It cannot be said, or is larger than the peer takes. [MQTT-3.1.2-24]
    /// </exception>
    internal bool Write(MqttPacket packet) => Write(packet, out int tooLarge) && (tooLarge == 0 ? true
        : throw new ArgumentException($"A packet of {tooLarge} bytes is more than the {PacketSizeMax} the peer takes."));

    /// <summary>The same, but what is larger than the peer takes counts as sent. [MQTT-3.1.2-25]</summary>
    internal bool WriteIfTaken(MqttPacket packet) => Write(packet, out _);

    private bool Write(MqttPacket packet, out int tooLarge)
    {
        tooLarge = 0;
        TaskCompletionSource? wake;
        lock (_gate)
        {
            if (_completed || _broken) return false;
            int start = _filling.Length;
            MqttPacketEncoder.Write(_filling, packet, Version);
            int size = _filling.Length - start;
            if (size > PacketSizeMax)
            {
                _filling.Truncate(start);
                tooLarge = size;
                return true;
            }
            wake = Wake();
        }
        wake?.TrySetResult();
        return true;
    }

    /// <summary>
    /// Appends an answer without waking the sender: call <see cref="Signal"/> when the batch is whole.
    /// </summary>
    internal void WriteAck(MqttControlPacketType type, ushort id, byte reason)
    {
        lock (_gate)
        {
            if (_completed || _broken) return;
            MqttPacketEncoder.WriteAck(_filling, type, id, reason, Version);
        }
    }

    /// <summary>Sends what was appended.</summary>
    internal void Signal()
    {
        TaskCompletionSource? wake;
        lock (_gate)
        {
            if (_filling.Length == 0) return;
            wake = Wake();
        }
        wake?.TrySetResult();
    }

    /// <summary>Done when fewer than <see cref="WaitingMaxBytes"/> wait, or nothing will be sent any more.</summary>
    internal Task WaitForRoomAsync()
    {
        lock (_gate)
        {
            if (_completed || _broken || _filling.Length < WaitingMaxBytes) return Task.CompletedTask;
            _room ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    internal bool HasRoom
    {
        get
        {
            lock (_gate) return !_completed && !_broken && _filling.Length < WaitingMaxBytes;
        }
    }

    /// <summary>No more packets; what was appended is still sent.</summary>
    internal void Complete()
    {
        TaskCompletionSource? wake, room;
        lock (_gate)
        {
            _completed = true;
            (wake, _wake) = (_wake, null);
            (room, _room) = (_room, null);
        }
        wake?.TrySetResult();
        room?.TrySetResult();
    }

    /// <summary>Sends until <see cref="Complete"/> or the peer is gone; then throws what the pipe threw.</summary>
    internal async Task RunAsync()
    {
        try
        {
            while (await NextAsync())
            {
                var result = await writer.WriteAsync(_sending.WrittenMemory);
                _sending.Truncate(0);
                if (result.IsCompleted || result.IsCanceled) break;
            }
        }
        finally
        {
            Break();
        }
    }

    private async ValueTask<bool> NextAsync()
    {
        while (true)
        {
            Task wait;
            TaskCompletionSource? room;
            lock (_gate)
            {
                if (_filling.Length > 0)
                {
                    (_sending, _filling) = (_filling, _sending);
                    (room, _room) = (_room, null);
                    wait = Task.CompletedTask;
                }
                else
                {
                    if (_completed) return false;
                    room = null;
                    _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
                    wait = _wake.Task;
                }
            }
            room?.TrySetResult();
            if (_sending.Length > 0) return true;
            await wait;
        }
    }

    private void Break()
    {
        TaskCompletionSource? room;
        lock (_gate)
        {
            _broken = true;
            (room, _room) = (_room, null);
        }
        room?.TrySetResult();
    }

    private TaskCompletionSource? Wake()
    {
        Volatile.Write(ref _lastWrite, clock.GetTimestamp());
        var wake = _wake;
        _wake = null;
        return wake;
    }
}
