using System.CommandLine;
using System.Globalization;
using Monitor.Domain;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Server.Jobs;
using Monitor.Server.People;

namespace Monitor.Cli.Verbs;

/// <summary>What every signed act on a bank has in common: its stores, its key, and how its answer is told.</summary>
internal static class BankAct
{
    /// <summary>Does it: prints the entry and exits 0, or says on stderr why it is refused and exits 1.</summary>
    internal static int Run(
        ParseResult parsed, Argument<string> bank, Option<string?> programme, Option<string> data, Option<string> key,
        Func<SigningDesk, WetlandProgramme, WetlandBank, Signatory, CreditAnswer> act)
    {
        (WetlandProgramme terms, WetlandBank site) = BankArguments.Find(parsed, bank, programme, data);
        using var desk = new SigningDesk(parsed.Folder(data), makesLedger: true);
        using Signatory who = desk.Open(parsed.GetRequiredValue(key));
        CreditAnswer answer = act(desk, terms, site, who);
        if (answer.Entry is not LedgerEntry entry)
        {
            Console.Error.WriteLine($"monitor: refused: {answer.Refusal}.");
            return ExitCode.No;
        }
        bool isFiling = entry.Key.StartsWith(BankFiling.Prefix(terms.Id, site.Id), StringComparison.Ordinal);
        if (isFiling) Say(entry.Number, BankFiling.Read(entry), who.Person.Name);
        else Console.Out.WriteLine($"Entry {entry.Number} is the {entry.Kind}, signed by {who.Person.Name}.");
        // What waited for it, as releases for a lifting, follows at once.
        foreach (LedgerEntry next in desk.Decisions.Complete())
        {
            Console.Out.WriteLine($"Entry {next.Number} is the {next.Kind} that followed.");
        }
        return ExitCode.Done;
    }

    // What was filed, and what follows of it without anybody's doing.
    private static void Say(long entry, BankFiling filed, string person)
    {
        (string what, string follows) = filed switch
        {
            { Instrument: string id, State: BankFiling.Voided } => (
                $"that {id} is {filed.State} from {filed.Day} on",
                "From that day on nothing is released or sold; the suspension is proposed at the next midnight of `serve`, and "
                + "two persons decide it."),
            { Instrument: string id } => (
                $"that {id} is {filed.State} from {filed.Day} on",
                "From that day on nothing is proposed for it; a suspension that stands is lifted with `bank lift`."),
            { Report: string id } => (
                $"the report {id} of {filed.Year}",
                "It is no longer late from the next midnight of `serve` on; a suspension that stands is lifted with "
                + "`bank lift`."),
            _ => (
                $"the measures that entry {filed.Order} ordered",
                "They are no longer late; a later failure is proposed at the next midnight of `serve`."),
        };
        Console.Out.WriteLine($"Entry {entry} files {what}, signed by {person}.");
        Console.Out.WriteLine(follows);
    }

    internal static Option<string> Needed(string name, string help, string description) =>
        new(name) { Description = description, HelpName = help, Required = true };

    internal static Option<string> DocumentOption(string description) => Needed("--document", "FILE", description);

    /// <summary>A number in plain decimals.</summary>
    /// <exception cref="InputException">It is none.</exception>
    internal static decimal Number(string text, string field)
    {
        const NumberStyles plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        return decimal.TryParse(text, plain, CultureInfo.InvariantCulture, out decimal number)
            ? number
            : throw new InputException($"'{text}' is not a number.", "Write it in plain decimals, as 1.25.", field: field);
    }

    /// <summary>A civil day.</summary>
    /// <exception cref="InputException">It is none.</exception>
    internal static DateOnly Day(string text, string field) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)
            ? day
            : throw new InputException($"'{text}' is not a day.", "Write it as 2026-06-30.", field: field);
}
