using System.Buffers.Binary;
using System.Text;

namespace Monitor.Mqtt.Formatter;

/// <summary>
/// A growing buffer of packets, and the data types of §1.5 written into it. Lengths that stand before what they measure
/// are written after it, by moving the block when the guess at their size was wrong.
/// </summary>
internal sealed class MqttBufferWriter(int capacity = 256)
{
    private static readonly UTF8Encoding Utf8Strict = new(false, throwOnInvalidBytes: true);
    private byte[] _buffer = new byte[capacity];

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    internal ReadOnlyMemory<byte> WrittenMemory => _buffer.AsMemory(0, Length);

    internal int Capacity => _buffer.Length;

    /// <summary>Forgets everything from <paramref name="length"/> on.</summary>
    internal void Truncate(int length) => Length = length;

    internal void WriteByte(byte value) => Take(1)[0] = value;

    internal void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Take(2), value);

    internal void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(4), value);

    internal void WriteBytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    internal void WriteVariableByteInteger(uint value)
    {
        while (value > 0x7F)
        {
            WriteByte((byte)(value | 0x80));
            value >>= 7;
        }
        WriteByte((byte)value);
    }

    internal void WriteString(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("A string with U+0000 cannot be sent by MQTT.");
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Reserve(2 + most);
        int count;
        try
        {
            count = Utf8Strict.GetBytes(text, _buffer.AsSpan(Length + 2));
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException("A string with half a surrogate pair cannot be sent by MQTT.", e);
        }
        WriteUInt16(TwoByteLength(count));
        Length += count;
    }

    internal void WriteBinary(ReadOnlySpan<byte> bytes)
    {
        WriteUInt16(TwoByteLength(bytes.Length));
        WriteBytes(bytes);
    }

    /// <summary>Leaves room for a length that is expected to be near <paramref name="expected"/>.</summary>
    internal (int Start, int Room) BeginLength(int expected = 0)
    {
        int start = Length;
        int room = SizeOf((uint)expected);
        Take(room);
        return (start, room);
    }

    /// <summary>Writes the length of all that came since <see cref="BeginLength"/> into the room left for it.</summary>
    internal void EndLength((int Start, int Room) mark)
    {
        int body = mark.Start + mark.Room;
        int length = Length - body;
        if (length > MqttPacketDecoder.RemainingLengthMax)
            throw new ArgumentException($"{length} bytes are more than an MQTT packet can hold.");
        int size = SizeOf((uint)length);
        if (size != mark.Room)
        {
            Reserve(Math.Max(0, size - mark.Room));
            _buffer.AsSpan(body, length).CopyTo(_buffer.AsSpan(mark.Start + size));
        }
        Length = mark.Start;
        WriteVariableByteInteger((uint)length);
        Length += length;
    }

    private static int SizeOf(uint value) => value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : 4;

    private static ushort TwoByteLength(int length) => length <= ushort.MaxValue
        ? (ushort)length : throw new ArgumentException($"{length} bytes are more than the 65,535 a field can hold.");

    private Span<byte> Take(int count)
    {
        Reserve(count);
        var span = _buffer.AsSpan(Length, count);
        Length += count;
        return span;
    }

    private void Reserve(int count)
    {
        if (_buffer.Length - Length >= count) return;
        Array.Resize(ref _buffer, Math.Max(checked(Length + count), _buffer.Length * 2));
    }
}
