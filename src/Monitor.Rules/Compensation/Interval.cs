using System.Globalization;

namespace Monitor.Rules.Compensation;

/// <summary>
/// A span of the number line whose ends are open or closed, or without end. Written as mathematics writes it:
/// <c>[0.9, 1.1]</c>, <c>(1.0, 1.05]</c>, <c>(-inf, 0.95)</c>.
/// </summary>
/// <param name="Low">Lower end; null for none.</param>
/// <param name="LowIncluded">Whether the lower end is inside.</param>
/// <param name="High">Upper end; null for none.</param>
/// <param name="HighIncluded">Whether the upper end is inside.</param>
public sealed record Interval(decimal? Low, bool LowIncluded, decimal? High, bool HighIncluded)
{
    /// <summary>Whether the number lies inside, compared exactly.</summary>
    public bool Contains(decimal number) =>
        (Low is not decimal low || number > low || (LowIncluded && number == low))
        && (High is not decimal high || number < high || (HighIncluded && number == high));

    /// <summary>Whether no number lies inside.</summary>
    public bool IsEmpty => Low is decimal low && High is decimal high
        && (low > high || (low == high && !(LowIncluded && HighIncluded)));

    /// <summary>Reads <c>[a, b)</c> and its kin; <c>-inf</c> and <c>inf</c> stand at open ends only.</summary>
    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Interval? interval)
    {
        interval = null;
        string s = text.Trim();
        if (s.Length < 5 || s[0] is not ('(' or '[') || s[^1] is not (')' or ']')) return false;
        string[] ends = s[1..^1].Split(',', StringSplitOptions.TrimEntries);
        if (ends.Length != 2) return false;
        (bool lowIncluded, bool highIncluded) = (s[0] == '[', s[^1] == ']');
        if (!End(ends[0], "-inf", lowIncluded, out decimal? low)) return false;
        if (!End(ends[1], "inf", highIncluded, out decimal? high)) return false;
        var read = new Interval(low, lowIncluded, high, highIncluded);
        if (read.IsEmpty) return false;
        interval = read;
        return true;
    }

    private static bool End(string text, string unbounded, bool included, out decimal? end)
    {
        end = null;
        if (text == unbounded) return !included;
        const NumberStyles plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(text, plain, CultureInfo.InvariantCulture, out decimal number)) return false;
        end = number;
        return true;
    }

    /// <summary>As it is written in a definition.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(LowIncluded ? '[' : '(')}{(Low is decimal l ? l.ToString(CultureInfo.InvariantCulture) : "-inf")}, " +
        $"{(High is decimal h ? h.ToString(CultureInfo.InvariantCulture) : "inf")}{(HighIncluded ? ']' : ')')}");
}
