using System.CommandLine;
using Monitor.Domain.Readings;
using Monitor.Programmes.Judgements;
using Monitor.Server.Api;
using Monitor.Server.Jobs;
using Monitor.Storage;
using Monitor.Storage.Sqlite;
using Spectre.Console;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor readings SECTION</c>: readings beside their flags, and whether they count.</summary>
internal static class ReadingsVerb
{
    /// <summary>Makes the command.</summary>
    internal static Command Create()
    {
        var section = new Argument<string>("SECTION") { Description = "Section id, as OJ-05." };
        var measurand = new Option<string?>("--measurand")
        {
            Description = "One HJ code, as w21003.", HelpName = "CODE",
        };
        var from = new Option<string?>("--from") { Description = "First moment, with offset.", HelpName = "TIME" };
        var to = new Option<string?>("--to") { Description = "First moment after, with offset.", HelpName = "TIME" };
        Option<string> data = DataOption.Create();
        var json = new Option<bool>("--json") { Description = "One JSON object per reading." };
        var command = new Command("readings", "Readings beside their flags: what counts, what does not, and why.")
        {
            section, measurand, from, to, data, json,
        };
        command.SetAction(parsed =>
        {
            var question = new ReadingsQuestion(
                parsed.GetRequiredValue(section), parsed.GetValue(measurand),
                Moment(parsed.GetValue(from), "--from"), Moment(parsed.GetValue(to), "--to"));
            DataFolder folder = parsed.Folder(data);
            using SqliteReadingStore record = Backends.OpenRecord(folder, StoreAccess.ReadOnly);
            using SqliteRegistryStore registry = Backends.OpenRegistry(folder, StoreAccess.ReadOnly);
            ReadingsAnswer answer = question.Answer(ProgrammeFolder.Of(folder), record, registry);
            if (parsed.GetValue(json)) WriteJson(answer.Readings);
            else WriteTable(answer.Readings);
            return ExitCode.Done;
        });
        return command;
    }

    private static Instant? Moment(string? text, string option) =>
        text is null ? null : RecordArguments.MomentOf(text, option);

    private static void WriteJson(IReadOnlyList<ShownReading> readings)
    {
        using var lines = new JsonLines(Console.OpenStandardOutput());
        foreach (ShownReading reading in readings) lines.Write(json => ReadingJson.Write(json, reading));
    }

    private static void WriteTable(IReadOnlyList<ShownReading> readings)
    {
        var table = new Table().AddColumns("measurand", "time", "value", "status", "flag", "why", "counts", "position");
        foreach (ShownReading r in readings)
        {
            ScreenedValue verdict = r.Verdict;
            string why = string.Join(' ', verdict.Tests);
            if (verdict.Source.Review is { } review)
            {
                why += $" {review.VerdictName} {review.Value} by {review.Person.Name}";
            }
            table.AddRow(
                r.Stored.Reading.Measurand, r.Stored.Reading.Time.ToString(), r.Stored.Reading.Value.ToString(),
                r.Stored.Reading.Status, $"{(int)verdict.Flag} {verdict.Flag}", Markup.Escape(why.Trim()),
                verdict.Counts ? CanonicalAssessment.Plain(verdict.Value)! : verdict.IsRepeat ? "repeat" : "no",
                $"{r.Stored.Position}");
        }
        AnsiConsole.Write(table);
    }
}
