using System.CommandLine;
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
        Argument<string> series = RecordArguments.Series();
        Option<string> from = RecordArguments.Moment("--from", "First moment, with offset.");
        Option<string> to = RecordArguments.Moment("--to", "First moment after, with offset.");
        var accept = new Option<bool>("--accept") { Description = "Suspect readings are good." };
        var reject = new Option<bool>("--reject") { Description = "The readings do not count." };
        var correct = new Option<string?>("--correct")
        {
            Description = "This value counts instead.", HelpName = "VALUE",
        };
        Option<string> reason = SigningOptions.Reason(), key = SigningOptions.Key(), data = DataOption.Create();
        var json = new Option<bool>("--json") { Description = "One JSON object." };
        var command = new Command("review", "Say of readings that they hold, do not count, or were another value.")
        {
            series, from, to, accept, reject, correct, reason, key, data, json,
        };
        command.SetAction(parsed =>
        {
            string? value = parsed.GetValue(correct);
            bool[] given = [parsed.GetValue(accept), parsed.GetValue(reject), value is not null];
            int verdicts = given.Count(g => g);
            if (verdicts != 1) throw new InputException(
                "One verdict is needed.", "Say one of --accept, --reject, --correct VALUE.");
            ReviewVerdict verdict = value is not null ? ReviewVerdict.Correct
                : parsed.GetValue(accept) ? ReviewVerdict.Accept : ReviewVerdict.Reject;
            using SigningSession session = SigningSession.Open(parsed.Folder(data), parsed.GetRequiredValue(key));
            (Review review, int readings) = session.Desk.Keep(
                new Review
                {
                    Series = parsed.Series(series),
                    From = parsed.Moment(from),
                    To = parsed.Moment(to),
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

    private static ReportedValue Value(string text) => ReportedValue.TryParseQualified(text, out ReportedValue value)
        ? value
        : throw new InputException($"'{text}' is no number.", "Write digits, as 0.412 or <0.025.", field: "--correct");
}
