using System.Globalization;
using Monitor.Domain.Readings;

namespace Monitor.Edge.Sensors;

/// <summary>How a number lies in registers.</summary>
internal enum ModbusType
{
    /// <summary>One register, two's complement.</summary>
    Int16,

    /// <summary>One register.</summary>
    UInt16,

    /// <summary>Two registers, two's complement.</summary>
    Int32,

    /// <summary>Two registers.</summary>
    UInt32,

    /// <summary>Two registers, IEEE 754.</summary>
    Float32,
}

/// <summary>Where a number lies in a device.</summary>
/// <param name="Kind">Which registers.</param>
/// <param name="At">The first one's address on the wire, from 0.</param>
/// <param name="Type">What lies there.</param>
/// <param name="LowWordFirst">Whether of two registers the lower half comes first (CDAB), as many devices have it.</param>
internal sealed record ModbusNumber(ModbusKind Kind, int At, ModbusType Type, bool LowWordFirst = false)
{
    /// <summary>Registers that it takes.</summary>
    internal int Words => Type is ModbusType.Int16 or ModbusType.UInt16 ? 1 : 2;

    /// <summary>The number in its registers; null where a float is none, or beyond what a decimal holds.</summary>
    internal decimal? Decode(ReadOnlySpan<ushort> words)
    {
        uint both = Words == 1 ? 0 : LowWordFirst
            ? ((uint)words[1] << 16) | words[0]
            : ((uint)words[0] << 16) | words[1];
        return Type switch
        {
            ModbusType.Int16 => unchecked((short)words[0]),
            ModbusType.UInt16 => words[0],
            ModbusType.Int32 => unchecked((int)both),
            ModbusType.UInt32 => both,
            _ => FromFloat(BitConverter.UInt32BitsToSingle(both)),
        };
    }

    // The shortest text that gives the same float: what the device's display shows, as far as it can be known.
    private static decimal? FromFloat(float number) => float.IsFinite(number) && decimal.TryParse(
        number.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture,
        out decimal value) ? value : null;
}

/// <summary>Bits of a register that say how a value is to be taken.</summary>
/// <param name="Number">The register; a whole number.</param>
/// <param name="Bits">
/// Bit from 0 for the lowest, and the status mark that it means, with &lt; or &gt; before it where the value is then a bound.
/// The first that is set counts.
/// </param>
internal sealed record ModbusStatus(ModbusNumber Number, IReadOnlyList<(int Bit, string Mark)> Bits)
{
    /// <summary>The status, and what the value then is.</summary>
    internal (string Mark, Qualifier Qualifier) Of(ReadOnlySpan<ushort> words)
    {
        long bits = (long)Number.Decode(words)!.Value;
        foreach ((int bit, string mark) in Bits)
        {
            if (((bits >> bit) & 1) == 0) continue;
            return mark[0] switch
            {
                '<' => (mark[1..], Qualifier.Below),
                '>' => (mark[1..], Qualifier.Above),
                _ => (mark, Qualifier.None),
            };
        }
        return (DeviceStatus.Normal, Qualifier.None);
    }
}

/// <summary>One measurand of a device.</summary>
/// <param name="Measurand">Its code.</param>
/// <param name="Number">Where it lies.</param>
/// <param name="Scale">What it is multiplied by; null for not at all. Its places are the value's.</param>
/// <param name="Offset">What is then added; null for nothing.</param>
/// <param name="Digits">Decimal places that it is rounded to, half to even (GB/T 8170); null for not at all.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Status">The bits that qualify it; null for none.</param>
internal sealed record ModbusRegister(
    string Measurand, ModbusNumber Number, decimal? Scale, decimal? Offset, int? Digits, string Unit, ModbusStatus? Status)
{
    /// <summary>The value; null where it is none, or does not fit.</summary>
    internal ReportedValue? Value(ReadOnlySpan<ushort> words, Qualifier qualifier)
    {
        if (Number.Decode(words) is not decimal number) return null;
        try
        {
            if (Scale is decimal scale) number *= scale;
            if (Offset is decimal offset) number += offset;
        }
        catch (OverflowException)
        {
            return null;
        }
        if (Digits is int digits)
        {
            number = decimal.Round(number, digits, MidpointRounding.ToEven);
            // A display of two places shows 7.40, not 7.4.
            number += new decimal(0, 0, 0, false, (byte)digits);
        }
        return ReportedValue.TryFrom(number, qualifier, out ReportedValue value) ? value : null;
    }
}
