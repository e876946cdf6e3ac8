using System.CommandLine;
using Monitor.Ledger;
using Monitor.Server.Jobs;
using Monitor.Server.People;
using Monitor.Storage;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor approve|reject ENTRY</c>: a registered person decides.</summary>
internal static class DecisionVerb
{
    /// <summary>Makes <c>approve</c>.</summary>
    internal static Command CreateApprove()
    {
        (Argument<long> entry, Option<string> key, Option<string> data, Option<bool> json) = Arguments();
        var command = new Command("approve", "Approve a proposal or a draft notice; two different persons must.")
        {
            entry, key, data, json,
        };
        command.SetAction(parsed => Run(
            parsed.Folder(data), parsed.GetRequiredValue(entry), parsed.GetRequiredValue(key), approves: true, "",
            parsed.GetValue(json)));
        return command;
    }

    /// <summary>Makes <c>reject</c>.</summary>
    internal static Command CreateReject()
    {
        (Argument<long> entry, Option<string> key, Option<string> data, Option<bool> json) = Arguments();
        var reason = new Option<string>("--reason")
        {
            Description = "Why; kept for ever.", HelpName = "TEXT", Required = true,
        };
        var command = new Command("reject", "Reject a proposal or a draft notice; one person's no is enough.")
        {
            entry, key, reason, data, json,
        };
        command.SetAction(parsed => Run(
            parsed.Folder(data), parsed.GetRequiredValue(entry), parsed.GetRequiredValue(key), approves: false,
            parsed.GetRequiredValue(reason).Trim(), parsed.GetValue(json)));
        return command;
    }

    private static (Argument<long>, Option<string>, Option<string>, Option<bool>) Arguments() => (
        new Argument<long>("ENTRY") { Description = "Number of a proposal or of a draft notice." },
        SigningDesk.KeyOption(), DataOption.Create(), new Option<bool>("--json") { Description = "One JSON object." });

    private static int Run(DataFolder folder, long entry, string keyFile, bool approves, string reason, bool json)
    {
        using var desk = new SigningDesk(folder);
        using Signatory who = desk.Open(keyFile);
        DecisionOutcome outcome = desk.Decisions.Decide(entry, who, approves, reason);
        if (json) WriteJson(outcome, who);
        else WriteWords(outcome, who, approves);
        return ExitCode.Done;
    }

    private static void WriteJson(DecisionOutcome outcome, Signatory who)
    {
        using var lines = new JsonLines(Console.OpenStandardOutput());
        lines.Write(json =>
        {
            json.WriteNumber("decides", outcome.Case.Entry);
            json.WriteString("person", who.Person.Name);
            json.WriteNumber("entry", outcome.Entry.Number);
            json.WriteString("hash", outcome.Entry.Hash);
            json.WriteBoolean("new", outcome.IsNew);
            json.WriteString("state", outcome.Case.State);
            json.WriteNumber("approvals", outcome.Case.Approvals.Count);
            json.WriteString("waits", outcome.Waits);
            json.WriteStartArray("sealed");
            foreach (LedgerEntry result in outcome.Results) json.WriteNumberValue(result.Number);
            json.WriteEndArray();
        });
    }

    private static void WriteWords(DecisionOutcome outcome, Signatory who, bool approves)
    {
        string verb = approves ? "approved" : "rejected";
        Console.Out.WriteLine(outcome.IsNew
            ? $"Entry {outcome.Case.Entry} {verb} by {who.Person.Name}: entry {outcome.Entry.Number} {outcome.Entry.Hash}."
            : $"{who.Person.Name} {verb} entry {outcome.Case.Entry} before (entry {outcome.Entry.Number}); nothing to do.");
        foreach (LedgerEntry result in outcome.Results)
        {
            Console.Out.WriteLine($"Sealed as entry {result.Number}: {result.Kind} ({result.Key}).");
        }
        if (outcome.Case.State == "open") Console.Out.WriteLine("One more person must approve.");
        if (outcome.Waits is string waits) Console.Out.WriteLine($"Approved, and {waits}.");
    }
}
