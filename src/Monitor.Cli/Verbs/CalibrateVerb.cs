using System.CommandLine;
using Monitor.Cli.Csv;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Programmes.Records;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor calibrate SERIES</c>: the outcome of a check of an instrument, kept beside its readings.</summary>
internal static class CalibrateVerb
{
    /// <summary>Makes the command.</summary>
    internal static Command Create()
    {
        var series = new Argument<string>("SERIES")
        {
            Description = "SECTION/MEASURAND or SECTION/MEASURAND/INSTRUMENT, as OJ-05/w21003.",
        };
        var at = new Option<string>("--at")
        {
            Description = "When the check was made, with offset.", HelpName = "TIME", Required = true,
        };
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
            string word = parsed.GetRequiredValue(check), time = parsed.GetRequiredValue(at);
            if (!Calibration.TryParseCheck(word, out CalibrationCheck known)) throw new InputException(
                $"'{word}' is no check.", "Write zero, span or standard.", field: "--check");
            if (!SeriesName.TryParse(parsed.GetRequiredValue(series), out SeriesName? name)) throw new InputException(
                $"'{parsed.GetRequiredValue(series)}' is no series.", "Write SECTION/MEASURAND[/INSTRUMENT].", field: "SERIES");
            if (!CellText.TryParseTime(time, offsetRequired: true, out Instant moment)) throw new InputException(
                $"'{time}' is no time with an offset.", "Write it as 2025-03-01T08:00:00+08:00.", field: "--at");
            using SigningSession session = SigningSession.Open(parsed.Folder(data), parsed.GetRequiredValue(key));
            Calibration kept = session.Desk.Keep(
                new Calibration
                {
                    Series = name,
                    At = moment,
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
