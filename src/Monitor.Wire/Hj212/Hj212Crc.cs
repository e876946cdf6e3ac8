using System.Globalization;

namespace Monitor.Wire.Hj212;

/// <summary>
/// The check sums that stand behind a segment. HJ 212-2017 Annex A reduces the register to its high byte before each
/// byte, so that only 256 values exist: a check sum that holds says little, and length and fields are checked as well.
/// </summary>
public static class Hj212Crc
{
    /// <summary>Characters of a check sum.</summary>
    public const int Characters = 4;

    /// <summary>The standard's own check sum (Annex A).</summary>
    public static ushort Of(ReadOnlySpan<byte> segment)
    {
        int register = 0xFFFF;
        foreach (byte b in segment) register = Shift((register >> 8) ^ b);
        return (ushort)register;
    }

    /// <summary>The check sum of Modbus RTU, which many devices send instead.</summary>
    public static ushort Modbus(ReadOnlySpan<byte> segment)
    {
        int register = 0xFFFF;
        foreach (byte b in segment) register = Shift(register ^ b);
        return (ushort)register;
    }

    /// <summary>Which of the known check sums the text is; upper and lower case are the same.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="text">What stands behind it.</param>
    public static CrcKind KindOf(ReadOnlySpan<byte> segment, ReadOnlySpan<byte> text)
    {
        bool isNumber = ushort.TryParse(
            text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort said);
        if (!isNumber || text.Length != Characters) return CrcKind.Wrong;
        if (said == Of(segment)) return CrcKind.Hj212;
        ushort modbus = Modbus(segment);
        if (said == modbus) return CrcKind.Modbus;
        return said == (ushort)(((modbus & 0xFF) << 8) | (modbus >> 8)) ? CrcKind.ModbusSwapped : CrcKind.Wrong;
    }

    private static int Shift(int register)
    {
        for (int bit = 0; bit < 8; bit++)
        {
            register = (register & 1) == 0 ? register >> 1 : (register >> 1) ^ 0xA001;
        }
        return register;
    }
}

/// <summary>Which check sum a device sends.</summary>
public enum CrcKind
{
    /// <summary>None of those below.</summary>
    Wrong = 0,

    /// <summary>The standard's own.</summary>
    Hj212 = 1,

    /// <summary>That of Modbus RTU, high byte first.</summary>
    Modbus = 2,

    /// <summary>That of Modbus RTU with its bytes swapped, as real loggers send it.</summary>
    ModbusSwapped = 3,
}
