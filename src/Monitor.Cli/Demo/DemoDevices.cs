using System.Text;
using Monitor.Storage;

namespace Monitor.Cli.Demo;

/// <summary>
/// Which of the demonstration's readings come from devices: all of one section from a data logger, what a sonde measures of
/// another since October from that; everything else from files.
/// </summary>
/// <param name="folder">The demonstration's folder.</param>
internal sealed class DemoDevices(DataFolder folder) : IAsyncDisposable
{
    private const string LoggerSection = "OJ-01", SondeSection = "OJ-04";

    // A sonde is asked for each measurement, so that a whole year would take longer than all the rest.
    private static readonly string SondeFrom = $"{DemoScenario.Year}-10-01";

    private static readonly string[] ByLogger =
        ["w01001", "w01003", "w01009", "w01010", "w01014", "w01019", "w21001", "w21003", "w21011"];

    private readonly List<SimulatedDevice> started = [];

    /// <summary>Writes a section's year: what its device has into a file of its own, the rest into that of its agent.</summary>
    internal void Write(string section, string replay, string csv)
    {
        if (Codes(section) is { Length: > 0 } codes)
        {
            (string device, csv) = DeviceRow.Part(csv, codes, section == SondeSection ? SondeFrom : "");
            AtomicFile.Write(MemoryOf(section), Encoding.UTF8.GetBytes(device));
        }
        AtomicFile.Write(replay, Encoding.UTF8.GetBytes(csv));
    }

    /// <summary>Starts a section's device.</summary>
    /// <returns>The configuration that tells an agent of it; null where the section has none.</returns>
    internal string? Start(string section, string agent)
    {
        // Without the device's file the folder is of a former program, and its agents replay whole years.
        if (Codes(section).Length == 0 || !File.Exists(MemoryOf(section))) return null;
        IReadOnlyList<IReadOnlyList<DeviceRow>> year = DeviceRow.Read(File.ReadAllText(MemoryOf(section)));
        SimulatedDevice device = section == LoggerSection ? new SimulatedLogger(section, year) : new SimulatedSonde(year);
        started.Add(device);
        string file = Path.Combine(folder.Root, "demo", "edge", agent + ".json");
        AtomicFile.Write(file, Encoding.UTF8.GetBytes($$"""{"sensors":[{{device.Settings}}]}""" + "\n"));
        return file;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (SimulatedDevice device in started) await device.DisposeAsync();
    }

    private string MemoryOf(string section) => Path.Combine(folder.Root, "demo", "devices", section + ".csv");

    private static string[] Codes(string section) => section switch
    {
        LoggerSection => ByLogger,
        SondeSection => [.. SimulatedSonde.Parameters.Select(parameter => parameter.Code)],
        _ => [],
    };
}
