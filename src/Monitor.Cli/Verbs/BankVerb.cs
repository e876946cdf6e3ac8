using System.CommandLine;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Banks;
using Monitor.Programmes.Definitions;
using Monitor.Server.Jobs;
using Monitor.Server.People;
using Monitor.Storage.Sqlite;

namespace Monitor.Cli.Verbs;

/// <summary>
/// <c>monitor bank show|report|petition|trace|award|file|survey|reserve|sell|transfer|suspend|lift|correct|except|report-file|
/// measures|void|renew BANK …</c>: the credits of a wetland bank, and what it owes.
/// </summary>
internal static class BankVerb
{
    /// <summary>Makes the command.</summary>
    internal static Command Create() => new("bank", "Wetland banks: credits awarded, released, reserved, sold.")
    {
        CreateShow(), BankPapers.CreateReport(), BankPapers.CreatePetition(), BankPapers.CreateTrace(), CreateAward(),
        CreateFile(), BankSurvey.Create(), BankTrade.CreateReserve(), BankTrade.CreateSell(), BankTrade.CreateTransfer(),
        BankTrade.CreateExcept(), BankOrder.CreateSuspend(), BankOrder.CreateLift(), BankOrder.CreateCorrect(),
        BankDuty.CreateReport(), BankDuty.CreateMeasures(), BankDuty.CreateVoid(), BankDuty.CreateRenew(),
    };

    private static Command CreateShow()
    {
        (Argument<string> bank, Option<string?> programme, Option<string> data) = BankArguments.Create();
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var command = new Command("show", "A bank's credits, each with its ledger entries.") { bank, programme, data, json };
        command.SetAction(parsed =>
        {
            (WetlandProgramme terms, WetlandBank site) = BankArguments.Find(parsed, bank, programme, data);
            using SqliteLedgerStore ledger = BankArguments.OpenLedger(parsed.Folder(data));
            (BankAccount account, BankDossier dossier) = BankAccounts.ReadAll(ledger, terms, site);
            BankReport report = BankReport.Of(
                terms, site, account, dossier, [.. ledger.Entries()], Instant.From(TimeProvider.System.GetUtcNow()));
            if (parsed.GetValue(json)) report.WriteJson();
            else report.WriteTable();
            return ExitCode.Done;
        });
        return command;
    }

    private static Command CreateAward()
    {
        (Argument<string> bank, Option<string?> programme, Option<string> data) = BankArguments.Create();
        Option<string> key = SigningDesk.KeyOption();
        var command = new Command("award", "Propose the award: area × mean of the scores; two persons decide it.")
        {
            bank, key, programme, data,
        };
        command.SetAction(parsed =>
        {
            (WetlandProgramme terms, WetlandBank site) = BankArguments.Find(parsed, bank, programme, data);
            using var desk = new SigningDesk(parsed.Folder(data), makesLedger: true);
            using Signatory who = desk.Open(parsed.GetRequiredValue(key));
            Say(desk.Banks.ProposeAward(terms, site, who), desk);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command CreateFile()
    {
        (Argument<string> bank, Option<string?> programme, Option<string> data) = BankArguments.Create();
        var milestone = new Argument<string>("MILESTONE")
        {
            Description = "A milestone of documents, a yearly one (its report), or one that is left to people.",
        };
        var document = new Option<string>("--document")
        {
            Description = "The file that shows it; kept as evidence.", HelpName = "FILE", Required = true,
        };
        Option<string> key = SigningDesk.KeyOption();
        var command = new Command("file", "File the document that shows a milestone, and propose the release.")
        {
            bank, milestone, document, key, programme, data,
        };
        command.SetAction(parsed =>
        {
            (WetlandProgramme terms, WetlandBank site) = BankArguments.Find(parsed, bank, programme, data);
            MilestonePart step = FindPart(terms, parsed.GetRequiredValue(milestone));
            string file = parsed.GetRequiredValue(document);
            byte[] bytes = Read(file);
            using var desk = new SigningDesk(parsed.Folder(data), makesLedger: true);
            using Signatory who = desk.Open(parsed.GetRequiredValue(key));
            Say(desk.Banks.File(terms, site, step, Path.GetFileName(file), bytes, who), desk);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Say(LedgerEntry proposal, SigningDesk desk)
    {
        if (desk.Decisions.Read().Find(proposal.Number) is not DecisionCase state)
        {
            Console.Out.WriteLine($"Entry {proposal.Number} is the filing; nothing is proposed yet.");
            return;
        }
        BankProposal body = BankProposal.Read(proposal)!;
        Console.Out.WriteLine(
            $"Entry {proposal.Number} proposes the {body.Proposes} of {body.Credits} {body.Unit} ({state.State}): " +
            $"two persons decide it with `approve {proposal.Number} --key FILE`.");
    }

    internal static MilestonePart FindPart(WetlandProgramme terms, string path) =>
        terms.FindPart(path) ?? throw new InputException(
            $"There is no milestone '{path}'.", $"Use one of: {string.Join(", ", terms.Parts.Select(p => p.Path))}.",
            field: "MILESTONE");

    internal static Milestone FindMilestone(WetlandProgramme programme, string id) => programme.FindMilestone(id)
        ?? throw new InputException(
            $"There is no milestone '{id}'.",
            $"Use one of: {string.Join(", ", programme.Milestones.Select(m => m.Id))}.", field: "MILESTONE");

    internal static byte[] Read(string file, string field = "--document")
    {
        try
        {
            var info = new FileInfo(file);
            if (info.Exists && info.Length > FiledDocument.BytesMax) throw new InputException(
                $"The document has {info.Length} bytes.", $"At most {FiledDocument.BytesMax} are kept.", file);
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException(
                $"The document cannot be read: {e.Message}", "Name a file that exists.", file, field: field);
        }
    }
}
