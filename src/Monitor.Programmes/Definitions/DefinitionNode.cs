using System.Globalization;
using Monitor.Domain.Readings;
using Monitor.Rules.Compensation;
using YamlDotNet.RepresentationModel;

namespace Monitor.Programmes.Definitions;

/// <summary>
/// One node of a definition with its path and line. Reading collects faults instead of stopping at the first, so that
/// <c>check</c> can list them all; what cannot be read gives a harmless value, and a definition with faults is never used.
/// </summary>
internal sealed class DefinitionNode
{
    // Keys that say where a mapping's numbers come from; allowed in every mapping.
    internal static readonly string[] ProvenanceKeys = ["source", "assumed"];

    private readonly YamlNode yaml;
    private readonly DefinitionFaults faults;
    private readonly HashSet<string> read = [];
    private readonly string pattern;

    internal DefinitionNode(YamlNode yaml, string path, string pattern, DefinitionFaults faults)
    {
        (this.yaml, Path, this.pattern, this.faults) = (yaml, path, pattern, faults);
        if (yaml is YamlMappingNode { Start.Line: > 0 }) faults.Vocabulary?.At(pattern).Seen.Add(Place);
    }

    internal string Path { get; }

    internal int Line => (int)yaml.Start.Line;

    internal YamlNode Yaml => yaml;

    internal bool IsMapping => yaml is YamlMappingNode;

    internal bool Has(string key)
    {
        Asked(key, mayMiss: true);
        return Child(key) is not null;
    }

    internal bool IsList(string key) => Child(key) is YamlSequenceNode;

    internal void Fault(string text, string remedy) => faults.Add(FaultLevel.Fault, Line, Path, text, remedy);

    internal void Warn(string text, string remedy) => faults.Add(FaultLevel.Warning, Line, Path, text, remedy);

    internal void Note(string text) => faults.Add(FaultLevel.Note, Line, Path, text, "");

    /// <summary>The mapping under a key; an empty one, with a fault, where it is missing.</summary>
    internal DefinitionNode Map(string key)
    {
        YamlNode? child = Child(key);
        Asked(key);
        if (child is YamlMappingNode) return new DefinitionNode(child, Join(key), PatternOf(key), faults);
        Missing(key, child, "a mapping");
        return new DefinitionNode(new YamlMappingNode(), Join(key), PatternOf(key), new DefinitionFaults(faults.File));
    }

    /// <summary>The mapping under a key, or null where the key is not there.</summary>
    internal DefinitionNode? OptionalMap(string key) => Has(key) ? Map(key) : null;

    /// <summary>The items of the list under a key; none, with a fault, where it is missing or empty.</summary>
    internal IReadOnlyList<DefinitionNode> List(string key)
    {
        YamlNode? child = Child(key);
        Asked(key, "array");
        if (child is YamlSequenceNode { Children.Count: > 0 } list)
        {
            return [.. list.Children.Select(
                (c, i) => new DefinitionNode(c, $"{Join(key)}[{i}]", PatternOf(key) + "[]", faults))];
        }
        Missing(key, child, "a list with at least one item");
        return [];
    }

    /// <summary>The keys and values of this mapping, each marked as read; <c>source</c> and <c>assumed</c> left out.</summary>
    internal IEnumerable<(string Key, DefinitionNode Node)> Entries()
    {
        if (yaml is not YamlMappingNode map) yield break;
        if (faults.Vocabulary is not null) faults.Vocabulary.At(pattern).HasFreeKeys = true;
        foreach ((YamlNode key, YamlNode value) in map.Children)
        {
            string name = ((YamlScalarNode)key).Value ?? "";
            if (ProvenanceKeys.Contains(name)) continue;
            read.Add(name);
            yield return (name, new DefinitionNode(value, Join(name), PatternOf("*"), faults));
        }
    }

    internal string Text(string key)
    {
        Asked(key, "text");
        if (Child(key) is YamlScalarNode { Value.Length: > 0 } scalar) return scalar.Value;
        Missing(key, Child(key), "a text");
        return "";
    }

    internal string Text(string key, string otherwise) => Has(key) ? Text(key) : otherwise;

    /// <summary>This node's own text.</summary>
    internal string Text()
    {
        Is("text");
        if (yaml is YamlScalarNode { Value: string value }) return value;
        Fault("is not a text.", "Write one value here.");
        return "";
    }

