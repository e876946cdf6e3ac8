using System.CommandLine;
using System.Globalization;
using Monitor.Cli.Simulation;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Storage;
using Spectre.Console;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor simulate</c>: many made-up agents over real sockets, to size a machine or to try a service.</summary>
internal static class SimulateVerb
{
    /// <summary>Makes the command.</summary>
    internal static Command Create()
    {
        var options = new SimulateOptions();
        var command = new Command("simulate", "Send made-up readings of many agents over real sockets, and count the answers.");
        foreach (Option option in options.All) command.Add(option);
        command.SetAction((parsed, stop) => RunAsync(options, parsed, stop));
        return command;
    }

    private static async Task<int> RunAsync(SimulateOptions options, ParseResult parsed, CancellationToken stop)
    {
        // Only now are Ctrl-C and SIGTERM answered, see `serve`.
        await Task.Yield();
        SimulationPlan plan = options.Plan(parsed);
        bool direct = parsed.GetValue(options.Direct);
        var run = new SimulationRun(plan, TimeProvider.System, s => Console.Error.WriteLine($"simulate: {s}"));
        SimulationSummary summary;
        if (parsed.GetValue(options.Port) is int port)
        {
            if (direct) throw new InputException("--direct goes into a store, --port to a service.", "Leave one out.",
                field: "--direct");
            string host = parsed.GetRequiredValue(options.Host);
            summary = parsed.GetValue(options.Data) is string served
                ? await run.AsRegisteredAsync(host, port, new DataFolder(served), stop)
                : await run.AgainstAsync(host, port, stop);
        }
        else if (parsed.GetValue(options.Data) is string data)
        {
            summary = await InAsync(run, new DataFolder(data), direct, stop);
        }
        else
        {
            string folder = Directory.CreateTempSubdirectory("monitor-simulate-").FullName;
            try
            {
                summary = await InAsync(run, new DataFolder(folder), direct, stop);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        if (parsed.GetValue(options.Json))
        {
            using var lines = new JsonLines(Console.OpenStandardOutput());
            lines.Write(summary.Write);
        }
        else
        {
            Write(summary);
        }
        return summary.Balanced == false || summary.Tally.UnexpectedRefusals > 0 ? ExitCode.No : ExitCode.Done;
    }

    private static async Task<SimulationSummary> InAsync(
        SimulationRun run, DataFolder folder, bool direct, CancellationToken stop) =>
        direct ? run.Direct(folder, stop) : await run.WithOwnServiceAsync(folder, stop);

    private static void Write(SimulationSummary s)
    {
        var table = new Table().AddColumns("", "").HideHeaders();
        table.AddRow("agents", Number(s.Plan.Agents));
        table.AddRow("messages answered", Number(s.Tally.Answered));
        table.AddRow("  stored for the first time", Number(s.Tally.Accepted));
        table.AddRow("  repeats", Number(s.Tally.Repeats));
        table.AddRow("  broken on purpose", Number(s.Tally.Malformed));
        table.AddRow("  refused though good", Number(s.Tally.UnexpectedRefusals));
        table.AddRow("asked to come later", Number(s.Tally.Later));
        table.AddRow("connections lost", Number(s.Tally.Lost));
        table.AddRow("readings", Number(s.Tally.Readings));
        table.AddRow("seconds", s.Elapsed.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture));
        double seconds = Math.Max(s.Elapsed.TotalSeconds, 1e-6);
        table.AddRow("messages per second", Number((long)(s.Tally.Answered / seconds)));
        table.AddRow("readings per second", Number((long)(s.Tally.Readings / seconds)));
        table.AddRow("answer after, ms", Quantiles(s.Tally.Latency));
        if (s.Tally.Live.Count > 0) table.AddRow("live, ms", Quantiles(s.Tally.Live));
        if (s.After is StoreCounts after)
        {
            table.AddRow("store", $"{Number(after.Readings)} readings, {Number(after.Repeats)} repeats, " +
                $"{Number(after.DeadLetters)} dead-lettered; {(s.Balanced == true ? "balanced" : "NOT BALANCED")}");
        }
        AnsiConsole.Write(table);
    }

    private static string Quantiles(LatencyCounts counts) => string.Create(CultureInfo.InvariantCulture,
        $"p50 {counts.Milliseconds(0.5):0.0}, p95 {counts.Milliseconds(0.95):0.0}, p99 {counts.Milliseconds(0.99):0.0}");

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
