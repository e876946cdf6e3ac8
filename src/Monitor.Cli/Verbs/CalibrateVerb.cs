using System.CommandLine;
using Monitor.Domain;
using Monitor.Programmes.Records;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor calibrate SERIES</c>: the outcome of a check of an instrument, kept beside its readings.</summary>
internal static class CalibrateVerb
{
    /// <summary>Makes the command.</summary>
    internal static Command Create()
    {
        Argument<string> series = RecordArguments.Series();
        Option<string> at = RecordArguments.Moment("--at", "When the check was made, with offset.");
        var check = new Option<string>("--check")
        {
            Description = "zero, span or standard.", HelpName = "WORD", Required = true,
        };
        var passed = new Option<bool>("--passed") { Description = "The instrument held." };
        var failed = new Option<bool>("--failed")
        {
            Description = "It did not: readings since the last passed check, and until the next, do not count.",
        };
        Option<string> reason = SigningOptions.Reason(), key = SigningOptions.Key(), data = DataOption.Create();
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var command = new Command("calibrate", "Say that an instrument passed or failed a zero, span or standard check.")
        {
            series, at, check, passed, failed, reason, key, data, json,
        };
        command.SetAction(parsed =>
        {
            bool held = parsed.GetValue(passed);
            if (held == parsed.GetValue(failed)) throw new InputException(
                "One outcome is needed.", "Say --passed or --failed.");
            string word = parsed.GetRequiredValue(check);
            if (!Calibration.TryParseCheck(word, out CalibrationCheck known)) throw new InputException(
                $"'{word}' is no check.", "Write zero, span or standard.", field: "--check");
            using SigningSession session = SigningSession.Open(parsed.Folder(data), parsed.GetRequiredValue(key));
            Calibration kept = session.Desk.Keep(
                new Calibration
                {
                    Series = parsed.Series(series),
                    At = parsed.Moment(at),
                    Check = known,
                    Passed = held,
                    Reason = parsed.GetRequiredValue(reason).Trim(),
                    Person = session.Signatory.Person,
                },
                session.Signatory);
            Write(kept, parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(Calibration kept, bool json)
    {
        string outcome = kept.Passed ? "passed" : "failed";
        if (!json)
        {
            Console.Out.WriteLine(
                $"{kept.Person.Name}: {kept.Series} {outcome} its {kept.CheckName} check at {kept.At}, "
                + $"position {kept.Position}.");
            return;
        }
        using var lines = new JsonLines(Console.OpenStandardOutput());
        lines.Write(writer =>
        {
            writer.WriteNumber("position", kept.Position);
            writer.WriteString("series", kept.Series.ToString());
            writer.WriteString("check", kept.CheckName);
            writer.WriteBoolean("passed", kept.Passed);
            writer.WriteString("at", kept.At.ToString());
            writer.WriteString("person", kept.Person.Name);
        });
    }
}
