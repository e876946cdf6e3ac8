using System.CommandLine;
using Monitor.Ledger;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Server.Jobs;
using Monitor.Server.People;

namespace Monitor.Cli.Verbs;

/// <summary>
/// <c>bank report-file</c>, <c>measures</c>, <c>void</c> and <c>renew</c>: what a bank owes beside its milestones is filed,
/// signed, whether it is suspended or not.
/// </summary>
internal static class BankDuty
{
    internal static Command CreateReport()
    {
        var report = new Argument<string>("REPORT") { Description = "A report that the programme asks for." };
        var year = new Option<int>("--year") { Description = "The civil year it covers.", HelpName = "YYYY", Required = true };
        return Make(
            "report-file", "File a year's report that the programme asks for.", [report], [year],
            (parsed, desk, terms, site, name, bytes, who) => desk.FileReport(
                terms, site, parsed.GetRequiredValue(report), parsed.GetRequiredValue(year), name, bytes, who));
    }

    internal static Command CreateMeasures()
    {
        var order = new Option<long>("--order")
        {
            Description = "The approved proposal of adaptive management.", HelpName = "ENTRY", Required = true,
        };
        return Make(
            "measures", "File the measures that two persons ordered.", [], [order],
            (parsed, desk, terms, site, name, bytes, who) =>
                desk.FileMeasures(terms, site, parsed.GetRequiredValue(order), name, bytes, who));
    }

    internal static Command CreateVoid() => MakeInstrument(
        "void",
        "File that a protection or an assurance holds no more. Sales and releases stop from its day on; the suspension is "
        + "proposed at the next midnight of `serve`.", BankFiling.Voided);

    internal static Command CreateRenew() => MakeInstrument(
        "renew", "File that a voided protection or assurance holds again. An approver's statement.", BankFiling.Renewed);

    private static Command MakeInstrument(string name, string description, string state)
    {
        var instrument = new Argument<string>("INSTRUMENT") { Description = "A protection's milestone, or an assurance." };
        Option<string> from = BankAct.Needed("--from", "DAY", "From which day on, as 2026-06-30.");
        Option<string> reason = BankAct.Needed("--reason", "TEXT", "Why.");
        return Make(
            name, description, [instrument], [from, reason],
            (parsed, desk, terms, site, file, bytes, who) => desk.FileInstrument(
                terms, site, parsed.GetRequiredValue(instrument), state, BankAct.Day(parsed.GetRequiredValue(from), "--from"),
                parsed.GetRequiredValue(reason), file, bytes, who));
    }

    private static Command Make(
        string name, string description, IEnumerable<Argument> arguments, IEnumerable<Option> options,
        Func<ParseResult, ComplianceDesk, WetlandProgramme, WetlandBank, string, byte[], Signatory, LedgerEntry> file)
    {
        (Argument<string> bank, Option<string?> programme, Option<string> data) = BankArguments.Create();
        Option<string> document = BankAct.DocumentOption("The document; kept as evidence.");
        Option<string> key = SigningDesk.KeyOption();
        var command = new Command(name, description) { bank };
        foreach (Argument argument in arguments) command.Add(argument);
        foreach (Option option in (Option[])[.. options, document, key, programme, data]) command.Add(option);
        command.SetAction(parsed => BankAct.Run(parsed, bank, programme, data, key, (desk, terms, site, who) =>
        {
            string path = parsed.GetRequiredValue(document);
            LedgerEntry entry = file(
                parsed, desk.Compliance, terms, site, Path.GetFileName(path), BankVerb.Read(path), who);
            return new CreditAnswer(entry, null);
        }));
        return command;
    }
}
