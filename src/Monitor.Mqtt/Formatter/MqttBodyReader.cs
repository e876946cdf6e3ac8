using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using Monitor.Mqtt.Protocol;

namespace Monitor.Mqtt.Formatter;

/// <summary>
/// Reads the data types of §1.5 from one packet's body. Every read past the end is a malformed packet; nothing is
/// allocated before its length was checked against the bytes that are really there.
/// </summary>
internal ref struct MqttBodyReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;

    internal readonly int Remaining => _rest.Length;

    internal readonly bool IsEmpty => _rest.IsEmpty;

    internal byte ReadByte() => ReadBytes(1)[0];

    internal ushort ReadUInt16() => BinaryPrimitives.ReadUInt16BigEndian(ReadBytes(2));

    internal uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(ReadBytes(4));

    /// <summary>At most four bytes, and no longer than needed. [MQTT-1.5.5-1]</summary>
    internal uint ReadVariableByteInteger()
    {
        uint value = 0;
        for (int shift = 0; shift <= 21; shift += 7)
        {
            byte b = ReadByte();
            value |= (uint)(b & 0x7F) << shift;
            if ((b & 0x80) != 0) continue;
            if (b == 0 && shift > 0) throw Malformed("a variable byte integer longer than needed");
            return value;
        }
        throw Malformed("a variable byte integer of more than four bytes");
    }

    /// <summary>Well-formed UTF-8 [MQTT-1.5.4-1] without U+0000 [MQTT-1.5.4-2], 0 to 65,535 bytes.</summary>
    internal string ReadString()
    {
        var bytes = ReadBytes(ReadUInt16());
        if (!Utf8.IsValid(bytes)) throw Malformed("a string that is not UTF-8");
        if (bytes.Contains((byte)0)) throw Malformed("a string with U+0000");
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Binary data with its two-byte length, copied.</summary>
    internal byte[] ReadBinary() => ReadBytes(ReadUInt16()).ToArray();

    internal ReadOnlySpan<byte> ReadRest() => ReadBytes(_rest.Length);

    /// <summary>A list of properties, as a reader of its own.</summary>
    internal MqttBodyReader ReadBlock(uint length) =>
        length > (uint)_rest.Length ? throw Malformed("a length beyond the end") : new(ReadBytes((int)length));

    internal readonly void ExpectEnd()
    {
        if (!_rest.IsEmpty) throw Malformed("bytes after the end of the packet's fields");
    }

    private ReadOnlySpan<byte> ReadBytes(int count)
    {
        if (count > _rest.Length) throw Malformed("a field beyond the end");
        var read = _rest[..count];
        _rest = _rest[count..];
        return read;
    }

    internal static MqttProtocolViolationException Malformed(string what) =>
        new($"Malformed packet: {what}.");

    internal static MqttProtocolViolationException ProtocolError(string what) =>
        new(MqttDisconnectReasonCode.ProtocolError, $"Protocol error: {what}.");
}
