using System.Text.RegularExpressions;
using Xunit;

namespace Monitor.Tests.House;

/// <summary>What no committed file may contain.</summary>
public sealed partial class TextTests
{
    /// <summary>Lock files are a tool's own text: hashes may spell anything.</summary>
    private static IEnumerable<(string Path, string Text)> Written =>
        HouseFiles.All.Texts(p => Path.GetFileName(p) is not "package-lock.json");

    [Fact]
    public void No_file_names_a_path_of_somebodys_machine() => Faults.AreNone(Faulty(MachinePath()));

    [Fact]
    public void No_file_puts_work_off_with_a_mark() => Faults.AreNone(Faulty(PutOff()));

    [Fact]
    public void No_lock_file_tells_where_its_packages_were_fetched() =>
        Faults.AreNone(HouseFiles.All.Texts(p => Path.GetFileName(p) is "package-lock.json" or ".npmrc")
            .Where(f => f.Text.Contains("http", StringComparison.Ordinal)
                && Address().IsMatch(f.Text)).Select(f => f.Path));

    [Fact]
    public void Every_markdown_file_has_one_title_and_begins_with_it()
    {
        string[] faults = [.. from file in Written
            where file.Path.EndsWith(".md", StringComparison.Ordinal)
            let prose = Fenced().Replace(file.Text, "")
            let titles = prose.Split('\n').Count(l => l.StartsWith("# ", StringComparison.Ordinal))
            where titles != 1 || !prose.TrimStart().StartsWith("# ", StringComparison.Ordinal)
            select $"{file.Path}: {titles} titles"];
        Faults.AreNone(faults);
    }

    [Fact]
    public void Every_text_file_ends_with_a_line_feed_and_has_no_carriage_return() =>
        Faults.AreNone(Written
            .Where(f => Path.GetExtension(f.Path) is ".cs" or ".md")
            .Where(f => f.Text.Contains('\r') || !f.Text.EndsWith('\n')).Select(f => f.Path));

    private static string[] Faulty(Regex forbidden) =>
        [.. from file in Written
            from line in file.Text.Split('\n').Index()
            where forbidden.IsMatch(line.Item)
            select $"{file.Path}:{line.Index + 1}: {line.Item.Trim()}"];

    // Written with a class in brackets, so that this file does not find itself.
    [GeneratedRegex(@"(?<![\w.$}*-])/(?:hom[e]|roo[t]|wor[k]|tmp/w[t])/")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\bTOD[O]\b|\bFIXM[E]\b|NotImplemente[d]Exception")]
    private static partial Regex PutOff();

    [GeneratedRegex(@"""resolved""\s*:|registry\s*=")]
    private static partial Regex Address();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fenced();
}
