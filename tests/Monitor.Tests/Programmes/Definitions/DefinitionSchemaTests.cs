using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Monitor.Programmes.Definitions;
using Monitor.Tests.House;
using Xunit;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Monitor.Tests.Programmes.Definitions;

/// <summary>The schema that editors read is the reader's own.</summary>
public sealed class DefinitionSchemaTests
{
    private const string Published = "pipelines/river-compensation.schema.json";

    private static IEnumerable<string> Rivers => HouseFiles.All
        .Texts(p => p.EndsWith(".yaml", StringComparison.Ordinal)
            && (p.StartsWith("pipelines/", StringComparison.Ordinal)
                || p.StartsWith("fixtures/programmes/", StringComparison.Ordinal)))
        .Where(f => f.Text.Contains("kind: river-compensation\n", StringComparison.Ordinal)).Select(f => f.Path);

    public static TheoryData<string> Files => [.. Rivers];

    // To publish it anew: ./monitor check --schema pipelines fixtures/programmes > pipelines/river-compensation.schema.json
    [Fact]
    public void The_published_schema_is_what_the_reader_asks_for() => Assert.Equal(
        DefinitionSchema.River(
            Rivers.Select(p => new DefinitionText(p, Encoding.UTF8.GetBytes(HouseFiles.All.Text(p)))), _ => OuRiver.Standard),
        HouseFiles.All.Text(Published));

    [Theory]
    [MemberData(nameof(Files))]
    public void A_shipped_definition_is_valid_by_the_published_schema(string path) =>
        Assert.Empty(Violations(HouseFiles.All.Text(path)));

    [Theory]
    [InlineData("time_zone: Asia/Shanghai", "timezone: Asia/Shanghai", "timezone")] // not a key
    [InlineData("standard: gb3838-2002\n", "", "standard")] // required
    [InlineData("rounding: half-even", "rounding: up", "index.rounding")] // not a word
    [InlineData("interval_hours: 4", "interval_hours: 25", "data.interval_hours")] // out of range
    [InlineData("id: OJ-02", "id: OJ 02", "sections[1].id")] // not an id
    [InlineData("w01019: 2.10", "w01019: two", "sections[0].baseline.values.w01019")] // not a number
    [InlineData("terms: [quality]", "terms: quality", "preliminary.terms")] // not a list
    public void The_schema_finds_what_an_editor_can_find(string find, string put, string place)
    {
        string text = HouseFiles.All.Text("pipelines/ou-river.yaml");
        int at = text.IndexOf(find, StringComparison.Ordinal);
        Assert.True(at >= 0);
        Assert.Contains(place, Violations(text[..at] + put + text[(at + find.Length)..]));
    }

    private static List<string> Violations(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        using JsonDocument schema = JsonDocument.Parse(HouseFiles.All.Text(Published));
        List<string> found = [];
        Validate(stream.Documents[0].RootNode, schema.RootElement, "", found);
        return found;
    }

    // As much of JSON Schema 2020-12 as the published one uses; another keyword in it is an error of this test.
    private static void Validate(YamlNode node, JsonElement schema, string path, List<string> found)
    {
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            JsonElement value = keyword.Value;
            bool holds = keyword.Name switch
            {
                "$schema" or "title" => true,
                "type" => value.ValueKind == JsonValueKind.Array
                    ? value.EnumerateArray().Any(t => IsA(node, t.GetString()!))
                    : IsA(node, value.GetString()!),
                "enum" => value.EnumerateArray().Any(
                    w => string.Equals(w.ToString(), Json(node), StringComparison.OrdinalIgnoreCase)),
                "pattern" => Regex.IsMatch(((YamlScalarNode)node).Value!, value.GetString()!),
                "minimum" => Json(node) is string min && decimal.Parse(min, CultureInfo.InvariantCulture) >= value.GetDecimal(),
                "maximum" => Json(node) is string max && decimal.Parse(max, CultureInfo.InvariantCulture) <= value.GetDecimal(),
                "minItems" => node is not YamlSequenceNode list || list.Children.Count >= value.GetInt32(),
                "anyOf" => value.EnumerateArray().Any(s => IsValid(node, s)),
                "items" => Items(node, value, path, found),
                "properties" or "additionalProperties" or "required" => true, // below, together
                _ => throw new NotSupportedException(keyword.Name),
            };
            if (!holds) found.Add(path);
        }
        if (node is YamlMappingNode map && schema.TryGetProperty("properties", out JsonElement properties))
        {
            Members(map, schema, properties, path, found);
        }
    }

    private static void Members(
        YamlMappingNode map, JsonElement schema, JsonElement properties, string path, List<string> found)
    {
        string Join(string key) => path.Length == 0 ? key : $"{path}.{key}";
        foreach ((YamlNode key, YamlNode child) in map.Children)
        {
            string name = ((YamlScalarNode)key).Value!;
            JsonElement others = schema.GetProperty("additionalProperties");
            if (properties.TryGetProperty(name, out JsonElement own)) Validate(child, own, Join(name), found);
            else if (others.ValueKind == JsonValueKind.False) found.Add(Join(name));
            else Validate(child, others, Join(name), found);
        }
        if (!schema.TryGetProperty("required", out JsonElement required)) return;
        foreach (string name in required.EnumerateArray().Select(r => r.GetString()!))
        {
            if (!map.Children.ContainsKey(new YamlScalarNode(name))) found.Add(Join(name));
        }
    }

    private static bool Items(YamlNode node, JsonElement schema, string path, List<string> found)
    {
        if (node is not YamlSequenceNode list) return true;
        for (int i = 0; i < list.Children.Count; i++) Validate(list.Children[i], schema, $"{path}[{i}]", found);
        return true;
    }

    private static bool IsValid(YamlNode node, JsonElement schema)
    {
        List<string> found = [];
        Validate(node, schema, "", found);
        return found.Count == 0;
    }

    private static bool IsA(YamlNode node, string type) => type switch
    {
        "object" => node is YamlMappingNode,
        "array" => node is YamlSequenceNode,
        "string" => node is YamlScalarNode s && (s.Style != ScalarStyle.Plain || !IsNumber(s.Value!)),
        "number" => node is YamlScalarNode { Style: ScalarStyle.Plain } n && IsNumber(n.Value!),
        "integer" => node is YamlScalarNode { Style: ScalarStyle.Plain } n && IsNumber(n.Value!) && !n.Value!.Contains('.'),
        _ => throw new NotSupportedException(type),
    };

    private static bool IsNumber(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static string? Json(YamlNode node) => (node as YamlScalarNode)?.Value;
}
