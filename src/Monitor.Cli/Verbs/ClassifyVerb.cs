using System.CommandLine;
using System.Globalization;
using Monitor.Cli.Csv;
using Monitor.Domain;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
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
        var basin = new Option<bool>("--basin")
        {
            Description = "Take the rows as the sections of one basin and add its state (环办〔2011〕22号).",
        };
        var json = new Option<bool>("--json") { Description = "One JSON object per row." };
        var command = new Command("classify", "Surface-water class of each row (GB 3838-2002).") { file, water, basin, json };
        command.SetAction(parsed =>
        {
            WaterBody body = parsed.GetValue(water) == "lake" ? WaterBody.Lake : WaterBody.River;
            using CsvTable table = CsvTable.Open(parsed.GetRequiredValue(file));
            bool withBasin = parsed.GetValue(basin);
            if (parsed.GetValue(json)) WriteJson(table, body, withBasin);
            else WriteTable(table, body, withBasin);
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

    private static void WriteJson(CsvTable table, WaterBody body, bool withBasin)
    {
        // Held back until every row was read: a file that is refused gives no results.
        using var held = new MemoryStream();
        WriteJson(held, table, body, withBasin);
        using Stream output = Console.OpenStandardOutput();
        output.Write(held.GetBuffer().AsSpan(0, (int)held.Length));
    }

    private static void WriteJson(MemoryStream held, CsvTable table, WaterBody body, bool withBasin)
    {
        using var lines = new JsonLines(held, leaveOpen: true);
        List<ClassOutcome> sections = [];
        foreach (ClassOutcome outcome in Judge(table, body))
        {
            if (withBasin) sections.Add(outcome);
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
        if (withBasin) WriteBasin(lines, Summary(sections, body));
    }

    private static BasinOutcome? Summary(IReadOnlyList<ClassOutcome> sections, WaterBody body) =>
        BasinSummary.Of(sections, StandardDefinition.Gb3838().AssessedFor(body), body);

    private static void WriteBasin(JsonLines lines, BasinOutcome? basin) => lines.Write(writer =>
    {
        writer.WriteNumber("sections", basin?.Sections ?? 0);
        writer.WriteString("state", basin?.Quality.Chinese());
        writer.WriteString("meansClass", basin?.MeansClass?.Name());
        writer.WriteString("goodShare", CanonicalAssessment.Plain(basin?.GoodShare));
        writer.WriteString("inferiorShare", CanonicalAssessment.Plain(basin?.InferiorShare));
        writer.WriteStartObject("mainPollutants");
        foreach (BasinPollutant pollutant in basin?.MainPollutants ?? [])
        {
            writer.WriteString(pollutant.Code, CanonicalAssessment.Plain(pollutant.ShareExceeding));
        }
        writer.WriteEndObject();
    });

    private static void WriteTable(CsvTable table, WaterBody body, bool withBasin)
    {
        var view = new Table().AddColumns("row", "class", "state", "worst", "main pollutants");
        var counts = new SortedDictionary<SurfaceWaterClass, int>();
        List<ClassOutcome> sections = [];
        foreach (ClassOutcome outcome in Judge(table, body))
        {
            if (withBasin) sections.Add(outcome);
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
        if (withBasin && Summary(sections, body) is BasinOutcome basin)
        {
            AnsiConsole.WriteLine(
                $"{basin.Sections} sections: {basin.Quality.Chinese()}; Ⅰ–Ⅲ {Gb8170.Percent(basin.GoodShare)} %, "
                + $"劣Ⅴ {Gb8170.Percent(basin.InferiorShare)} %"
                + (basin.MeansClass is SurfaceWaterClass c ? $"; class of the means {c.Chinese()}" : "")
                + string.Concat(basin.MainPollutants.Select(p => $"; {BasinSummary.Text(p)}")));
        }
    }
}
