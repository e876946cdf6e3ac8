using System.Globalization;
using System.Text;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Storage;

namespace Monitor.Cli.Demo;

/// <summary>
/// A made-up year of a bank's wells, and how its rain ranked: six readings a day of the depth to the water table, wet in
/// spring and in the plum rains, dry in late summer. Only + − × ÷, so that every machine makes the same file.
/// </summary>
internal static class DemoWells
{
    private const int SlotsPerDay = 6, DaysOfYear = 365;

    // Day of the year, and the depth in metres on it; straight lines between.
    private static readonly (int Day, decimal Depth)[] Course =
    [
        (0, 0.62m), (60, 0.45m), (80, 0.24m), (120, 0.12m), (165, 0.04m), (185, 0.18m), (215, 0.48m), (250, 0.66m),
        (285, 0.40m), (330, 0.35m), (364, 0.55m),
    ];

    /// <summary>Writes the files that the bank's agents replay, where they are not there yet.</summary>
    internal static IReadOnlyList<(string Agent, string File)> Write(DataFolder folder, WetlandBank bank)
    {
        if (bank.Monitoring is not MonitoringTerms monitoring) return [];
        List<(string, string)> agents = [.. monitoring.Wells.Select(
            (well, i) => Written(folder, well, () => Well(0.03m * i, gap: 140 + (20 * i))))];
        if (monitoring.RainfallAgent is string rain) agents.Add(Written(folder, rain, Rain));
        return agents;
    }

    private static (string, string) Written(DataFolder folder, string agent, Func<string> year)
    {
        string file = Path.Combine(folder.Root, "demo", "wells", $"{agent}.csv");
        if (!File.Exists(file)) AtomicFile.Write(file, Encoding.UTF8.GetBytes(year()));
        return (agent, file);
    }

    // A well lies deeper by so much, and its logger is silent for a day and a half in its wet time.
    private static string Well(decimal deeper, int gap)
    {
        var csv = new StringBuilder("time,measurand,value,status,instrument\n");
        for (int slot = 0; slot < DaysOfYear * SlotsPerDay; slot++)
        {
            int day = slot / SlotsPerDay;
            if (slot >= gap * SlotsPerDay && slot < (gap * SlotsPerDay) + 9) continue;
            // A swell of two centimetres over the day, deepest in the afternoon.
            decimal swell = 0.01m * Math.Min(slot % SlotsPerDay, 5 - (slot % SlotsPerDay));
            decimal depth = decimal.Round(Depth(day, slot % SlotsPerDay) + deeper + swell, 3);
            Row(csv, slot, Measurands.WaterTableDepth, depth);
        }
        return csv.ToString();
    }

    private static string Rain()
    {
        var csv = new StringBuilder("time,measurand,value,status,instrument\n");
        Row(csv, (DaysOfYear * SlotsPerDay) - 1, Measurands.RainfallRank, 0.55m);
        return csv.ToString();
    }

    private static decimal Depth(int day, int slot)
    {
        int next = Array.FindIndex(Course, 1, point => point.Day >= day);
        ((int fromDay, decimal from), (int toDay, decimal to)) = (Course[next - 1], Course[next]);
        decimal at = day - fromDay + (slot / (decimal)SlotsPerDay);
        return from + ((to - from) * at / (toDay - fromDay));
    }

    private static void Row(StringBuilder csv, int slot, string code, decimal value)
    {
        DateTimeOffset time = new DateTimeOffset(DemoScenario.Year, 1, 1, 0, 0, 0, TimeSpan.FromHours(8))
            + TimeSpan.FromHours(slot * 24 / SlotsPerDay);
        csv.Append(time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)).Append(',').Append(code)
            .Append(',').Append(value.ToString(CultureInfo.InvariantCulture)).Append(",N,\n");
    }
}
