using System.Globalization;
using Monitor.Domain.Readings;

namespace Monitor.Cli.Demo;

/// <summary>A row of a synthetic year, as a device has it in its memory.</summary>
/// <param name="Time">When it was measured.</param>
/// <param name="Code">The measurand.</param>
/// <param name="Value">The value's text, with &lt; or &gt; before it where it is a bound.</param>
/// <param name="Status">The device's mark.</param>
internal sealed record DeviceRow(Instant Time, string Code, string Value, string Status)
{
    /// <summary>Parts a year's table in two: what a device measures, and what comes in otherwise.</summary>
    /// <param name="csv">The table with its first line.</param>
    /// <param name="codes">What the device measures.</param>
    /// <param name="from">Since when, as the table writes it.</param>
    internal static (string Device, string Others) Part(string csv, IReadOnlyCollection<string> codes, string from)
    {
        string[] lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        ILookup<bool, string> parted = lines.Skip(1).ToLookup(
            line => string.CompareOrdinal(line, from) >= 0 && codes.Contains(line.Split(',')[1]));
        string Table(bool isDevice) => string.Concat(parted[isDevice].Prepend(lines[0]).Select(line => line + "\n"));
        return (Table(true), Table(false));
    }

    /// <summary>The measurements of a table, in order of time; each has the rows of one moment.</summary>
    internal static IReadOnlyList<IReadOnlyList<DeviceRow>> Read(string csv) =>
        [.. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','))
            .Select(fields => new DeviceRow(
                Instant.From(DateTimeOffset.Parse(fields[0], CultureInfo.InvariantCulture)),
                fields[1], fields[2], fields[3]))
            .GroupBy(row => row.Time).OrderBy(group => group.Key).Select(group => group.ToList())];
}
