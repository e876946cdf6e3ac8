using System.Text.RegularExpressions;
using Xunit;

namespace Monitor.Tests.House;

/// <summary>Names say what a thing is.</summary>
public sealed partial class NameTests
{
    private static readonly Dictionary<string, string> Banned = new()
    {
        ["Helper"] = "name the noun it serves, or make it a function of that noun",
        ["Helpers"] = "name the noun it serves, or make it a function of that noun",
        ["Util"] = "name what it computes",
        ["Utils"] = "name what it computes",
        ["Utility"] = "name what it computes",
        ["Utilities"] = "name what it computes",
        ["Manager"] = "name what it does: store, schedule, session, registry",
        ["Managers"] = "name what it does: store, schedule, session, registry",
        ["Common"] = "put it into the room whose word it is",
    };

    private static IEnumerable<(string Path, string Text)> CSharp =>
        HouseFiles.All.Texts(p => p.EndsWith(".cs", StringComparison.Ordinal));

    private static IEnumerable<(string Path, string Name)> Types =>
        from file in CSharp
        from Match match in TypeDeclaration().Matches(SourceCode.Blank(file.Text))
        select (file.Path, match.Groups[1].Value);

    [Fact]
    public void No_type_is_called_helper_utils_manager_or_common() => Faults.AreNone(Faulty(Types));

    [Fact]
    public void No_file_or_folder_is_called_helper_utils_manager_or_common() =>
        Faults.AreNone(Faulty(from path in HouseFiles.All.Paths
            from segment in path.Split('/', '.')
            select (path, segment)));

    [Fact]
    public void No_type_bears_the_name_of_a_namespace()
    {
        HashSet<string> spaces = [.. from file in CSharp
            where !file.Path.StartsWith("tests/", StringComparison.Ordinal)
            from Match match in NamespaceDeclaration().Matches(SourceCode.Blank(file.Text))
            from segment in match.Groups[1].Value.Split('.')
            select segment];
        foreach (string project in HouseFiles.All.Paths.Where(p => p.EndsWith(".csproj", StringComparison.Ordinal)))
        {
            spaces.UnionWith(Path.GetFileNameWithoutExtension(project).Split('.'));
        }
        Assert.Contains("Ledger", spaces);
        Faults.AreNone(from type in Types where spaces.Contains(type.Name) select $"{type.Path}: {type.Name}");
    }

    [Fact]
    public void A_namespace_is_the_folder_of_its_file()
    {
        string[] faults = [.. from file in CSharp
            let declared = NamespaceDeclaration().Match(SourceCode.Blank(file.Text)).Groups[1].Value
            where declared.Length > 0
            let folders = file.Path.Split('/')[1..^1]
            where declared != string.Join('.', folders)
            select $"{file.Path} declares {declared}"];
        Faults.AreNone(faults);
    }

    [Theory]
    [InlineData("PathHelper", true)]
    [InlineData("HTTPUtils", true)]
    [InlineData("common", true)]
    [InlineData("Commons", false)]
    [InlineData("Managed", false)]
    public void A_banned_word_is_found_as_a_whole_word_of_a_name(string name, bool banned) =>
        Assert.Equal(banned, Faulty([("a", name)]).Length == 1);

    private static string[] Faulty(IEnumerable<(string Path, string Name)> names) =>
        [.. from named in names
            from Match word in Word().Matches(named.Name)
            let capital = char.ToUpperInvariant(word.Value[0]) + word.Value[1..]
            where Banned.ContainsKey(capital)
            select $"{named.Path}: {named.Name}: {Banned[capital]}"];

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record(?:\s+struct|\s+class)?)\s+(\w+)")]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"^namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])")]
    private static partial Regex Word();
}
