using System.Buffers.Binary;

namespace Monitor.Edge.Sensors;

/// <summary>Which registers to read: Modbus Application Protocol 1.1b3, functions 3 and 4.</summary>
/// <param name="Kind">Holding or input registers.</param>
/// <param name="At">The first one's address on the wire, from 0.</param>
/// <param name="Count">How many, 1 to 125.</param>
internal readonly record struct ModbusRange(ModbusKind Kind, int At, int Count)
{
    /// <summary>Most registers of one request.</summary>
    internal const int CountMax = 125;
}

/// <summary>The two kinds of registers; the numbers are the functions that read them.</summary>
internal enum ModbusKind : byte
{
    /// <summary>Read and write; function 3.</summary>
    Holding = 3,

    /// <summary>Read only; function 4.</summary>
    Input = 4,
}

/// <summary>Requests and answers as they travel over TCP: seven bytes of header, then the function.</summary>
internal static class ModbusFrame
{
    /// <summary>Transaction, protocol, length, unit.</summary>
    internal const int HeaderLength = 7;

    /// <summary>Most bytes of a whole frame: 253 of the function and its data, and the header.</summary>
    internal const int LengthMax = 260;

    private const byte ExceptionBit = 0x80;

    /// <summary>A request.</summary>
    internal static byte[] Request(ushort transaction, byte unit, ModbusRange range)
    {
        byte[] frame = new byte[HeaderLength + 5];
        BinaryPrimitives.WriteUInt16BigEndian(frame, transaction);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(4), 6);
        frame[6] = unit;
        frame[7] = (byte)range.Kind;
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(8), (ushort)range.At);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(10), (ushort)range.Count);
        return frame;
    }

    /// <summary>How many bytes follow a header; null where it is none of an answer.</summary>
    internal static int? Following(ReadOnlySpan<byte> header)
    {
        if (header.Length != HeaderLength || BinaryPrimitives.ReadUInt16BigEndian(header[2..]) != 0) return null;
        int length = BinaryPrimitives.ReadUInt16BigEndian(header[4..]);
        // The unit is counted in the length, and stands in the header.
        return length is >= 3 and <= LengthMax - HeaderLength + 1 ? length - 1 : null;
    }

    /// <summary>Reads any bytes and never throws.</summary>
    /// <param name="frame">A whole answer.</param>
    /// <param name="transaction">The request's.</param>
    /// <param name="unit">The request's.</param>
    /// <param name="range">What was asked for.</param>
    /// <param name="words">The registers.</param>
    /// <returns>A fault of <see cref="DeviceFault"/>, or <see cref="DeviceFault.None"/>.</returns>
    internal static int Read(
        ReadOnlySpan<byte> frame, ushort transaction, byte unit, ModbusRange range, out ushort[] words)
    {
        words = [];
        bool isAnswer = frame.Length >= HeaderLength + 2 && Following(frame[..HeaderLength]) == frame.Length - HeaderLength
            && BinaryPrimitives.ReadUInt16BigEndian(frame) == transaction && frame[6] == unit;
        if (!isAnswer) return DeviceFault.Malformed;
        byte function = frame[7];
        if (function == ((byte)range.Kind | ExceptionBit))
        {
            return frame.Length == HeaderLength + 2 ? DeviceFault.Exceptions + frame[8] : DeviceFault.Malformed;
        }
        ReadOnlySpan<byte> data = frame[(HeaderLength + 2)..];
        if (function != (byte)range.Kind || frame[8] != data.Length || data.Length != range.Count * 2)
        {
            return DeviceFault.Malformed;
        }
        words = new ushort[range.Count];
        for (int i = 0; i < words.Length; i++) words[i] = BinaryPrimitives.ReadUInt16BigEndian(data[(2 * i)..]);
        return DeviceFault.None;
    }
}
