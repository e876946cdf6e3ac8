using System.Globalization;
using Xunit;

namespace Monitor.Tests.House;

/// <summary>Files, functions and lines that a reader can take in at once.</summary>
public sealed class ShapeTests
{
    private const int FileLinesMax = 400;
    private const int FunctionLinesMax = 70;
    private const int LineCharactersMax = 130;

    private static readonly string[] Code = [".cs", ".ts", ".vue", ".css", ".html", ".sh", ".sql"];

    /// <summary>Known longer files, with their lines now. The list may only shrink, and so may each figure.</summary>
    private static readonly Dictionary<string, int> LongFiles = new()
    {
        // The front door: one script, so that it runs before anything is built.
        ["monitor"] = 434,
        // Written from the service's description, never by hand.
        ["src/Monitor.Dashboard/src/api/schema.ts"] = 1023,
    };

    /// <summary>Known longer functions, as <c>path Name</c>, with their lines now. The list may only shrink.</summary>
    private static readonly Dictionary<string, int> LongFunctions = [];

    /// <summary>Known files with longer lines, and how many. The list may only shrink.</summary>
    private static readonly Dictionary<string, int> LongLines = new()
    {
        // Templates of documents: a sentence of a notice, or a rule of its style, is one line.
        ["src/Monitor.Programmes/Documents/NoticeAnnex.cs"] = 8,
        ["src/Monitor.Programmes/Documents/NoticeDocument.cs"] = 9,
        ["src/Monitor.Programmes/Documents/NoticeStyle.cs"] = 8,
        // The page as it was first written: templates, words and chart options; to be folded as its files are touched.
        ["src/Monitor.Dashboard/src/App.vue"] = 2,
        ["src/Monitor.Dashboard/src/api/client.ts"] = 1,
        ["src/Monitor.Dashboard/src/api/schema.ts"] = 1,
        ["src/Monitor.Dashboard/src/charts/ParameterChart.vue"] = 1,
        ["src/Monitor.Dashboard/src/charts/parameterOption.ts"] = 6,
        ["src/Monitor.Dashboard/src/pages/LedgerPage.vue"] = 21,
        ["src/Monitor.Dashboard/src/pages/NoticePage.vue"] = 9,
        ["src/Monitor.Dashboard/src/pages/NoticesPage.vue"] = 5,
        ["src/Monitor.Dashboard/src/pages/OverviewPage.vue"] = 1,
        ["src/Monitor.Dashboard/src/pages/SectionPage.vue"] = 11,
        ["src/Monitor.Dashboard/src/pages/WetlandPage.vue"] = 8,
        ["src/Monitor.Dashboard/src/pages/ledger.css"] = 5,
        ["src/Monitor.Dashboard/src/pages/section.css"] = 4,
        ["src/Monitor.Dashboard/src/parts/AnswerState.vue"] = 1,
        ["src/Monitor.Dashboard/src/parts/CoverChart.vue"] = 4,
        ["src/Monitor.Dashboard/src/parts/IndexStrip.vue"] = 1,
        ["src/Monitor.Dashboard/src/parts/MonthStrip.vue"] = 5,
        ["src/Monitor.Dashboard/src/parts/MonthTable.vue"] = 2,
        ["src/Monitor.Dashboard/src/parts/PeriodControl.vue"] = 1,
        ["src/Monitor.Dashboard/src/parts/QualityCard.vue"] = 1,
        ["src/Monitor.Dashboard/src/parts/ReadingsTable.vue"] = 1,
        ["src/Monitor.Dashboard/src/style.css"] = 1,
        ["src/Monitor.Dashboard/src/words/en.ts"] = 35,
        ["src/Monitor.Dashboard/src/words/zh.ts"] = 3,
    };

    private static IEnumerable<(string Path, string Text)> Sources =>
        HouseFiles.All.Texts(p => Code.Contains(Path.GetExtension(p)) || p is "monitor" or ".ci/run");

    [Fact]
    public void A_file_has_at_most_400_lines()
    {
        string[] faults = [.. from file in Sources
            let lines = file.Text.AsSpan().Count('\n')
            where lines > LongFiles.GetValueOrDefault(file.Path, FileLinesMax)
            select Fault(file.Path, 1, $"{lines} lines")];
        Faults.AreNone(faults);
    }

    [Fact]
    public void A_function_has_at_most_70_lines()
    {
        string[] faults = [.. from file in Sources
            where file.Path.EndsWith(".cs", StringComparison.Ordinal)
            from function in Functions.In(file.Text)
            where function.Lines > LongFunctions.GetValueOrDefault($"{file.Path} {function.Name}", FunctionLinesMax)
            select Fault(file.Path, function.Line, $"{function.Name} has {function.Lines} lines")];
        Faults.AreNone(faults);
    }

    [Fact]
    public void A_line_has_at_most_130_characters()
    {
        string[] faults = [.. from file in Sources
            let lines = LongerLines(file.Text)
            where lines.Count > LongLines.GetValueOrDefault(file.Path)
            from line in lines
            select Fault(file.Path, line, "a long line")];
        Faults.AreNone(faults);
    }

    [Fact]
    public void The_lists_of_longer_things_name_only_things_that_are_still_longer()
    {
        HashSet<string> files = [.. Sources.Where(f => f.Text.AsSpan().Count('\n') > FileLinesMax).Select(f => f.Path)];
        HashSet<string> functions = [.. from file in Sources
            where file.Path.EndsWith(".cs", StringComparison.Ordinal)
            from function in Functions.In(file.Text)
            where function.Lines > FunctionLinesMax
            select $"{file.Path} {function.Name}"];
        IEnumerable<string> lines = LongLines
            .Where(known => LongerLines(HouseFiles.All.Text(known.Key)).Count < known.Value).Select(known => known.Key);
        Faults.AreNone(LongFiles.Keys.Except(files).Concat(LongFunctions.Keys.Except(functions)).Concat(lines));
    }

    /// <summary>Numbers of the lines that are too long, from 1. A character is what a reader takes for one.</summary>
    private static List<int> LongerLines(string text) =>
        [.. from line in text.Split('\n').Index()
            where line.Item.Length > LineCharactersMax
            where new StringInfo(line.Item.TrimEnd('\r')).LengthInTextElements > LineCharactersMax
            select line.Index + 1];

    private static string Fault(string path, int line, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{path}:{line}: {what}");
}
