using Monitor.Domain;
using Monitor.Domain.Readings;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Monitor.Programmes.Definitions;

/// <summary>
/// A mapping of a YAML text, read strictly: a key that is not there, not known or of another shape is an
/// <see cref="InputException"/> with file, line, field and remedy. Numbers are plain decimals and keep every digit.
/// </summary>
internal sealed class YamlMap
{
    private readonly YamlMappingNode node;
    private readonly Dictionary<string, YamlNode> values = new(StringComparer.Ordinal);
    private readonly string path;

    private YamlMap(YamlNode node, string file, string path)
    {
        (File, this.path) = (file, path);
        this.node = node as YamlMappingNode ?? throw Fault(
            node, path, "A mapping is expected here.", "Write \"key: value\" lines, or {key: value}.");
        foreach ((YamlNode key, YamlNode value) in this.node.Children)
        {
            string name = (key as YamlScalarNode)?.Value ?? throw Fault(key, path, "A key must be a word.", "Name it.");
            values.Add(name, value);
        }
    }

    /// <summary>The file's name, for messages.</summary>
    public string File { get; }

    /// <summary>Line of the mapping's first key, from 1.</summary>
    public int Line => LineOf(node);

    /// <summary>Keys in the order of the text.</summary>
    public IEnumerable<string> Keys => node.Children.Keys.Select(k => ((YamlScalarNode)k).Value!);

    /// <summary>Reads a text that holds one mapping.</summary>
    public static YamlMap Parse(string text, string file)
    {
        var stream = new YamlStream();
        try
        {
            using var reader = new StringReader(text);
            stream.Load(reader);
        }
        catch (YamlException fault)
        {
            string reason = fault.InnerException?.Message ?? fault.Message;
            // What is missing at the end is reported past the last line.
            int line = Math.Min(checked((int)fault.Start.Line), text.TrimEnd().AsSpan().Count('\n') + 1);
            throw new InputException($"This is not YAML: {reason}", "Correct the line.", file, line);
        }
        if (stream.Documents.Count != 1)
        {
            throw new InputException(
                $"The file holds {stream.Documents.Count} YAML documents.", "Write exactly one.", file, 1);
        }
        return new YamlMap(stream.Documents[0].RootNode, file, "");
    }

    /// <summary>Refuses keys other than these.</summary>
    public void Only(params ReadOnlySpan<string> known)
    {
        foreach (string key in Keys)
        {
            if (known.Contains(key)) continue;
            string remedy = $"Remove it, or use one of: {string.Join(", ", known.ToArray())}.";
            throw Fault(values[key], Path(key), $"\"{key}\" is not a key here.", remedy);
        }
    }

    /// <summary>Whether the key is there.</summary>
    public bool Has(string key) => values.ContainsKey(key);

    /// <summary>A word or text; not empty.</summary>
    public string Text(string key) => TextOf(Value(key), Path(key));

    /// <summary>A plain decimal number.</summary>
    public decimal Number(string key) => NumberOf(Value(key), Path(key));

    /// <summary>A plain decimal number, or null where the key is not there.</summary>
    public decimal? NumberOrNull(string key) => Has(key) ? Number(key) : null;

    /// <summary>A list of numbers.</summary>
    public decimal[] Numbers(string key) => [.. Sequence(key).Select(n => NumberOf(n, Path(key)))];

    /// <summary>A list of words.</summary>
    public string[] Texts(string key) => [.. Sequence(key).Select(n => TextOf(n, Path(key)))];

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool Flag(string key) => Text(key) switch
    {
        "true" => true,
        "false" => false,
        string other => throw Fault(key, $"\"{other}\" is neither true nor false.", "Write true or false."),
    };

    /// <summary>One of the words of a table.</summary>
    public T Word<T>(string key, IReadOnlyDictionary<string, T> words)
    {
        string word = Text(key);
        return words.TryGetValue(word, out T? value)
            ? value
            : throw Fault(key, $"\"{word}\" is not known here.", $"Use one of: {string.Join(", ", words.Keys)}.");
    }

    /// <summary>A mapping.</summary>
    public YamlMap Map(string key) => new(Value(key), File, Path(key));

    /// <summary>A list of mappings.</summary>
    public IReadOnlyList<YamlMap> Maps(string key) =>
        [.. Sequence(key).Select((n, i) => new YamlMap(n, File, $"{Path(key)}[{i + 1}]"))];

    /// <summary>Whether the value of a key is a list.</summary>
    public bool IsList(string key) => Value(key) is YamlSequenceNode;

    /// <summary>A fault at a key.</summary>
    public InputException Fault(string key, string fault, string remedy) =>
        Fault(values.GetValueOrDefault(key, node), Path(key), fault, remedy);

    /// <summary>A fault of the mapping itself.</summary>
    public InputException Fault(string fault, string remedy) => Fault(node, path, fault, remedy);

    private InputException Fault(YamlNode at, string field, string fault, string remedy) =>
        new(fault, remedy, File, LineOf(at), field);

    private static int LineOf(YamlNode at) => checked((int)at.Start.Line);

    private string Path(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private YamlNode Value(string key) => values.TryGetValue(key, out YamlNode? value)
        ? value
        : throw Fault(node, Path(key), $"The key \"{key}\" is missing.", "Add it.");

    private YamlSequenceNode Sequence(string key) => Value(key) as YamlSequenceNode
        ?? throw Fault(key, "A list is expected here.", "Write [a, b] or one \"- item\" a line.");

    private string TextOf(YamlNode at, string field) => at is YamlScalarNode { Value: { Length: > 0 } text }
        ? text
        : throw Fault(at, field, "A word or number is expected here.", "Write it after the key.");

    private decimal NumberOf(YamlNode at, string field)
    {
        string text = TextOf(at, field);
        return ReportedValue.TryParse(text, Qualifier.None, out ReportedValue value)
            ? value.ToDecimal()
            : throw Fault(at, field, $"\"{text}\" is not a plain decimal number.", "Write digits, as 0.05.");
    }
}
