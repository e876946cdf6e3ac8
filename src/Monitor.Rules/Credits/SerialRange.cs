using System.Globalization;

namespace Monitor.Rules.Credits;

/// <summary>
/// Consecutive serial numbers of a bank's credits. One number stands for one ten-thousandth of a credit; they count from 1
/// to the award in the order of release, so that a credit can be followed from its release to its sale.
/// </summary>
/// <param name="First">The first, inclusive; at least 1.</param>
/// <param name="Last">The last, inclusive; not before the first.</param>
public readonly record struct SerialRange(long First, long Last)
{
    /// <summary>Serial numbers in one credit.</summary>
    public const long PerCredit = 10_000;

    /// <summary>How many numbers it holds.</summary>
    public long Count => Last - First + 1;

    /// <summary>The credits it stands for.</summary>
    public decimal Credits => Count / (decimal)PerCredit;

    /// <summary><c>first-last</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}-{Last}");

    /// <summary>Reads <c>first-last</c>.</summary>
    /// <exception cref="FormatException">Of another shape, or the last before the first.</exception>
    public static SerialRange Parse(string text)
    {
        string[] parts = text.Split('-');
        bool isRange = parts.Length == 2
            & long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long first)
            & long.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out long last);
        return isRange && first >= 1 && last >= first
            ? new SerialRange(first, last)
            : throw new FormatException($"'{text}' is no range of serial numbers.");
    }
}
