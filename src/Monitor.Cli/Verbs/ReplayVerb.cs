using System.CommandLine;
using Monitor.Server.Jobs;
using Monitor.Storage;
using Monitor.Storage.Evidence;
using Monitor.Storage.Sqlite;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor replay ENTRY</c>: recomputes a sealed judgement from the record.</summary>
internal static class ReplayVerb
{
    /// <summary>Makes the command.</summary>
    internal static Command Create()
    {
        var entry = new Argument<long>("ENTRY") { Description = "Number of an assessment, a notice or a proposal." };
        Option<string> data = DataOption.Create();
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var command = new Command("replay", "Recompute a sealed judgement from the record: exit 1 where it differs.")
        {
            entry, data, json,
        };
        command.SetAction(parsed => Run(parsed.Folder(data), parsed.GetRequiredValue(entry), parsed.GetValue(json)));
        return command;
    }

    private static int Run(DataFolder folder, long number, bool json)
    {
        using SqliteReadingStore record = Backends.OpenRecord(folder, StoreAccess.ReadOnly);
        using SqliteRegistryStore registry = Backends.OpenRegistry(folder, StoreAccess.ReadOnly);
        using SqliteLedgerStore ledger = Backends.OpenLedger(folder, StoreAccess.ReadOnly);
        var flow = new ReplayFlow(ledger, record, registry, new EvidenceStore(folder.Evidence));
        ReplayOutcome outcome = flow.Replay(number);
        if (json)
        {
            using var lines = new JsonLines(Console.OpenStandardOutput());
            lines.Write(writer =>
            {
                writer.WriteNumber("entry", outcome.Entry.Number);
                writer.WriteBoolean("same", outcome.IsSame);
                writer.WriteNumber("readings", outcome.Readings);
                if (!outcome.IsSame) writer.WriteString("difference", outcome.Difference);
            });
        }
        else
        {
            Console.Out.WriteLine(outcome.IsSame
                ? $"Entry {outcome.Entry.Number}: the same bytes from {outcome.Readings} readings."
                : $"Entry {outcome.Entry.Number}: {outcome.Difference}");
        }
        return outcome.IsSame ? ExitCode.Done : ExitCode.No;
    }
}