    internal IReadOnlyList<string> Texts(string key) => [.. List(key).Select(n => n.Text())];

    internal decimal Number(string key)
    {
        Asked(key, "number");
        if (Child(key) is YamlScalarNode scalar) return new DefinitionNode(scalar, Join(key), PatternOf(key), faults).Number();
        Missing(key, Child(key), "a number");
        return 0;
    }

    /// <summary>This node's own number: plain decimal notation, no exponent.</summary>
    internal decimal Number()
    {
        const NumberStyles plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        Is("number");
        if (yaml is YamlScalarNode { Value: string text }
            && decimal.TryParse(text, plain, CultureInfo.InvariantCulture, out decimal number))
        {
            return number;
        }
        Fault($"'{(yaml as YamlScalarNode)?.Value ?? "…"}' is not a number.", "Write it in plain decimals, as 0.25.");
        return 0;
    }

    /// <summary>The number under a key, or null where the key is not there.</summary>
    internal decimal? OptionalNumber(string key) => Has(key) ? Number(key) : null;

    /// <summary>A number that is not below 0.</summary>
    internal decimal Amount(string key)
    {
        decimal number = Number(key);
        if (number < 0) At(key).Fault($"{number} is below 0.", "Write it without a sign: the direction says who pays.");
        return number;
    }

    /// <summary>The same, or null where the key is not there.</summary>
    internal decimal? OptionalAmount(string key) => Has(key) ? Amount(key) : null;

    /// <summary>A number above 0.</summary>
    internal decimal Positive(string key)
    {
        decimal number = Number(key);
        if (number <= 0) At(key).Fault($"{number} is not above 0.", "Correct it.");
        return number;
    }

    /// <summary><c>true</c> or <c>false</c>; false where the key is not there.</summary>
    internal bool Flag(string key) => Has(key) && Choice(key, ("true", true), ("false", false));

    /// <summary>This node's own list of numbers.</summary>
    internal IReadOnlyList<decimal> Numbers() => yaml is YamlSequenceNode list
        ? [.. list.Children.Select((c, i) => new DefinitionNode(c, $"{Path}[{i}]", pattern + "[]", faults).Number())]
        : [];

    /// <summary>A number from 0 to 1.</summary>
    internal decimal Share(string key)
    {
        decimal share = Number(key);
        if (share is < 0 or > 1) At(key).Fault($"{share} is not a share.", "Use 0 to 1.");
        return share;
    }

    /// <summary>An id, see <see cref="Identifier"/>.</summary>
    internal string Id(string key)
    {
        string id = Text(key);
        Asked(key, "id");
        if (id.Length > 0 && !Identifier.IsValid(id)) At(key).Fault($"'{id}' is not an id.", "Use 1 to 32 of A–Z a–z 0–9 _ -.");
        return id;
    }

    /// <summary>This node's own id.</summary>
    internal string Id()
    {
        string id = Text();
        Is("id");
        if (!Identifier.IsValid(id)) Fault($"'{id}' is not an id.", "Use 1 to 32 of A–Z a–z 0–9 _ -.");
        return id;
    }

    /// <summary>A measurand's code; one that is not registered is warned of, since a slip of a digit looks like one.</summary>
    internal string Measurand(string key)
    {
        if (Child(key) is not YamlScalarNode) return Id(key);
        Asked(key, "id");
        return At(key).Measurand();
    }

    /// <summary>This node's own code.</summary>
    internal string Measurand()
    {
        string code = Text();
        Is("id");
        if (!Identifier.IsValid(code)) Fault($"'{code}' is not a code.", "Use the HJ 212 code, as w21003.");
        else if (Measurands.Find(code) is null)
        {
            string meant = Nearest.To(code, [.. Measurands.All.Select(m => m.Code)]) is string near
                ? $"Did you mean '{near}' ({Measurands.Find(near)!.English})? "
                : "";
            Warn($"'{code}' is no registered measurand.", $"{meant}Readings of this very code are used.");
        }
        return code;
    }

    /// <summary>An interval of the line, as <c>[0.9, 1.1)</c>; the point 0, with a fault, where it is none.</summary>
    internal Interval Interval(string key)
    {
        string written = Text(key);
        if (Rules.Compensation.Interval.TryParse(written, out Interval? interval)) return interval;
        if (written.Length > 0)
        {
            At(key).Fault($"'{written}' is not an interval.", "Write it as \"[0.9, 1.1]\" or \"(1.1, inf)\".");
        }
        return new Interval(0, true, 0, true);
    }

