using System.CommandLine;
using Monitor.Cli.Csv;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Programmes.Records;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor review SERIES …</c>: a registered person's verdict on readings, kept beside them.</summary>
internal static class ReviewVerb
{
    /// <summary>Makes the command.</summary>
    internal static Command Create()
    {
        var series = new Argument<string>("SERIES")
        {
            Description = "SECTION/MEASURAND or SECTION/MEASURAND/INSTRUMENT, as OJ-05/w21003.",
        };
        var from = new Option<string>("--from")
        {
            Description = "First moment, with offset.", HelpName = "TIME", Required = true,
        };
        var to = new Option<string>("--to")
        {
            Description = "First moment after, with offset.", HelpName = "TIME", Required = true,
        };
        var accept = new Option<bool>("--accept") { Description = "Suspect readings are good." };
        var reject = new Option<bool>("--reject") { Description = "The readings do not count." };
        var correct = new Option<string?>("--correct") { Description = "This value counts instead.", HelpName = "VALUE" };
        Option<string> reason = SigningOptions.Reason(), key = SigningOptions.Key(), data = DataOption.Create();
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var command = new Command("review", "Say of readings that they hold, do not count, or were another value.")
        {
            series, from, to, accept, reject, correct, reason, key, data, json,
        };
        command.SetAction(parsed =>
        {
            string? value = parsed.GetValue(correct);
            int verdicts = (parsed.GetValue(accept) ? 1 : 0) + (parsed.GetValue(reject) ? 1 : 0) + (value is null ? 0 : 1);
            if (verdicts != 1) throw new InputException(
                "One verdict is needed.", "Say one of --accept, --reject, --correct VALUE.");
            ReviewVerdict verdict = value is not null ? ReviewVerdict.Correct
                : parsed.GetValue(accept) ? ReviewVerdict.Accept : ReviewVerdict.Reject;
            using SigningSession session = SigningSession.Open(parsed.Folder(data), parsed.GetRequiredValue(key));
            (Review review, int readings) = session.Desk.Keep(
                new Review
                {
                    Series = Series(parsed.GetRequiredValue(series)),
                    From = Moment(parsed.GetRequiredValue(from), "--from"),
                    To = Moment(parsed.GetRequiredValue(to), "--to"),
                    Verdict = verdict,
                    Value = value is null ? null : Value(value),
                    Reason = parsed.GetRequiredValue(reason).Trim(),
                    Person = session.Signatory.Person,
                },
                session.Signatory);
            Write(review, readings, parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(Review review, int readings, bool json)
    {
        if (!json)
        {
            Console.Out.WriteLine(
                $"{review.Person.Name}: {review.VerdictName} {readings} reading(s) of {review.Series}, " +
                $"position {review.Position}.");
            return;
        }
        using var lines = new JsonLines(Console.OpenStandardOutput());
        lines.Write(writer =>
        {
            writer.WriteNumber("position", review.Position);
            writer.WriteString("series", review.Series.ToString());
            writer.WriteString("verdict", review.VerdictName);
            writer.WriteNumber("readings", readings);
            writer.WriteString("person", review.Person.Name);
            writer.WriteString("key", review.Person.Key);
        });
    }

    private static SeriesName Series(string text) => SeriesName.TryParse(text, out SeriesName? name)
        ? name
        : throw new InputException(
            $"'{text}' is no series.", "Write SECTION/MEASURAND or SECTION/MEASURAND/INSTRUMENT, as OJ-05/w21003.",
            field: "SERIES");

    private static Instant Moment(string text, string option) =>
        CellText.TryParseTime(text, offsetRequired: true, out Instant moment)
            ? moment
            : throw new InputException(
                $"'{text}' is no time with an offset.", "Write it as 2025-03-01T08:00:00+08:00.", field: option);

    private static ReportedValue Value(string text) => ReportedValue.TryParseQualified(text, out ReportedValue value)
        ? value
        : throw new InputException($"'{text}' is no number.", "Write digits, as 0.412 or <0.025.", field: "--correct");
}
