using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Monitor.Domain.Readings;

/// <summary>
/// A number exactly as the device reported it: digits, decimal places and an optional censoring sign.
/// <c>0.40</c> and <c>0.4</c> are different values here, since they say different things of the instrument.
/// </summary>
/// <param name="Mantissa">All digits without the point, with the sign.</param>
/// <param name="Scale">Decimal places, 0 to <see cref="ScaleMax"/>.</param>
/// <param name="Qualifier">Whether the value is the number itself or a bound of it.</param>
public readonly record struct ReportedValue(long Mantissa, byte Scale, Qualifier Qualifier = Qualifier.None)
{
    /// <summary>Most decimal places kept.</summary>
    public const int ScaleMax = 18;

    /// <summary>The number, with the scale as reported. For a censored value, the bound.</summary>
    public decimal ToDecimal()
    {
        bool negative = Mantissa < 0;
        ulong magnitude = negative ? (ulong)(-(Int128)Mantissa) : (ulong)Mantissa;
        // The constructor takes the bits of 32-bit words, not numbers: a set top bit is no overflow.
        return unchecked(new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), 0, negative, Scale));
    }

    /// <summary>A value from a decimal, its scale kept. False where it needs over 18 places or over 63 bits.</summary>
    public static bool TryFrom(decimal number, Qualifier qualifier, out ReportedValue value)
    {
        value = default;
        if (number.Scale > ScaleMax) return false;
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(number, bits);
        if (bits[2] != 0) return false;
        ulong magnitude = unchecked(((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        if (magnitude > long.MaxValue) return false;
        long mantissa = decimal.IsNegative(number) ? -(long)magnitude : (long)magnitude;
        value = new ReportedValue(mantissa, number.Scale, qualifier);
        return true;
    }

    /// <summary>
    /// Reads plain decimal notation (<c>-12.340</c>): ASCII digits, at most one point with digits on both sides,
    /// an optional leading minus. No exponent, no grouping, no white space. Never rounds: what does not fit is refused.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, Qualifier qualifier, out ReportedValue value)
    {
        value = default;
        bool negative = text.Length > 0 && text[0] == '-';
        ReadOnlySpan<char> digits = negative ? text[1..] : text;
        int point = digits.IndexOf('.');
        int scale = point < 0 ? 0 : digits.Length - point - 1;
        if (digits.IsEmpty || point == 0 || (point > 0 && scale == 0) || scale > ScaleMax) return false;
        long mantissa = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            if (i == point) continue;
            int digit = digits[i] - '0';
            if (digit is < 0 or > 9) return false;
            if (mantissa > (long.MaxValue - digit) / 10) return false;
            mantissa = (mantissa * 10) + digit;
        }
        value = new ReportedValue(negative ? -mantissa : mantissa, (byte)scale, qualifier);
        return true;
    }

    /// <summary>Reads a value that may begin with <c>&lt;</c> or <c>&gt;</c>, as in a table.</summary>
    public static bool TryParseQualified(ReadOnlySpan<char> text, out ReportedValue value)
    {
        Qualifier qualifier = text.Length == 0 ? Qualifier.None : text[0] switch
        {
            '<' => Qualifier.Below,
            '>' => Qualifier.Above,
            _ => Qualifier.None,
        };
        return TryParse(qualifier == Qualifier.None ? text : text[1..].TrimStart(), qualifier, out value);
    }

    /// <summary>The digits as reported, without the qualifier.</summary>
    public string Digits => ToDecimal().ToString(CultureInfo.InvariantCulture);

    /// <summary>The value as a table shows it: <c>&lt;0.025</c>, <c>0.40</c>.</summary>
    [SuppressMessage("Globalization", "CA1305", Justification = "Digits are invariant.")]
    public override string ToString() => Qualifier switch
    {
        Qualifier.Below => "<" + Digits,
        Qualifier.Above => ">" + Digits,
        _ => Digits,
    };
}

/// <summary>Whether a reported number is the value or a bound of it.</summary>
public enum Qualifier : byte
{
    /// <summary>The number is the value.</summary>
    None = 0,

    /// <summary>The value lies below the number, which is the detection limit (<c>&lt;</c>).</summary>
    Below = 1,

    /// <summary>The value lies above the number, which is the end of the measuring range (<c>&gt;</c>).</summary>
    Above = 2,
}
