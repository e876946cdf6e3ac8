using System.Globalization;
using Monitor.Domain.Readings;

namespace Monitor.Cli.Csv;

/// <summary>What cells of tables hold: numbers, absent values, moments.</summary>
internal static class CellText
{
    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd' 'HH:mmK",
    ];

    /// <summary>Whether the cell is blank or <c>--</c>: no value.</summary>
    public static bool IsAbsent(ReadOnlySpan<char> cell) => cell.Trim() is "" or "--";

    /// <summary>
    /// A decimal number, as <c>-0.05</c> or, as spreadsheets write small ones, <c>4E-05</c>; white space around it does
    /// not count. Never rounds: a number of over 28 decimal places or over 63 bits of digits is refused.
    /// </summary>
    public static bool TryParseNumber(ReadOnlySpan<char> cell, out decimal number)
    {
        number = 0;
        cell = cell.Trim();
        int mark = cell.IndexOfAny('e', 'E');
        ReadOnlySpan<char> digits = mark < 0 ? cell : cell[..mark];
        int exponent = 0;
        if (mark >= 0 && !TryParseExponent(cell[(mark + 1)..], out exponent)) return false;
        if (!ReportedValue.TryParse(digits, Qualifier.None, out ReportedValue value)) return false;
        int scale = value.Scale - exponent;
        if (scale is < -18 or > 28) return false;
        number = value.Mantissa;
        for (; scale < 0; scale++)
        {
            number *= 10;
            if (Math.Abs(number) > long.MaxValue) return false;
        }
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(number, bits);
        number = new decimal(bits[0], bits[1], bits[2], decimal.IsNegative(number), (byte)scale);
        return true;
    }

    private static bool TryParseExponent(ReadOnlySpan<char> text, out int exponent) => int.TryParse(
        text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) && Math.Abs(exponent) <= 40;

    /// <summary>A moment of ISO 8601 with <c>T</c> or a space; seconds may be left out.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="offsetRequired">Whether <c>Z</c> or an offset must be there; without one, it is UTC.</param>
    /// <param name="moment">The moment; what is finer than a millisecond is cut off.</param>
    public static bool TryParseTime(ReadOnlySpan<char> cell, bool offsetRequired, out Instant moment)
    {
        cell = cell.Trim();
        bool hasOffset = cell.Length > 10 && (cell[^1] == 'Z' || cell[10..].IndexOfAny('+', '-') >= 0);
        bool fits = DateTimeOffset.TryParseExact(
            cell, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time);
        moment = fits ? Instant.From(time) : default;
        return fits && (hasOffset || !offsetRequired);
    }
}
