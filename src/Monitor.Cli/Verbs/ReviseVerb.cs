using System.CommandLine;
using Monitor.Domain;
using Monitor.Programmes.Documents;
using Monitor.Server.Jobs;
using Monitor.Storage;
using Monitor.Storage.Evidence;
using Monitor.Storage.Sqlite;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor revise SECTION PERIOD</c>: judges a period again on what came after it was sealed.</summary>
internal static class ReviseVerb
{
    /// <summary>Makes the command.</summary>
    internal static Command Create()
    {
        var section = new Argument<string>("SECTION") { Description = "Section id, as OJ-05." };
        var period = new Argument<string>("PERIOD") { Description = "A judged year, 2025, or month, 2025-03." };
        Option<string> data = DataOption.Create();
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var command = new Command(
            "revise", "Judge a sealed period again on what came later: a revision and a draft notice where it differs. "
            + "`serve` does so for years at each midnight.")
        {
            section, period, data, json,
        };
        command.SetAction(parsed => Run(
            parsed.Folder(data), parsed.GetRequiredValue(section), parsed.GetRequiredValue(period), parsed.GetValue(json)));
        return command;
    }

    private static int Run(DataFolder folder, string section, string period, bool json)
    {
        using SqliteReadingStore record = Backends.OpenRecord(folder, StoreAccess.ReadOnly);
        using SqliteRegistryStore registry = Backends.OpenRegistry(folder, StoreAccess.ReadOnly);
        if (!File.Exists(folder.Ledger)) throw new InputException(
            $"There is no ledger in {folder.Root}.", "Name the folder that `serve` or `demo` wrote.", field: "--data");
        using SqliteLedgerStore ledger = Backends.OpenLedger(folder, StoreAccess.ReadWrite);
        var flow = new RevisionFlow(
            record, registry, ledger, new EvidenceStore(folder.Evidence), folder, TimeProvider.System);
        // The newest terms that the period was judged by, where it was judged by several.
        NoticeChain chain = flow.Chains().LastOrDefault(c => c.Newest.Notice.Section == section
                && c.Newest.Notice.Period == period)
            ?? throw new InputException(
                $"{section} {period} was not judged yet.", "`ledger show` lists what was sealed.", field: "SECTION");
        SealedNotice? draft = flow.Revise(chain);
        Write(chain, draft, draft is null ? null : ledger.Head.Entries, json);
        return ExitCode.Done;
    }

    private static void Write(NoticeChain chain, SealedNotice? draft, long? entry, bool json)
    {
        if (json)
        {
            using var lines = new JsonLines(Console.OpenStandardOutput());
            lines.Write(writer =>
            {
                writer.WriteBoolean("revised", draft is not null);
                if (draft?.Revision is not NoticeRevision r) return;
                writer.WriteNumber("entry", entry!.Value);
                writer.WriteString("number", draft.Number);
                writer.WriteNumber("former", r.Former);
                writer.WriteString("direction", draft.Direction);
                writer.WriteString("amount", draft.Amount);
                writer.WriteString("settled", r.Settled);
                writer.WriteString("difference", r.Difference);
                writer.WriteString("file", draft.File);
            });
            return;
        }
        if (draft?.Revision is not NoticeRevision revision)
        {
            Console.Out.WriteLine(chain.IsBeingIssued
                ? $"{chain.Newest.Notice.Number} was approved and is not sealed yet: start `serve` first."
                : $"Nothing came after {chain.Newest.Notice.Number} that changes it.");
            return;
        }
        Console.Out.WriteLine($"Entry {entry}: {draft.Number} revises entry {revision.Former} ({revision.FormerNumber}).");
        Console.Out.WriteLine(
            $"{revision.FormerDirection} {revision.FormerAmount ?? "—"} → {draft.Direction} {draft.Amount ?? "—"}"
            + (revision.Difference is string difference ? $"; upstream owes a difference of {difference} yuan" : ""));
        Console.Out.WriteLine($"Two persons decide with: monitor approve {entry} --key FILE");
    }
}
