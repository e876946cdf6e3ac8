using System.CommandLine;
using Monitor.Domain;
using Monitor.Programmes.Definitions;
using Monitor.Server.Jobs;
using Monitor.Storage;
using Monitor.Storage.Sqlite;

namespace Monitor.Cli.Verbs;

/// <summary>Which bank a verb is about, and by whose terms.</summary>
internal static class BankArguments
{
    internal static (Argument<string> Bank, Option<string?> Programme, Option<string> Data) Create() => (
        new Argument<string>("BANK") { Description = "The bank's id." },
        new Option<string?>("--pipeline")
        {
            Description = "The programme's file; by default the folder's programme that has the bank, as adopted, "
                + "or the shipped one.",
            HelpName = "FILE",
        },
        DataOption.Create());

    /// <summary>The bank asked for with its terms: of the file named, else of the folder's programmes, as adopted.</summary>
    /// <exception cref="InputException">There is no such bank, or a definition has a fault.</exception>
    internal static (WetlandProgramme Programme, WetlandBank Bank) Find(
        ParseResult parsed, Argument<string> bank, Option<string?> programme, Option<string> data)
    {
        string id = parsed.GetRequiredValue(bank);
        DataFolder folder = parsed.Folder(data);
        IReadOnlyList<WetlandProgramme> known = parsed.GetValue(programme) is string file
            ? [WetlandProgrammeReader.Read(DefinitionFiles.Load(file))]
            : InForce(folder, ProgrammeFolder.Of(folder).Wetlands);
        foreach (WetlandProgramme each in known)
        {
            if (each.FindBank(id) is WetlandBank found) return (each, found);
        }
        string[] banks = [.. known.SelectMany(p => p.Banks).Select(b => b.Id)];
        throw new InputException(
            $"There is no bank '{id}'" + (known is [WetlandProgramme only] ? $" in {only.Id}." : "."),
            banks.Length == 0
                ? $"Put the bank's programme into {folder.Pipelines}, or name its file with --pipeline."
                : $"Use one of: {string.Join(", ", banks)}; or name the programme's file with --pipeline.",
            field: "BANK");
    }

    /// <summary>The folder's ledger, to read.</summary>
    /// <exception cref="InputException">There is none.</exception>
    internal static SqliteLedgerStore OpenLedger(DataFolder folder) => File.Exists(folder.Ledger)
        ? Backends.OpenLedger(folder, StoreAccess.ReadOnly)
        : throw new InputException(
            $"There is no ledger in {folder.Root}.", "Name the folder that `serve` or `demo` wrote.", field: "--data");

    // As the service judges: by the newest text that two persons adopted.
    private static IReadOnlyList<WetlandProgramme> InForce(DataFolder folder, IReadOnlyList<WetlandProgramme> given)
    {
        if (!File.Exists(folder.Ledger)) return given;
        using SqliteLedgerStore ledger = OpenLedger(folder);
        var adopted = new AdoptedTerms(ledger);
        return [.. given.Select(adopted.Of)];
    }
}
