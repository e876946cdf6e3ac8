using System.CommandLine;
using System.Globalization;
using Monitor.Cli.Csv;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Screening;
using Spectre.Console;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor screen FILE.csv --limits FILE.yaml</c>: the flag of each value by the QARTOD tests.</summary>
internal static class ScreenVerb
{
    /// <summary>Makes the command.</summary>
    internal static Command Create()
    {
        var file = new Argument<string>("FILE")
        {
            Description = "CSV with time (ISO 8601; UTC where it has no offset) and value (blank or -- is missing).",
        };
        var limits = new Option<string>("--limits") { Description = "YAML with the limits.", Required = true };
        var json = new Option<bool>("--json") { Description = "One JSON object per row." };
        var command = new Command("screen", "Flag of each value: 1 good, 2 not judged, 3 suspect, 4 fail, 9 missing.")
        {
            file, limits, json,
        };
        command.SetAction(parsed =>
        {
            string limitsFile = parsed.GetRequiredValue(limits);
            ScreeningLimits read = ScreeningDefinition.Parse(InputFile.ReadText(limitsFile), limitsFile);
            (Instant[] times, decimal?[] values) = ReadSeries(parsed.GetRequiredValue(file));
            ScreeningOutcome outcome = SeriesScreening.Run(times, values, read);
            if (parsed.GetValue(json)) WriteJson(outcome);
            else WriteTable(outcome, times, values);
            return 0;
        });
        return command;
    }

    private static (Instant[] Times, decimal?[] Values) ReadSeries(string file)
    {
        using CsvTable table = CsvTable.Open(file);
        (int time, int value) = (table.Need("time"), table.Need("value"));
        var times = new List<Instant>();
        var values = new List<decimal?>();
        while (table.Read())
        {
            if (!CellText.TryParseTime(table[time], offsetRequired: false, out Instant moment))
            {
                throw table.Fault(time, $"\"{table[time]}\" is no time.", "Write it as 2025-01-01T08:00:00+08:00.");
            }
            if (times.Count > 0 && moment < times[^1])
            {
                throw table.Fault(time, $"{table[time]} is earlier than the row before it.", "Sort the rows by time.");
            }
            decimal? number = null;
            if (!CellText.IsAbsent(table[value]))
            {
                number = CellText.TryParseNumber(table[value], out decimal present) ? present : throw table.Fault(
                    value, $"\"{table[value]}\" is not a plain number.", "Write digits, or leave it blank or --.");
            }
            times.Add(moment);
            values.Add(number);
        }
        return ([.. times], [.. values]);
    }

    private static void WriteJson(ScreeningOutcome outcome)
    {
        using var lines = new JsonLines(Console.OpenStandardOutput());
        for (int i = 0; i < outcome.Flags.Count; i++)
        {
            int row = i;
            lines.Write(writer =>
            {
                writer.WriteNumber("row", row + 1);
                writer.WriteNumber("flag", (int)outcome.Flags[row]);
                writer.WriteStartObject("tests");
                foreach (TestFlags test in outcome.Tests) writer.WriteNumber(test.Test, (int)test.Flags[row]);
                writer.WriteEndObject();
            });
        }
    }

    private static void WriteTable(ScreeningOutcome outcome, Instant[] times, decimal?[] values)
    {
        var view = new Table().AddColumns(["row", "time", "value", "flag", .. outcome.Tests.Select(t => t.Test)]);
        for (int i = 0; i < times.Length; i++)
        {
            int row = i;
            view.AddRow(
            [
                (i + 1).ToString(CultureInfo.InvariantCulture),
                times[i].ToString(),
                values[i]?.ToString(CultureInfo.InvariantCulture) ?? "—",
                Word(outcome.Flags[i]),
                .. outcome.Tests.Select(t => Word(t.Flags[row])),
            ]);
        }
        AnsiConsole.Write(view);
        AnsiConsole.WriteLine(string.Join(
            "  ", outcome.Flags.GroupBy(f => f).OrderBy(g => g.Key).Select(g => $"{Word(g.Key)} {g.Count()}")));
    }

    private static string Word(QcFlag flag) => flag switch
    {
        QcFlag.Good => "1 good",
        QcFlag.NotEvaluated => "2 not evaluated",
        QcFlag.Suspect => "3 suspect",
        QcFlag.Fail => "4 fail",
        _ => "9 missing",
    };
}
