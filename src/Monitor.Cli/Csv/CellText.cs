using System.Globalization;
using Monitor.Domain.Readings;

namespace Monitor.Cli.Csv;

/// <summary>What cells of tables hold: numbers, absent values, moments.</summary>
internal static class CellText
{
    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd' 'HH:mmK",
    ];

    /// <summary>Whether the cell is blank or <c>--</c>: no value.</summary>
    public static bool IsAbsent(ReadOnlySpan<char> cell) => cell.Trim() is "" or "--";

    /// <summary>A plain decimal number; white space around it does not count.</summary>
    public static bool TryParseNumber(ReadOnlySpan<char> cell, out decimal number)
    {
        bool fits = ReportedValue.TryParse(cell.Trim(), Qualifier.None, out ReportedValue value);
        number = value.ToDecimal();
        return fits;
    }

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
