using System.CommandLine;
using System.Globalization;
using System.Text;
using Monitor.Domain;
using Monitor.Ledger;
using Monitor.Server.Jobs;
using Monitor.Server.People;
using Monitor.Storage;
using Monitor.Storage.Sqlite;
using Spectre.Console;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor ledger show|verify</c>: what is sealed, and whether it still is what was sealed.</summary>
internal static class LedgerVerb
{
    /// <summary>Makes the command.</summary>
    internal static Command Create() => new("ledger", "The sealed entries.") { CreateShow(), CreateVerify() };

    private static Command CreateShow()
    {
        var number = new Argument<long?>("N")
        {
            Description = "One entry's number; all when left out.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string> data = DataOption.Create();
        var json = new Option<bool>("--json") { Description = "One JSON object per entry, the entry itself verbatim." };
        var command = new Command("show", "Shows entries.") { number, data, json };
        command.SetAction(parsed =>
        {
            using SqliteLedgerStore ledger = Open(parsed.Folder(data));
            IEnumerable<LedgerEntry> entries = Entries(ledger, parsed.GetValue(number));
            if (parsed.GetValue(json)) WriteJson(entries);
            else WriteTable(entries);
            return 0;
        });
        return command;
    }

    private static Command CreateVerify()
    {
        Option<string> data = DataOption.Create();
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var command = new Command(
            "verify", "Checks every entry's hash, the chain and its end, every decision, and the documents.") { data, json };
        command.SetAction(parsed =>
        {
            DataFolder folder = parsed.Folder(data);
            using SqliteLedgerStore ledger = Open(folder);
            LedgerVerdict verdict = Verify(folder, ledger);
            if (parsed.GetValue(json)) WriteJson(verdict);
            else Console.WriteLine(Sentence(verdict));
            return verdict.Intact ? 0 : 1;
        });
        return command;
    }

    private static SqliteLedgerStore Open(DataFolder folder) => File.Exists(folder.Ledger)
        ? SqliteLedgerStore.Open(folder, StoreAccess.ReadOnly)
        : throw new InputException($"There is no ledger in {folder.Root}.",
            "Name the folder that `serve` or `demo` wrote.", field: "--data");

    // A ledger without its record can be verified all the same; then nobody can say which keys were registered.
    private static LedgerVerdict Verify(DataFolder folder, SqliteLedgerStore ledger)
    {
        if (!File.Exists(folder.Record)) return new LedgerAudit(ledger, folder, registration: null).Verify();
        using SqliteRegistryStore records = Backends.OpenRegistry(folder, StoreAccess.ReadOnly);
        return new LedgerAudit(ledger, folder, new PersonRegister(records, TimeProvider.System).Registration()).Verify();
    }

    private static IEnumerable<LedgerEntry> Entries(SqliteLedgerStore ledger, long? number)
    {
        if (number is not long one) return ledger.Lines().Select(Entry);
        return [ledger.At(one) ?? throw new InputException($"There is no entry {one}.",
            string.Create(CultureInfo.InvariantCulture, $"The ledger has entries 1 to {ledger.Head.Entries}."),
            field: "N")];
    }

    private static LedgerEntry Entry(StoredLedgerLine line) =>
        LedgerChain.TryParse(line.Bytes, out LedgerEntry? entry, out string reason) && entry.Hash == line.Hash
            ? entry
            : throw new StoreUnusableException(
                $"Ledger entry {line.Number} was changed. {reason} Restore a backup; `ledger verify` says more.");

    private static void WriteJson(IEnumerable<LedgerEntry> entries)
    {
        using var lines = new JsonLines(Console.OpenStandardOutput());
        foreach (LedgerEntry entry in entries)
        {
            lines.Write(json =>
            {
                json.WriteNumber("number", entry.Number);
                json.WriteString("hash", entry.Hash);
                json.WritePropertyName("entry");
                json.WriteRawValue(entry.Bytes.Span);
            });
        }
    }

    private static void WriteJson(LedgerVerdict verdict)
    {
        using var lines = new JsonLines(Console.OpenStandardOutput());
        lines.Write(json =>
        {
            json.WriteBoolean("verified", verdict.Intact);
            json.WriteNumber("entries", verdict.Entries);
            json.WriteString("head", verdict.Hash);
            if (verdict.BrokenAt is not long broken) return;
            json.WriteNumber("brokenAt", broken);
            json.WriteString("reason", verdict.Reason);
        });
    }

    private static void WriteTable(IEnumerable<LedgerEntry> entries)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("No.", "Sealed at", "Kind", "Key", "Hash");
        foreach (LedgerEntry entry in entries)
        {
            table.AddRow(entry.Number.ToString(CultureInfo.InvariantCulture), entry.SealedAt.ToString(),
                Markup.Escape(entry.Kind), Markup.Escape(entry.Key), entry.Hash[..16] + "…");
        }
        AnsiConsole.Write(table);
    }

    private static string Sentence(LedgerVerdict verdict)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{verdict.Entries} entries hold; head {verdict.Hash}.");
        if (verdict.Intact) return text.ToString();
        text.Append(CultureInfo.InvariantCulture, $" Broken at entry {verdict.BrokenAt}: {verdict.Reason}");
        return text.ToString();
    }
}
