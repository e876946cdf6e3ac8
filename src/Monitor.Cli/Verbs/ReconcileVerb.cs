using System.CommandLine;
using System.Globalization;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Server;
using Monitor.Server.Intake;
using Monitor.Storage;
using Monitor.Storage.Sqlite;
using Spectre.Console;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor reconcile SECTION DAY</c>: what became of a day's readings on every step.</summary>
internal static class ReconcileVerb
{
    /// <summary>Makes the command.</summary>
    internal static Command Create()
    {
        var section = new Argument<string>("SECTION") { Description = "Section id, as OJ-05." };
        var day = new Argument<string>("DAY") { Description = "Civil day of the section's programme, as 2025-03-01." };
        var programmes = new Option<string?>("--programmes")
        {
            Description = "Programmes that say in which zone the day lies, as for `serve`.", HelpName = "FOLDER",
        };
        Option<string> data = DataOption.Create();
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var command = new Command("reconcile", "A day's account: sampled, sent, received, stored, judged; and what is missing.")
        {
            section, day, programmes, data, json,
        };
        command.SetAction(parsed =>
        {
            DataFolder folder = parsed.Folder(data);
            ProgrammeShelf shelf = ProgrammeFolder.Load(folder, parsed.GetValue(programmes));
            using SqliteReadingStore record = Backends.OpenRecord(folder, StoreAccess.ReadOnly);
            DayReconciliation account = DayAccountant.Of(
                parsed.GetRequiredValue(section), parsed.GetRequiredValue(day), shelf, record, Entries(folder));
            if (parsed.GetValue(json)) Console.Out.WriteLine(account.ToJson());
            else Write(account);
            return account.Balanced ? ExitCode.Done : ExitCode.No;
        });
        return command;
    }

    private static List<LedgerEntry> Entries(DataFolder folder)
    {
        List<LedgerEntry> entries = [];
        // A service that has judged nothing yet has no ledger, and that is no fault of the account.
        if (!File.Exists(folder.Ledger)) return entries;
        using SqliteLedgerStore ledger = Backends.OpenLedger(folder, StoreAccess.ReadOnly);
        foreach (StoredLedgerLine line in ledger.Lines())
        {
            if (LedgerChain.TryParse(line.Bytes, out LedgerEntry? entry, out _)) entries.Add(entry);
        }
        return entries;
    }

    private static void Write(DayReconciliation a)
    {
        var counts = new Table().AddColumns("sampled", "sent", "received", "stored", "duplicates", "dead-lettered", "judged in");
        counts.AddRow([.. new[] { a.Sampled, a.Sent, a.Received, a.Stored, a.Duplicates, a.DeadLettered }.Select(Number),
            a.JudgedIn.Count == 0 ? "—" : string.Join(' ', a.JudgedIn.Select(Number))]);
        AnsiConsole.WriteLine($"{a.Section} on {a.Day} ({a.Zone}), in readings");
        AnsiConsole.Write(counts);
        if (!a.Balanced) AnsiConsole.WriteLine("NOT BALANCED: received is not stored + duplicates + dead-lettered.");
        foreach (SequenceGap gap in a.Gaps)
        {
            AnsiConsole.WriteLine(
                $"gap        {gap.Agent}/{gap.Boot}: batches {Number(gap.From)} to {Number(gap.To)} are missing");
        }
        foreach (LostBatches lost in a.Lost)
        {
            AnsiConsole.WriteLine($"lost       {lost.Agent}/{lost.Boot}: batches {Number(lost.From)} to {Number(lost.To)}, " +
                $"{Number(lost.Readings)} readings dropped by the agent");
        }
        foreach (DeadLetterNote letter in a.DeadLetters)
        {
            AnsiConsole.WriteLine($"kept apart {letter.ReceivedAt} {letter.Agent} ×{Number(letter.Times)}: {letter.Reason}");
        }
        foreach (DoubtfulBatch batch in a.Doubtful)
        {
            AnsiConsole.WriteLine($"doubtful   {batch.Agent}/{batch.Boot}/{Number(batch.Sequence)}: {batch.Why}");
        }
        foreach (AlarmNote alarm in a.Alarms)
        {
            AnsiConsole.WriteLine($"alarm      {alarm.Last} {alarm.Agent} {alarm.Kind} ×{Number(alarm.Times)}: {alarm.Detail}");
        }
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
