using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Monitor.Programmes.Definitions;

/// <summary>Where the numbers of a definition come from: walks the whole file, whatever its vocabulary.</summary>
internal static class Provenance
{
    /// <summary>Faults every number that stands under no <c>source</c> and no <c>assumed</c>, in its mapping or above.</summary>
    internal static void Check(YamlNode root, DefinitionFaults faults) => Walk(root, "", covered: false, faults, []);

    /// <summary>Every <c>assumed</c>, in the order of the file.</summary>
    internal static IReadOnlyList<Assumption> Assumptions(YamlNode root)
    {
        List<Assumption> assumed = [];
        Walk(root, "", covered: true, new DefinitionFaults(""), assumed);
        return assumed;
    }

    private static void Walk(
        YamlNode node, string path, bool covered, DefinitionFaults faults, List<Assumption> assumed)
    {
        switch (node)
        {
            case YamlMappingNode map:
                if (Scalar(map, "assumed") is string why) assumed.Add(new Assumption(path, (int)map.Start.Line, Fold(why)));
                bool here = covered || Scalar(map, "assumed") is not null || Scalar(map, "source") is not null;
                foreach ((YamlNode key, YamlNode value) in map.Children)
                {
                    string name = ((YamlScalarNode)key).Value ?? "";
                    if (name is "source" or "assumed" or "version") continue;
                    Walk(value, path.Length == 0 ? name : $"{path}.{name}", here, faults, assumed);
                }
                break;
            case YamlSequenceNode list:
                for (int i = 0; i < list.Children.Count; i++)
                {
                    Walk(list.Children[i], $"{path}[{i}]", covered, faults, assumed);
                }
                break;
            case YamlScalarNode { Value: string text } when !covered && IsNumber(text):
                faults.Add(
                    FaultLevel.Fault, (int)node.Start.Line, path, $"the number {text} has no provenance.",
                    "Add `source:` (document, clause) or `assumed:` (why) beside it.");
                break;
        }
    }

    // Plain numbers, and intervals, which are made of numbers.
    private static bool IsNumber(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
        || Rules.Compensation.Interval.TryParse(text, out _);

    private static string? Scalar(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? node)
            && node is YamlScalarNode { Value: { Length: > 0 } v }
            ? v
            : null;

    private static string Fold(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
