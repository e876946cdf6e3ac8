using System.CommandLine;
using Monitor.Domain;
using Monitor.Ledger;
using Monitor.Ledger.Decisions;
using Monitor.Programmes.Adoption;
using Monitor.Programmes.Definitions;
using Monitor.Server.Jobs;
using Monitor.Server.People;
using Monitor.Storage;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor adopt PIPELINE --key FILE</c>: proposes terms; two persons decide.</summary>
internal static class AdoptVerb
{
    /// <summary>Makes the command.</summary>
    internal static Command Create()
    {
        var pipeline = new Argument<string>("PIPELINE") { Description = "A programme's definition, as `check` passes it." };
        Option<string> key = SigningOptions.Key(), data = DataOption.Create();
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var command = new Command(
            "adopt", "Propose a definition for adoption; two other persons decide it with `approve`, and `serve` judges by it.")
        {
            pipeline, key, data, json,
        };
        command.SetAction(parsed => Run(
            parsed.Folder(data), parsed.GetRequiredValue(pipeline), parsed.GetRequiredValue(key), parsed.GetValue(json)));
        return command;
    }

    private static int Run(DataFolder folder, string pipeline, string keyFile, bool json)
    {
        DefinitionText text = DefinitionFiles.Load(pipeline);
        string kind = DefinitionKind.Of(text);
        using var desk = new SigningDesk(folder, makesLedger: true);
        using Signatory who = desk.Open(keyFile);
        var adoptions = new AdoptionDesk(desk.Ledger, desk.Evidence, TimeProvider.System);
        LedgerEntry proposed = kind == RiverProgrammeReader.Kind ? adoptions.Propose(DefinitionFiles.River(text), who)
            : kind == WetlandProgrammeReader.Kind ? adoptions.Propose(WetlandProgrammeReader.Read(text), who)
            : throw new InputException(
                $"'{kind}' is no kind of programme.", "Name a river or wetland programme; its standard is adopted with it.",
                pipeline, 1, "kind");
        AdoptionProposal proposal = AdoptionProposal.Read(proposed);
        DecisionCase state = desk.Decisions.Read().Find(proposed.Number)!;
        if (json)
        {
            using var lines = new JsonLines(Console.OpenStandardOutput());
            lines.Write(writer =>
            {
                writer.WriteNumber("entry", proposed.Number);
                writer.WriteString("programme", proposal.Programme);
                writer.WriteString("version", proposal.Version);
                writer.WriteString("definition", proposal.Definition);
                writer.WriteString("state", state.State);
            });
            return ExitCode.Done;
        }
        Console.Out.WriteLine(
            $"Entry {proposed.Number} proposes {proposal.Programme} version {proposal.Version}, SHA-256 {proposal.Definition} "
            + $"({state.State}).");
        Console.Out.WriteLine($"Two other persons decide it with `approve {proposed.Number} --key FILE`.");
        return ExitCode.Done;
    }
}
