using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Storage;
using Monitor.Storage.Influx;
using Monitor.Storage.Sqlite;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor influx rebuild|verify</c>: the copy of the readings in InfluxDB, made anew or compared.</summary>
internal static class InfluxVerb
{
    // A server that is busy for a moment is waited for; one that is not there is reported.
    private const int TriesMax = 5;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Makes the command.</summary>
    internal static Command Create() => new("influx", "The readings in InfluxDB, for charts: a copy that may be thrown away.")
    {
        Rebuild(), Verify(),
    };

    private static Command Rebuild()
    {
        (Option<string> data, Option<string?> config, Option<bool> json) = Common();
        var command = new Command("rebuild", "Drops the copy and writes it anew, from the first reading. A service may run.")
        {
            config, data, json,
        };
        command.SetAction(async (parsed, stop) =>
        {
            (DataFolder folder, InfluxTarget target) = Asked(parsed, data, config);
            using SqliteReadingStore record = Backends.OpenRecord(folder, StoreAccess.ReadOnly);
            using var projection = new InfluxProjection(record, folder, target, TimeProvider.System);
            await projection.ResetAsync(stop);
            (long written, long refused) = await WriteAllAsync(projection, stop);
            Console.Out.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(new { position = projection.Position, written, refused }, Options)
                : string.Create(CultureInfo.InvariantCulture,
                    $"Written: {written} readings, up to position {projection.Position}. Refused: {refused}."));
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<(long Written, long Refused)> WriteAllAsync(InfluxProjection projection, CancellationToken stop)
    {
        (long written, long refused, int inVain) = (0, 0, 0);
        for (bool isBehind = true; isBehind;)
        {
            ProjectionStep step = await projection.StepAsync(stop);
            isBehind = step.IsBehind || step.Trouble is not null;
            if (step.Trouble is null)
            {
                (written, refused, inVain) = (written + step.Written, refused + step.Refused, 0);
                continue;
            }
            if (++inVain == TriesMax) throw new StoreUnavailableException(
                $"After {written} readings InfluxDB takes no more: {step.Trouble} A running service goes on by itself; "
                + "or call again.");
            await Task.Delay(step.After ?? TimeSpan.FromSeconds(inVain), TimeProvider.System, stop);
        }
        return (written, refused);
    }

    private static Command Verify()
    {
        (Option<string> data, Option<string?> config, Option<bool> json) = Common();
        var command = new Command("verify", "Compares the copy with the record: count and hash of every section-day.")
        {
            config, data, json,
        };
        command.SetAction(async (parsed, stop) =>
        {
            (DataFolder folder, InfluxTarget target) = Asked(parsed, data, config);
            using SqliteReadingStore record = Backends.OpenRecord(folder, StoreAccess.ReadOnly);
            using var projection = new InfluxProjection(record, folder, target, TimeProvider.System);
            ProjectionReport report = await projection.VerifyAsync(stop);
            if (parsed.GetValue(json)) Console.Out.WriteLine(JsonSerializer.Serialize(new
            {
                equal = report.IsEqual, report.Position, report.Behind, report.Days, report.Points, report.Differences,
                report.Refused,
            }, Options));
            else Write(report);
            return report.IsEqual ? ExitCode.Done : ExitCode.No;
        });
        return command;
    }

    private static void Write(ProjectionReport report)
    {
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Days} section-days, {report.Points} points, up to position {report.Position}; {report.Behind} behind."));
        foreach (DayDifference one in report.Differences)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"differs    {one.Section} {one.Day}: {one.Record.Count} in the record, {one.Influx.Count} in InfluxDB"));
        }
        foreach (RefusedPoint one in report.Refused)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"refused    {one.Position}: {one.Reason}"));
        }
        Console.Out.WriteLine(report.IsEqual ? "Equal." : "NOT EQUAL. `monitor influx rebuild` makes it anew.");
    }

    private static (Option<string> Data, Option<string?> Config, Option<bool> Json) Common() => (
        DataOption.Create(),
        new Option<string?>("--config")
        {
            Description = "The service's settings, whose key 'influx' says where; as for serve.", HelpName = "FILE",
            Required = true,
        },
        new Option<bool>("--json") { Description = "One JSON object." });

    private static (DataFolder Folder, InfluxTarget Target) Asked(
        ParseResult parsed, Option<string> data, Option<string?> config)
    {
        string file = parsed.GetRequiredValue(config)!;
        ServiceSettings settings = ServiceSettings.Read(file);
        return (parsed.Folder(data, settings.Data), settings.InfluxTarget ?? throw new InputException(
            "It has no key 'influx'.", "Write as {\"influx\":{\"url\":\"http://127.0.0.1:8086\",\"bucket\":\"monitor\"}}.",
            file, 0, "influx"));
    }
}
