using System.Globalization;
using System.Text;
using Monitor.Domain.Readings;

namespace Monitor.Storage.Influx;

/// <summary>
/// Readings as points: one series for each section, measurand, instrument and statistic. The float is for charts; beside
/// it stand the digits as reported, and the position in the record, by which a point can be traced and compared.
/// </summary>
/// <remarks>
/// Of several readings of one series and time a point shows the last by position: the projection goes in that order, and
/// a server overwrites. A name may hold anything: what the protocol escapes is escaped; what its servers disagree about
/// (backslash, control characters) is written as <c>%XX</c>, and only then a percent sign that could be taken for one too.
/// </remarks>
public static class LineProtocol
{
    /// <summary>The one measurement.</summary>
    public const string Measurement = "readings";

    /// <summary>The tags, in the order written; an empty instrument is left out.</summary>
    public static IReadOnlyList<string> Tags { get; } = ["section", "measurand", "instrument", "statistic"];

    /// <summary>The fields, in the order written; a qualifier that is none is left out.</summary>
    public static IReadOnlyList<string> Fields { get; } =
        ["value", "digits", "qualifier", "unit", "status", "agent", "position"];

    /// <summary>A reading's line, with its end; the time in milliseconds.</summary>
    public static string Line(StoredReading stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        Reading reading = stored.Reading;
        StringBuilder line = new(Measurement, 256);
        Tag(line, "section", stored.Section);
        Tag(line, "measurand", reading.Measurand);
        Tag(line, "instrument", reading.Instrument);
        Tag(line, "statistic", reading.Statistic.Name());
        line.Append(" value=").Append(Shown(Float(reading.Value)));
        Field(line, "digits", reading.Value.Digits);
        if (reading.Value.Qualifier != Qualifier.None) Field(line, "qualifier", Sign(reading.Value.Qualifier));
        Field(line, "unit", reading.Unit);
        Field(line, "status", reading.Status);
        Field(line, "agent", stored.Agent);
        line.Append(CultureInfo.InvariantCulture, $",position={stored.Position}i {reading.Time.UnixMilliseconds}\n");
        return line.ToString();
    }

    /// <summary>A value as a server's double: the nearest to the digits.</summary>
    internal static double Float(ReportedValue value) => double.Parse(value.Digits, CultureInfo.InvariantCulture);

    /// <summary>A double in the fewest digits that read back to it.</summary>
    internal static string Shown(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary><c>&lt;</c>, <c>&gt;</c> or nothing.</summary>
    internal static string Sign(Qualifier qualifier) => qualifier switch
    {
        Qualifier.Below => "<",
        Qualifier.Above => ">",
        _ => "",
    };

    /// <summary>A name as it stands in a tag once the server has read it.</summary>
    internal static string Name(string name)
    {
        var written = new StringBuilder(name.Length);
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            bool isTaken = c == '%' && i + 2 < name.Length
                && char.IsAsciiHexDigit(name[i + 1]) && char.IsAsciiHexDigit(name[i + 2]);
            if (c == '\\' || char.IsControl(c) || isTaken) written.Append(CultureInfo.InvariantCulture, $"%{(int)c:X2}");
            else written.Append(c);
        }
        return written.ToString();
    }

    /// <summary>The name that a tag stands for.</summary>
    internal static string NameOf(string tag)
    {
        var name = new StringBuilder(tag.Length);
        for (int i = 0; i < tag.Length; i++)
        {
            bool isWritten = tag[i] == '%' && i + 2 < tag.Length
                && char.IsAsciiHexDigit(tag[i + 1]) && char.IsAsciiHexDigit(tag[i + 2]);
            name.Append(isWritten
                ? (char)byte.Parse(tag.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                : tag[i]);
            if (isWritten) i += 2;
        }
        return name.ToString();
    }

    private static void Tag(StringBuilder line, string key, string value)
    {
        if (value.Length == 0) return;
        line.Append(',').Append(key).Append('=');
        foreach (char c in Name(value))
        {
            if (c is ' ' or ',' or '=') line.Append('\\');
            line.Append(c);
        }
    }

    private static void Field(StringBuilder line, string key, string value)
    {
        line.Append(',').Append(key).Append("=\"");
        foreach (char c in value)
        {
            if (c is '"' or '\\') line.Append('\\');
            line.Append(c);
        }
        line.Append('"');
    }
}
