using System.Globalization;
using System.Text.Json;

namespace Monitor.Storage.Influx;

/// <summary>A point as a server gives it back, by the columns of its answer; what is missing is empty.</summary>
internal sealed class FoundPoint(IReadOnlyDictionary<string, JsonElement> row)
{
    /// <summary>The position that it names; 0 for none.</summary>
    internal long Position => row["position"].ValueKind == JsonValueKind.Number ? row["position"].GetInt64() : 0;

    /// <summary>Measurand, instrument, statistic and time.</summary>
    internal (string, string, string, long) Key =>
        (Tag("measurand"), Tag("instrument"), Tag("statistic"), row["time"].GetInt64());

    /// <summary>The line of its digest, see <see cref="DayDigest"/>.</summary>
    internal string ToLine() => Line(Position, Tag("measurand"), Tag("instrument"), Tag("statistic"),
        row["time"].GetInt64(), Text("qualifier"), Text("digits"),
        row["value"].ValueKind == JsonValueKind.Number ? row["value"].GetDouble() : double.NaN, Text("unit"),
        Text("status"), Text("agent"));

    /// <summary>The line of a digest.</summary>
    internal static string Line(long position, string measurand, string instrument, string statistic, long time,
        string sign, string digits, double value, string unit, string status, string agent) => string.Create(
            CultureInfo.InvariantCulture,
            $"{position}\t{measurand}\t{instrument}\t{statistic}\t{time}\t{sign}{digits}\t")
        + $"{LineProtocol.Shown(value)}\t{unit}\t{status}\t{agent}\n";

    private string Tag(string column) => LineProtocol.NameOf(Text(column));

    private string Text(string column) =>
        row[column].ValueKind == JsonValueKind.String ? row[column].GetString()! : "";
}
