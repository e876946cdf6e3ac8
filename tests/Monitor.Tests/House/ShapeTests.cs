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
    private static readonly Dictionary<string, int> LongFiles = [];

    /// <summary>Known longer functions, as <c>path Name</c>, with their lines now. The list may only shrink.</summary>
    private static readonly Dictionary<string, int> LongFunctions = [];

    /// <summary>Known files with longer lines, and how many. The list may only shrink.</summary>
    private static readonly Dictionary<string, int> LongLines = new()
    {
        // Templates of documents: a sentence of a notice, or a rule of its style, is one line.
        ["src/Monitor.Programmes/Documents/NoticeAnnex.cs"] = 8,
        ["src/Monitor.Programmes/Documents/NoticeDocument.cs"] = 9,
        ["src/Monitor.Programmes/Documents/NoticeStyle.cs"] = 8,
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
