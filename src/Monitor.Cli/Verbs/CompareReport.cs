using Monitor.Programmes.Comparisons;
using Spectre.Console;

namespace Monitor.Cli.Verbs;

/// <summary>What <c>compare</c> prints for people.</summary>
internal static class CompareReport
{
    /// <summary>A table for the sections, one for the basin, and what cannot be compared.</summary>
    internal static void Write(IReadOnlyList<YearsAnswer> sections, BasinYearsAnswer basin)
    {
        AnsiConsole.WriteLine("What if: judged for this comparison, never sealed.");
        var view = new Table().AddColumns(
            "section", "terms", "year", "class", "target", "index", "result", "yuan", "class change", "index change",
            "yuan change", "outcome");
        foreach (YearsAnswer section in sections)
        {
            foreach (YearsRowAnswer row in section.Rows)
            {
                foreach (YearAnswer year in row.Years) AddRow(view, section, row, year);
            }
        }
        AnsiConsole.Write(view);
        WriteBasin(basin);
        foreach (YearsAnswer section in sections)
        {
            IEnumerable<YearsWords> unsaid = section.Rows.SelectMany(r => r.Years)
                .SelectMany(y => y.Reasons.Concat(y.Change?.Unsaid ?? []).Concat(y.Against?.Unsaid ?? [])
                    .Concat(y.Absent is null ? [] : [y.Absent]));
            foreach (YearsWords words in unsaid.Distinct())
            {
                AnsiConsole.WriteLine($"{section.Section}: {words.Zh} / {words.En}");
            }
        }
    }

    private static void AddRow(Table view, YearsAnswer section, YearsRowAnswer row, YearAnswer year)
    {
        string[] cells =
        [
            $"{section.Section} {section.Name.Zh}", row.Version ?? "sealed", $"{year.Year}", year.Class ?? "—",
            year.TargetClass ?? "—", year.Index ?? "—", year.Direction ?? "—", year.Amount ?? "—",
            year.Change?.ClassChange ?? "—", year.Change?.Index ?? "—", year.Change?.Yuan ?? "—", year.Against?.Outcome ?? "—",
        ];
        view.AddRow([.. cells.Select(Markup.Escape)]);
    }

    private static void WriteBasin(BasinYearsAnswer basin)
    {
        var view = new Table().AddColumns(
            "basin", "terms", "year", "sections", "classes", "downstream pays", "upstream pays", "results",
            "class better/same/worse", "index lower/same/higher", "mean");
        foreach (BasinRowAnswer row in basin.Rows)
        {
            foreach (BasinYearAnswer y in row.Years)
            {
                string[] cells =
                [
                    basin.Basin, row.Version ?? "sealed", $"{y.Year}", $"{y.Sections}", Counts(y.Classes), y.DownstreamPays,
                    y.UpstreamPays, Counts(y.Directions),
                    y.Change is null ? "—" : $"{y.Change.ClassBetter}/{y.Change.ClassSame}/{y.Change.ClassWorse}",
                    y.Change is null ? "—" : $"{y.Change.IndexLower}/{y.Change.IndexSame}/{y.Change.IndexHigher}",
                    y.Change?.IndexMean ?? "—",
                ];
                view.AddRow([.. cells.Select(Markup.Escape)]);
            }
        }
        AnsiConsole.Write(view);
    }

    private static string Counts(IReadOnlyDictionary<string, int> counts) =>
        string.Join(", ", counts.Select(c => $"{c.Key} {c.Value}"));
}
