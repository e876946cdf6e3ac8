using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Formatter;

/// <summary>
/// Bytes to packets, strictly: the only exception it throws is <see cref="MqttProtocolViolationException"/>. What a
/// packet holds is copied, so that the buffer may be given back at once.
/// </summary>
public static class MqttPacketDecoder
{
    /// <summary>The largest remaining length four bytes can say, 268,435,455.</summary>
    public const int RemainingLengthMax = 268_435_455;

    /// <summary>
    /// Takes one packet off the front of <paramref name="buffer"/>. False, with the buffer as it was, when the packet
    /// is not yet whole.
    /// </summary>
    /// <param name="buffer">What was received; moved past the packet.</param>
    /// <param name="version">Of the connection; not asked for by CONNECT, which names its own.</param>
    /// <param name="packetSizeMax">Bytes of the largest whole packet taken; checked before the body has come.</param>
    /// <param name="packet">The packet.</param>
    /// <exception cref="MqttProtocolViolationException">The bytes are no packet, or too large a one.</exception>
    public static bool TryDecode(
        ref ReadOnlySequence<byte> buffer, MqttProtocolVersion version, int packetSizeMax,
        [NotNullWhen(true)] out MqttPacket? packet)
    {
        packet = null;
        if (!TryReadHeader(buffer, out byte first, out int header, out int length)) return false;
        CheckFirstByte(first);
        if (header + (long)length > packetSizeMax)
            throw new MqttProtocolViolationException(MqttDisconnectReasonCode.PacketTooLarge,
                $"A packet of {header + (long)length} bytes is more than the {packetSizeMax} allowed.");
        if (buffer.Length < header + length) return false;
        var body = buffer.Slice(header, length);
        packet = body.IsSingleSegment
            ? MqttBodyDecoder.Decode(first, body.FirstSpan, version) : DecodeCopied(first, body, version);
        buffer = buffer.Slice(body.End);
        return true;
    }

    private static MqttPacket DecodeCopied(byte first, ReadOnlySequence<byte> body, MqttProtocolVersion version)
    {
        byte[] copy = ArrayPool<byte>.Shared.Rent((int)body.Length);
        try
        {
            body.CopyTo(copy);
            return MqttBodyDecoder.Decode(first, copy.AsSpan(0, (int)body.Length), version);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    private static bool TryReadHeader(ReadOnlySequence<byte> buffer, out byte first, out int header, out int length)
    {
        var front = buffer.FirstSpan;
        if (front.Length >= 5 || buffer.IsSingleSegment) return TryReadHeader(front, out first, out header, out length);
        Span<byte> copy = stackalloc byte[(int)Math.Min(5, buffer.Length)];
        buffer.Slice(0, copy.Length).CopyTo(copy);
        return TryReadHeader(copy, out first, out header, out length);
    }

    private static bool TryReadHeader(ReadOnlySpan<byte> front, out byte first, out int header, out int length)
    {
        (first, header, length) = (0, 0, 0);
        if (front.IsEmpty) return false;
        first = front[0];
        for (int i = 0; i < 4; i++)
        {
            if (front.Length <= i + 1) return false;
            byte b = front[i + 1];
            length |= (b & 0x7F) << (7 * i);
            if ((b & 0x80) != 0) continue;
            if (b == 0 && i > 0) throw MqttBodyReader.Malformed("a remaining length longer than needed");
            header = i + 2;
            return true;
        }
        throw MqttBodyReader.Malformed("a remaining length of more than four bytes");
    }

    /// <summary>The type exists and its reserved flags are as they must be. [MQTT-2.1.3-1]</summary>
    private static void CheckFirstByte(byte first)
    {
        var type = (MqttControlPacketType)(first >> 4);
        int flags = first & 0x0F;
        bool good = type switch
        {
            0 => false,
            MqttControlPacketType.Publish => (flags & 6) != 6 && (flags & 14) != 8,
            MqttControlPacketType.PubRel or MqttControlPacketType.Subscribe or MqttControlPacketType.Unsubscribe
                => flags == 2,
            _ => flags == 0,
        };
        if (!good) throw MqttBodyReader.Malformed($"first byte 0x{first:X2}");
    }
}
