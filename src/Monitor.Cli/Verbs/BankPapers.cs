using System.CommandLine;
using System.Globalization;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Server.Jobs;
using Monitor.Storage;
using Monitor.Storage.Evidence;
using Monitor.Storage.Sqlite;
using Spectre.Console;

namespace Monitor.Cli.Verbs;

/// <summary>
/// <c>monitor bank report|petition|trace BANK …</c>: what is read and printed from the ledger, and changes nothing.
/// </summary>
internal static class BankPapers
{
    private const string LedgerReport = "ledger", MonitoringKind = "monitoring";

    /// <summary><c>bank report</c>.</summary>
    internal static Command CreateReport()
    {
        (Argument<string> bank, Option<string?> programme, Option<string> data) = BankArguments.Create();
        var year = new Option<int>("--year") { Description = "The civil year.", HelpName = "YYYY", Required = true };
        var kind = new Option<string>("--kind")
        {
            Description = "ledger: balances and every movement; monitoring: what is required against what was measured.",
            HelpName = $"{LedgerReport}|{MonitoringKind}", DefaultValueFactory = _ => LedgerReport,
        };
        var output = new Option<string?>("--out") { Description = "Where it is written; the page needs one.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "The ledger report as one JSON object, by RIBITS' field names." };
        var csv = new Option<bool>("--csv") { Description = "The ledger report's movements as CSV, by RIBITS' field names." };
        var command = new Command("report", "The annual ledger report or the monitoring report of a year, to print.")
        {
            bank, year, kind, output, json, csv, programme, data,
        };
        command.SetAction(parsed =>
        {
            (WetlandProgramme terms, WetlandBank site) = BankArguments.Find(parsed, bank, programme, data);
            int civil = RequireYear(parsed.GetRequiredValue(year));
            string which = parsed.GetRequiredValue(kind);
            (bool asJson, bool asCsv) = (parsed.GetValue(json), parsed.GetValue(csv));
            Require(which, asJson, asCsv, parsed.GetValue(output));
            using SqliteLedgerStore ledger = BankArguments.OpenLedger(parsed.Folder(data));
            if (which == MonitoringKind)
            {
                AtomicFile.Write(parsed.GetValue(output)!, MonitoringReport.Render(
                    BankAccounts.Monitoring(ledger, terms, site, civil)));
                return ExitCode.Done;
            }
            AnnualContext context = BankAccounts.Year(ledger, terms, site, civil, Now);
            Write(asJson ? RibitsLedger.Json(context) : asCsv ? RibitsLedger.Csv(context) : AnnualReport.Render(context),
                parsed.GetValue(output));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary><c>bank petition</c>.</summary>
    internal static Command CreatePetition()
    {
        (Argument<string> bank, Option<string?> programme, Option<string> data) = BankArguments.Create();
        var milestone = new Argument<string>("MILESTONE") { Description = "A milestone that evidence shows." };
        Option<string> output = BankAct.Needed("--out", "FILE", "Where the page is written.");
        var command = new Command(
            "petition", "The petition for a milestone's release, to print and sign: what is asked, on what evidence.")
        {
            bank, milestone, output, programme, data,
        };
        command.SetAction(parsed =>
        {
            (WetlandProgramme terms, WetlandBank site) = BankArguments.Find(parsed, bank, programme, data);
            Milestone step = BankVerb.FindMilestone(terms, parsed.GetRequiredValue(milestone));
            DataFolder folder = parsed.Folder(data);
            using SqliteLedgerStore ledger = BankArguments.OpenLedger(folder);
            AtomicFile.Write(parsed.GetRequiredValue(output), ReleasePetition.Render(
                BankAccounts.Petition(ledger, new EvidenceStore(folder.Evidence), terms, site, step)));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary><c>bank trace</c>.</summary>
    internal static Command CreateTrace()
    {
        (Argument<string> bank, Option<string?> programme, Option<string> data) = BankArguments.Create();
        var serial = new Argument<long>("SERIAL")
        {
            Description = "A serial number: one for each ten-thousandth of a credit, from 1.",
        };
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var command = new Command("trace", "Follow one credit from its determination to its sale, each step with its entry.")
        {
            bank, serial, programme, data, json,
        };
        command.SetAction(parsed =>
        {
            (WetlandProgramme terms, WetlandBank site) = BankArguments.Find(parsed, bank, programme, data);
            using SqliteLedgerStore ledger = BankArguments.OpenLedger(parsed.Folder(data));
            CreditTrace trace = BankAccounts.Trace(ledger, terms, site, parsed.GetRequiredValue(serial), Now);
            if (parsed.GetValue(json)) WriteJson(trace);
            else WriteTable(trace, terms);
            return ExitCode.Done;
        });
        return command;
    }

    private static Instant Now => Instant.From(TimeProvider.System.GetUtcNow());

    private static int RequireYear(int year) => year is >= 1 and <= 9999 ? year : throw new InputException(
        $"{year} is no year.", "Write it as 2026.", field: "--year");

    private static void Require(string kind, bool asJson, bool asCsv, string? output)
    {
        if (kind is not (LedgerReport or MonitoringKind)) throw new InputException(
            $"'{kind}' is no kind of report.", $"Use {LedgerReport} or {MonitoringKind}.", field: "--kind");
        if (asJson && asCsv) throw new InputException("Both --json and --csv are asked.", "Choose one.", field: "--csv");
        if (kind == MonitoringKind && (asJson || asCsv)) throw new InputException(
            "The monitoring report is a page.", "Leave --json and --csv out.", field: "--kind");
        if (output is null && !asJson && !asCsv) throw new InputException(
            "A page needs a file.", "Name it with --out FILE.", field: "--out");
    }

    private static void Write(byte[] bytes, string? output)
    {
        if (output is not null)
        {
            AtomicFile.Write(output, bytes);
            return;
        }
        using Stream stdout = Console.OpenStandardOutput();
        stdout.Write(bytes);
    }

    private static void WriteTable(CreditTrace trace, WetlandProgramme terms)
    {
        AnsiConsole.WriteLine($"serial number {trace.Serial} of {trace.Bank}: {trace.State}");
        var table = new Table().AddColumns("step", "entry", "sealed at", "what", "credits", "serial numbers", "by");
        foreach (TraceStep step in trace.Steps)
        {
            string what = terms.FindMilestone(step.Subject) is Milestone m ? $"{m.Id} {m.Name.Chinese}" : step.Subject;
            table.AddRow(
                step.Step, step.Entry?.ToString(CultureInfo.InvariantCulture) ?? "—", step.At.ToString(), Markup.Escape(what),
                step.Credits ?? "", step.Serials ?? "", Markup.Escape(step.Person ?? ""));
        }
        AnsiConsole.Write(table);
    }

    private static void WriteJson(CreditTrace trace)
    {
        using var lines = new JsonLines(Console.OpenStandardOutput());
        lines.Write(json =>
        {
            json.WriteString("bank", trace.Bank);
            json.WriteString("programme", trace.Programme);
            json.WriteNumber("serial", trace.Serial);
            json.WriteString("state", trace.State);
            json.WriteStartArray("steps");
            foreach (TraceStep step in trace.Steps)
            {
                json.WriteStartObject();
                json.WriteString("step", step.Step);
                if (step.Entry is long entry) json.WriteNumber("entry", entry);
                else json.WriteNull("entry");
                json.WriteString("hash", step.Hash);
                json.WriteString("at", step.At.ToString());
                json.WriteString("subject", step.Subject);
                json.WriteString("credits", step.Credits);
                json.WriteString("serials", step.Serials);
                json.WriteString("person", step.Person);
                json.WriteString("file", step.File);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        });
    }
}
