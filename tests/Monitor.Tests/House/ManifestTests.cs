using System.Text.RegularExpressions;
using Xunit;

namespace Monitor.Tests.House;

/// <summary>What lies in the repository is named in its documents, and what they name is there.</summary>
public sealed partial class ManifestTests
{
    private const string Manifest = "fixtures/README.md";

    private static HouseFiles Files => HouseFiles.All;

    /// <summary>The rows of the manifest's table: the fixture, and the tests said to use it.</summary>
    private static IEnumerable<(string File, string[] Tests)> Rows =>
        from line in Files.Text(Manifest).Split('\n')
        where line.StartsWith("| `", StringComparison.Ordinal)
        let cells = line.Trim().Trim('|').Split(" | ")
        select (Quoted(cells[0]).First(), Quoted(cells[^1]).ToArray());

    private static IEnumerable<(string Path, string Text)> Documents =>
        Files.Texts(p => p is "README.md" or "CHANGELOG.md"
            || (p.StartsWith("docs/", StringComparison.Ordinal) && p.EndsWith(".md", StringComparison.Ordinal)));

    /// <summary>The script's own verbs, and those of the program that have a file.</summary>
    private static HashSet<string> Verbs =>
        ["help", "pack", "test",
            .. from file in Files.Texts(p => p.StartsWith("src/Monitor.Cli/Verbs/", StringComparison.Ordinal))
            from Match match in NewCommand().Matches(file.Text)
            select match.Groups[1].Value + match.Groups[2].Value + match.Groups[3].Value];

    /// <summary>The verbs that README says are planned only.</summary>
    private static HashSet<string> Planned =>
        [.. Files.Text("README.md").Split('\n')
            .Where(l => l.StartsWith("Not built yet:", StringComparison.Ordinal)).SelectMany(Quoted)];

    [Fact]
    public void Every_fixture_is_named_in_the_manifest_and_every_name_is_a_fixture() =>
        Assert.Equal(
            Files.Paths.Where(p => p.StartsWith("fixtures/", StringComparison.Ordinal) && p != Manifest),
            Rows.Select(r => "fixtures/" + r.File).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_fixture_names_a_test_that_exists()
    {
        string[] faults = [.. from row in Rows
            where row.Tests.Length == 0 || !row.Tests.All(IsTestFile)
            select $"{row.File}: {string.Join(", ", row.Tests)}"];
        Faults.AreNone(faults);
    }

    [Fact]
    public void Every_verb_that_the_documents_call_exists_or_is_said_to_be_planned()
    {
        string[] faults = [.. from document in Documents
            from Match call in VerbCall().Matches(document.Text)
            where !Verbs.Contains(call.Groups[1].Value) && !Planned.Contains(call.Groups[1].Value)
            select $"{document.Path}: ./monitor {call.Groups[1].Value}"];
        Faults.AreNone(faults);
    }

    [Fact]
    public void A_verb_that_exists_is_not_said_to_be_planned() => Faults.AreNone(Planned.Intersect(Verbs));

    [Fact]
    public void Every_pipeline_is_named_in_the_documents()
    {
        string all = string.Concat(Documents.Select(d => d.Text));
        string[] faults = [.. from path in Files.Paths
            where path.StartsWith("pipelines/", StringComparison.Ordinal)
            where path.EndsWith(".yaml", StringComparison.Ordinal)
            where !all.Contains(Path.GetFileName(path), StringComparison.Ordinal)
            select path];
        Faults.AreNone(faults);
    }

    private static bool IsTestFile(string name) => Files.Paths.Any(
        p => p.StartsWith("tests/", StringComparison.Ordinal) && p.EndsWith($"/{name}.cs", StringComparison.Ordinal));

    private static IEnumerable<string> Quoted(string text) => BackQuoted().Matches(text).Select(m => m.Groups[1].Value);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex BackQuoted();

    // Three ways to write it: new Command("x"), Command verb = new("x"), and Create() => new("x").
    [GeneratedRegex("""new Command\(\s*"([a-z0-9-]+)|Command \w+ = new\(\s*"([a-z0-9-]+)|=> new\(\s*"([a-z0-9-]+)""")]
    private static partial Regex NewCommand();

    [GeneratedRegex(@"\./monitor ([a-z][a-z0-9-]*)")]
    private static partial Regex VerbCall();
}
