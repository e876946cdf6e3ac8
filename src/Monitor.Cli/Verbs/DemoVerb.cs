using System.CommandLine;
using Monitor.Cli.Demo;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Documents;
using Monitor.Server;
using Monitor.Server.Intake;
using Monitor.Storage;
using Spectre.Console;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor demo</c>: the main job on the embedded defaults, with made-up data.</summary>
internal static class DemoVerb
{
    /// <summary>Makes the command.</summary>
    internal static Command Create()
    {
        var once = new Option<bool>("--once") { Description = "Print the summary and end, instead of staying up." };
        Option<string> data = DataOption.Create();
        Option<int> port = PortOption.Create("--port", "Port of the page on 127.0.0.1; 0 for any free one.", 0);
        var json = new Option<bool>("--json") { Description = "The summary as one JSON object." };
        var command = new Command("demo", "Replay a made-up year through agents, judge it, and seal what follows.")
        {
            once, data, port, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(once), parsed.Folder(data), parsed.Port(port), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        bool once, DataFolder folder, int port, bool json, CancellationToken cancellation)
    {
        // Only now are Ctrl-C and SIGTERM answered, see `serve`.
        await Task.Yield();
        ProgrammeShelf shelf = ProgrammeFolder.Load(folder, ProgrammeFolder.Shipped) with { Caution = DemoRun.Caution };
        var options = new MonitorServerOptions
        {
            Folder = folder, HttpPort = port, MqttPort = 0, Programmes = shelf,
            // Its agents are made up, and so is whoever would register them.
            UnregisteredAgents = UnregisteredAgents.OnThisMachine,
        };
        await using MonitorServer server = await MonitorServer.StartAsync(options, cancellation);
        DemoSummary summary = await new DemoRun(server, folder, shelf, options.Clock, Say).RunAsync(cancellation);
        if (json)
        {
            using var lines = new JsonLines(Console.OpenStandardOutput());
            lines.Write(summary.Write);
        }
        else
        {
            Print(summary, folder);
        }
        if (!once)
        {
            // The clock's jobs are `serve`'s: what the demonstration sealed stays what its summary says.
            Say($"the page is at http://127.0.0.1:{server.HttpPort}/ until Ctrl-C");
            await server.RunUntilAsync(cancellation);
        }
        return summary.Ledger.Intact ? ExitCode.Done : ExitCode.No;
    }

    private static void Say(string progress) => Console.Error.WriteLine($"demo: {progress}");

    private static void Print(DemoSummary summary, DataFolder folder)
    {
        var notices = new Table()
            .AddColumns("section", "period", "class", "target", "index", "result", "yuan", "status", "notice");
        foreach (SealedNotice n in summary.Notices)
        {
            notices.AddRow(
                n.Section, n.Period, n.Class ?? "—", n.TargetClass, n.Index ?? "—", n.Direction, n.Amount ?? "—", n.Status,
                Markup.Escape(Path.Combine(folder.Root, n.File)));
        }
        AnsiConsole.WriteLine(
            $"readings  published {summary.Published}, stored {summary.Counts.Readings}, " +
            $"duplicates {summary.Counts.Readings - summary.Counts.DistinctReadings}, " +
            $"dead-lettered {summary.Counts.DeadLetters}");
        AnsiConsole.Write(notices);
        var releases = new Table().AddColumns("bank", "milestone", "credits", "certificate");
        foreach (CreditRelease r in summary.Releases)
        {
            releases.AddRow(r.Bank, r.Milestone, r.Credits, Markup.Escape(Path.Combine(folder.Root, r.File)));
        }
        AnsiConsole.Write(releases);
        AnsiConsole.WriteLine($"proposals {summary.Proposals}");
        AnsiConsole.WriteLine(
            $"ledger    {summary.Ledger.Entries} entries, " +
            $"{(summary.Ledger.Intact ? "verified" : "BROKEN: " + summary.Ledger.Reason)}, " +
            $"head {summary.Ledger.Hash}");
    }
}