    /// <summary>An IANA time zone.</summary>
    internal TimeZoneInfo Zone(string key)
    {
        string name = Text(key);
        if (name.Length > 0 && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone)) return zone;
        if (name.Length > 0) At(key).Fault($"the time zone '{name}' is not known here.", "Use an IANA name, as Asia/Shanghai.");
        return TimeZoneInfo.Utc;
    }

    /// <summary>This mapping's <c>zh</c> and <c>en</c>; nothing else may stand in it.</summary>
    internal Bilingual Bilingual()
    {
        var words = new Bilingual(Text("zh"), Text("en"));
        Close();
        return words;
    }

    internal int Integer(string key, int min, int max)
    {
        decimal number = Number(key);
        if (faults.Vocabulary is not null) faults.Vocabulary.At(PatternOf(key)).Range = (min, max);
        if (number == decimal.Truncate(number) && number >= min && number <= max) return (int)number;
        At(key).Fault($"{number} is not a whole number from {min} to {max}.", "Correct it.");
        return min;
    }

    /// <summary>The value under a key, one of a closed vocabulary.</summary>
    internal T Choice<T>(string key, params (string Word, T Value)[] words)
    {
        string text = Text(key);
        faults.Vocabulary?.At(PatternOf(key)).Words.UnionWith(words.Select(w => w.Word));
        foreach ((string word, T value) in words)
        {
            if (word == text) return value;
        }
        if (text.Length > 0)
        {
            string meant = Nearest.To(text, [.. words.Select(w => w.Word)]) is string near ? $"Did you mean '{near}'? " : "";
            At(key).Fault(
                $"'{text}' is not known here.", $"{meant}Use one of: {string.Join(", ", words.Select(w => w.Word))}.");
        }
        return words[0].Value;
    }

    /// <summary>The node under a key, for a fault at its line; this node where the key is not there.</summary>
    internal DefinitionNode At(string key) =>
        Child(key) is YamlNode child ? new DefinitionNode(child, Join(key), PatternOf(key), faults) : this;

    /// <summary>Faults every key that nothing read: a misspelt key must not pass as an absent one.</summary>
    internal void Close()
    {
        if (yaml is not YamlMappingNode map) return;
        foreach (YamlNode key in map.Children.Keys)
        {
            string name = ((YamlScalarNode)key).Value ?? "";
            if (read.Contains(name) || ProvenanceKeys.Contains(name)) continue;
            string[] known = [.. read.Order(StringComparer.Ordinal)];
            string meant = Nearest.To(name, known) is string near ? $"Did you mean '{near}'? " : "";
            faults.Add(
                FaultLevel.Fault, (int)key.Start.Line, Join(name), "this key is not known here.",
                $"{meant}Known are: {string.Join(", ", known)}.");
        }
    }

    private YamlNode? Child(string key)
    {
        read.Add(key);
        return yaml is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? child)
            ? child
            : null;
    }

    private string Place => $"{faults.File}:{yaml.Start.Line}:{yaml.Start.Column}";

    private string PatternOf(string key) => pattern.Length == 0 ? key : $"{pattern}.{key}";

    private void Is(string shape) => faults.Vocabulary?.At(pattern).Shapes.Add(shape);

    private void Asked(string key, string? shape = null, bool mayMiss = false)
    {
        if (faults.Vocabulary is not Vocabulary vocabulary) return;
        Vocabulary.Place here = vocabulary.At(pattern);
        if (!here.Keys.TryGetValue(key, out (HashSet<string> AskedOf, bool MayMiss) asked)) asked = ([], false);
        asked.AskedOf.Add(Place);
        here.Keys[key] = (asked.AskedOf, asked.MayMiss || mayMiss);
        if (shape is not null) vocabulary.At(PatternOf(key)).Shapes.Add(shape);
    }

    private string Join(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    private void Missing(string key, YamlNode? found, string wanted)
    {
        string text = found is null ? "is missing." : $"is not {wanted}.";
        int line = found is null ? Line : (int)found.Start.Line;
        faults.Add(FaultLevel.Fault, line, Join(key), text, $"Write {wanted}.");
    }
}
