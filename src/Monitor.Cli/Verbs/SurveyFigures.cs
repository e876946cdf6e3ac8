using System.Globalization;
using System.Text.Json;
using Monitor.Cli.Csv;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Rules.Credits;

namespace Monitor.Cli.Verbs;

/// <summary>
/// Reads a survey's figures: CSV with the columns <c>measure,value,unit,plots</c>, or JSON
/// <c>{"figures":[{"measure","value","unit","plots"}]}</c> with the value in a string, so that its digits are those compared.
/// </summary>
internal static class SurveyFigures
{
    /// <exception cref="InputException">The file cannot be read, or a figure is none; names the line and the field.</exception>
    internal static IReadOnlyList<SurveyFigure> Read(string file) =>
        file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? ReadJson(file) : ReadCsv(file);

    private static List<SurveyFigure> ReadCsv(string file)
    {
        using CsvTable table = CsvTable.Open(file);
        (int measure, int value, int unit, int plots) =
            (table.Need("measure"), table.Need("value"), table.Need("unit"), table.Need("plots"));
        List<SurveyFigure> figures = [];
        while (table.Read())
        {
            if (!Identifier.IsValid(table[measure])) throw table.Fault(
                measure, $"'{table[measure]}' is no measure.", "Use the id of the programme, as native-cover.");
            if (!IsNumber(table[value], out decimal number)) throw table.Fault(
                value, $"'{table[value]}' is not a number.", "Write it in plain decimals, as 82.5.");
            if (!IsCount(table[plots], out int count)) throw table.Fault(
                plots, $"'{table[plots]}' is no count of plots.", "Write a whole number, as 12.");
            if (table[unit].Length == 0) throw table.Fault(unit, "The unit is empty.", "Write it as the programme has it.");
            figures.Add(new SurveyFigure(table[measure], number, table[unit], count));
        }
        return figures;
    }

    private static List<SurveyFigure> ReadJson(string file)
    {
        const string remedy =
            "Write {\"figures\":[{\"measure\":\"native-cover\",\"value\":\"82.5\",\"unit\":\"%\",\"plots\":12}]}.";
        try
        {
            using JsonDocument json = JsonDocument.Parse(BankVerb.Read(file, "--figures"));
            return [.. json.RootElement.GetProperty("figures").EnumerateArray().Select(f =>
            {
                string text = f.GetProperty("value").GetString() ?? "";
                string measure = f.GetProperty("measure").GetString() ?? "";
                bool isFigure = IsNumber(text, out decimal number) & Identifier.IsValid(measure);
                (string unit, int plots) = (f.GetProperty("unit").GetString() ?? "", f.GetProperty("plots").GetInt32());
                return isFigure
                    ? new SurveyFigure(measure, number, unit, plots)
                    : throw new InputException($"'{measure}' of '{text}' is no figure.", remedy, file, field: "figures");
            })];
        }
        catch (JsonException e)
        {
            throw new InputException("it is no JSON.", remedy, file, (int)(e.LineNumber ?? 0) + 1);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InputException("a figure is of another shape.", remedy, file, field: "figures");
        }
    }

    private static bool IsNumber(string text, out decimal number) => decimal.TryParse(
        text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    private static bool IsCount(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);
}
