using System.CommandLine;
using System.Globalization;
using Monitor.Cli.Csv;
using Monitor.Domain;
using Monitor.Programmes.Definitions;
using Monitor.Rules.WaterQuality;
using Spectre.Console;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor classify FILE.csv</c>: the surface-water class of each row, single factor.</summary>
internal static class ClassifyVerb
{
    private static readonly string[] Bodies = ["river", "lake"];

    /// <summary>Makes the command.</summary>
    internal static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "CSV with columns named by HJ code, as w01009." };
        var water = new Option<string>("--water")
        {
            Description = "River or lake.", DefaultValueFactory = _ => Bodies[0],
        };
        water.AcceptOnlyFromAmong(Bodies);
        var json = new Option<bool>("--json") { Description = "One JSON object per row." };
        var command = new Command("classify", "Surface-water class of each row (GB 3838-2002).") { file, water, json };
        command.SetAction(parsed =>
        {
            WaterBody body = parsed.GetValue(water) == "lake" ? WaterBody.Lake : WaterBody.River;
            using CsvTable table = CsvTable.Open(parsed.GetRequiredValue(file));
            if (parsed.GetValue(json)) WriteJson(table, body);
            else WriteTable(table, body);
            return 0;
        });
        return command;
    }

    private static IEnumerable<ClassOutcome> Judge(CsvTable table, WaterBody body)
    {
        IReadOnlyList<ClassLimits> limits = StandardDefinition.Gb3838().AssessedFor(body);
        (string Code, int Column)[] columns =
            [.. limits.Where(l => table.Find(l.Code) is not null).Select(l => (l.Code, table.Find(l.Code)!.Value))];
        if (columns.Length == 0)
        {
            throw new InputException(
                "No column is an indicator of GB 3838-2002.", "Name the columns by HJ code, as w01009.", table.File, 1);
        }
        var values = new Dictionary<string, decimal>(columns.Length);
        while (table.Read())
        {
            values.Clear();
            foreach ((string code, int column) in columns)
            {
                string cell = table[column];
                if (CellText.IsAbsent(cell)) continue;
                values.Add(code, CellText.TryParseNumber(cell, out decimal value) ? value : throw table.Fault(
                    column, $"\"{cell}\" is not a plain decimal number.", "Write digits, or leave it blank or --."));
            }
            yield return SingleFactorClass.Judge(limits, values, body);
        }
    }

    private static void WriteJson(CsvTable table, WaterBody body)
    {
        // Held back until every row was read: a file that is refused gives no results.
        using var held = new MemoryStream();
        WriteJson(held, table, body);
        using Stream output = Console.OpenStandardOutput();
        output.Write(held.GetBuffer().AsSpan(0, (int)held.Length));
    }

    private static void WriteJson(MemoryStream held, CsvTable table, WaterBody body)
    {
        using var lines = new JsonLines(held, leaveOpen: true);
        foreach (ClassOutcome outcome in Judge(table, body))
        {
            lines.Write(writer =>
            {
                writer.WriteNumber("row", table.Row);
                writer.WriteString("class", outcome.Class?.Name());
                writer.WriteStartArray("worst");
                foreach (string code in outcome.Worst) writer.WriteStringValue(code);
                writer.WriteEndArray();
                writer.WriteStartObject("exceeds");
                foreach (IndicatorClass indicator in outcome.Exceeding)
                {
                    writer.WriteString(indicator.Code, Gb8170.Multiple(indicator.Exceedance!.Value));
                }
                writer.WriteEndObject();
            });
        }
    }

    private static void WriteTable(CsvTable table, WaterBody body)
    {
        var view = new Table().AddColumns("row", "class", "state", "worst", "main pollutants");
        var counts = new SortedDictionary<SurfaceWaterClass, int>();
        foreach (ClassOutcome outcome in Judge(table, body))
        {
            view.AddRow(
                table.Row.ToString(CultureInfo.InvariantCulture),
                outcome.Class?.Chinese() ?? "—",
                outcome.Class?.Quality() ?? "—",
                string.Join(' ', outcome.Worst),
                Markup.Escape(MainPollutants.Text(outcome)));
            if (outcome.Class is SurfaceWaterClass c) counts[c] = counts.GetValueOrDefault(c) + 1;
        }
        AnsiConsole.Write(view);
        AnsiConsole.WriteLine(string.Join("  ", counts.Select(c => $"{c.Key.Chinese()} {c.Value}")));
    }
}
