using System.CommandLine;
using Monitor.Programmes.Banks;

namespace Monitor.Cli.Verbs;

/// <summary><c>bank suspend</c>, <c>lift</c> and <c>correct</c>: an approver orders what a bank may do.</summary>
internal static class BankOrder
{
    internal static Command CreateSuspend()
    {
        (Argument<string> bank, Option<string?> programme, Option<string> data) = BankArguments.Create();
        Option<string> trigger = BankAct.Needed("--trigger", "WORD", $"One of: {string.Join(", ", BankSuspension.Triggers)}.");
        Option<string> reason = BankAct.Needed("--reason", "TEXT", "Why.");
        Option<string> key = SigningDesk.KeyOption();
        var command = new Command("suspend", "Stop releases, reservations and sales; monitoring goes on. An approver's order.")
        {
            bank, trigger, reason, key, programme, data,
        };
        command.SetAction(parsed => BankAct.Run(parsed, bank, programme, data, key, (desk, terms, site, who) =>
            desk.Credits.Suspend(terms, site, parsed.GetRequiredValue(trigger), parsed.GetRequiredValue(reason), who)));
        return command;
    }

    internal static Command CreateLift()
    {
        (Argument<string> bank, Option<string?> programme, Option<string> data) = BankArguments.Create();
        Option<string> reason = BankAct.Needed("--reason", "TEXT", "Why.");
        Option<string> key = SigningDesk.KeyOption();
        var command = new Command("lift", "Lift a bank's suspension; releases that waited for it follow.")
        {
            bank, reason, key, programme, data,
        };
        command.SetAction(parsed => BankAct.Run(parsed, bank, programme, data, key, (desk, terms, site, who) =>
            desk.Credits.Lift(terms, site, parsed.GetRequiredValue(reason), who)));
        return command;
    }

    internal static Command CreateCorrect()
    {
        (Argument<string> bank, Option<string?> programme, Option<string> data) = BankArguments.Create();
        var entry = new Option<long>("--entry")
        {
            Description = "A reservation, a release, or a correction of one.", HelpName = "ENTRY", Required = true,
        };
        var credits = new Option<string?>("--credits")
        {
            Description = "Credits of the release to take back; all that are free by default.", HelpName = "N",
        };
        Option<string> reason = BankAct.Needed("--reason", "TEXT", "Why.");
        Option<string> key = SigningDesk.KeyOption();
        var command = new Command(
            "correct", "Reverse an entry by a new one. What is sold keeps its value; another approver than who signed it.")
        {
            bank, entry, credits, reason, key, programme, data,
        };
        command.SetAction(parsed => BankAct.Run(parsed, bank, programme, data, key, (desk, terms, site, who) =>
            desk.Credits.Correct(
                terms, site, parsed.GetRequiredValue(entry),
                parsed.GetValue(credits) is string n ? BankAct.Number(n, "--credits") : null,
                parsed.GetRequiredValue(reason), who)));
        return command;
    }
}
