using System.CommandLine;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Credits;
using Monitor.Server.Jobs;
using Monitor.Server.People;
using Spectre.Console;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor bank survey BANK MILESTONE</c>: files a field survey, which is judged at once.</summary>
internal static class BankSurvey
{
    /// <summary>Makes the command.</summary>
    internal static Command Create()
    {
        (Argument<string> bank, Option<string?> programme, Option<string> data) = BankArguments.Create();
        var milestone = new Argument<string>("MILESTONE")
        {
            Description = "A milestone that a survey shows, or such a part of a yearly one, as year-1.survey.",
        };
        Option<string> figures = BankAct.Needed(
            "--figures", "FILE", "What was found: CSV with measure,value,unit,plots, or the same as JSON.");
        Option<string> document = BankAct.DocumentOption("The survey's report; kept as evidence.");
        Option<string> day = BankAct.Needed("--day", "YYYY-MM-DD", "Last day of the field work.");
        Option<string> key = SigningDesk.KeyOption();
        var json = new Option<bool>("--json") { Description = "The sealed statement as one JSON object." };
        var command = new Command(
            "survey", "File a field survey: judged at once, requirement against measured; a pass is proposed.")
        {
            bank, milestone, figures, document, day, key, programme, data, json,
        };
        command.SetAction(parsed =>
        {
            (WetlandProgramme terms, WetlandBank site) = BankArguments.Find(parsed, bank, programme, data);
            MilestonePart part = BankVerb.FindPart(terms, parsed.GetRequiredValue(milestone));
            string report = parsed.GetRequiredValue(document);
            var survey = new SurveyFiling(
                BankAct.Day(parsed.GetRequiredValue(day), "--day"),
                SurveyFigures.Read(parsed.GetRequiredValue(figures)), Path.GetFileName(report), BankVerb.Read(report));
            using var desk = new SigningDesk(parsed.Folder(data), makesLedger: true);
            using Signatory who = desk.Open(parsed.GetRequiredValue(key));
            SurveyOutcome outcome = desk.Surveys.File(terms, site, part, survey, who);
            if (parsed.GetValue(json)) WriteJson(outcome.Entry);
            else WriteTable(outcome);
            return outcome.Statement.Outcome == CriterionOutcome.Pass ? ExitCode.Done : ExitCode.No;
        });
        return command;
    }

    private static void WriteJson(LedgerEntry entry)
    {
        using Stream output = Console.OpenStandardOutput();
        output.Write(entry.Body.Span);
        output.Write("\n"u8);
    }

    private static void WriteTable(SurveyOutcome outcome)
    {
        var table = new Table().AddColumns("measure", "required", "measured", "plots", "outcome");
        foreach (SurveyRow row in outcome.Statement.Rows)
        {
            SurveyRequirement asked = row.Requirement;
            table.AddRow(
                Markup.Escape(asked.Measure),
                Markup.Escape($"{BySurvey.SignOf(asked.Operator)} {CanonicalAssessment.Plain(asked.Threshold)} {asked.Unit}"),
                CanonicalAssessment.Plain(row.Measured?.Value) ?? "—", $"{row.Measured?.Plots ?? 0}",
                MilestoneJudgement.Name(row.Outcome));
        }
        AnsiConsole.Write(table);
        SurveyStatement said = outcome.Statement;
        string season = said.IsInSeason ? "" : " (made outside the days that the programme gives)";
        Console.Out.WriteLine($"Entry {outcome.Entry.Number}: {MilestoneJudgement.Name(said.Outcome)}{season}.");
        foreach (LedgerEntry next in outcome.Followed)
        {
            Console.Out.WriteLine($"Entry {next.Number} is the {next.Kind} that followed.");
        }
    }
}
