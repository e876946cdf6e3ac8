using System.CommandLine;
using System.Security.Cryptography;
using Monitor.Server.Jobs;
using Monitor.Storage;
using Monitor.Storage.Evidence;
using Monitor.Storage.Sqlite;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor bundle ENTRY --out FILE</c>: an entry with all that it was made from, for the other party.</summary>
internal static class BundleVerb
{
    /// <summary>Makes the command.</summary>
    internal static Command Create()
    {
        var entry = new Argument<long>("ENTRY")
        {
            Description = "Number of an assessment or a notice; of an award, a release, a sale, or of what was proposed or " +
                "filed for one.",
        };
        var output = new Option<string>("--out") { Description = "The zip to write.", HelpName = "FILE", Required = true };
        var filed = new Option<bool>("--filed")
        {
            Description = "With the documents that persons filed; else they are named by their SHA-256.",
        };
        Option<string> data = DataOption.Create();
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var command = new Command(
            "bundle", "Put a judgement, a release or a sale and its evidence into one file that `verify` recomputes offline.")
        {
            entry, output, filed, data, json,
        };
        command.SetAction(parsed => Run(
            parsed.Folder(data), parsed.GetRequiredValue(entry), parsed.GetRequiredValue(output), parsed.GetValue(filed),
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(DataFolder folder, long number, string output, bool withFiled, bool json)
    {
        using SqliteReadingStore record = Backends.OpenRecord(folder, StoreAccess.ReadOnly);
        using SqliteLedgerStore ledger = Backends.OpenLedger(folder, StoreAccess.ReadOnly);
        using SqliteRegistryStore registry = Backends.OpenRegistry(folder, StoreAccess.ReadOnly);
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files =
            new BundleFlow(ledger, record, registry, new EvidenceStore(folder.Evidence), folder).Make(number, withFiled);
        byte[] packed = BundleArchive.Pack(files);
        AtomicFile.Write(output, packed);
        string hash = Convert.ToHexStringLower(SHA256.HashData(packed));
        if (json)
        {
            using var lines = new JsonLines(Console.OpenStandardOutput());
            lines.Write(writer =>
            {
                writer.WriteNumber("entry", number);
                writer.WriteString("file", output);
                writer.WriteNumber("bytes", packed.Length);
                writer.WriteString("sha256", hash);
                writer.WriteNumber("files", files.Count);
            });
        }
        else
        {
            Console.Out.WriteLine($"{output}: {files.Count} files, {packed.Length} bytes, SHA-256 {hash}");
            Console.Out.WriteLine($"Whoever has it, recomputes entry {number} with: monitor verify {Path.GetFileName(output)}");
        }
        return ExitCode.Done;
    }
}
