using System.Globalization;
using Monitor.Domain;
using YamlDotNet.RepresentationModel;

namespace Monitor.Programmes.Definitions;

/// <summary>
/// One changed term: <c>sections.OJ-05.target=II</c>. Steps of the key are keys of mappings; an item of a list is named by
/// its <c>id</c>, <c>name</c> or <c>measurand</c>, or by its place from 0.
/// </summary>
/// <param name="Key">Where.</param>
/// <param name="Value">What stands there instead.</param>
public sealed record WhatIf(string Key, string Value)
{
    private static readonly string[] ItemNames = ["id", "name", "measurand"];

    /// <summary>Reads <c>KEY=VALUE</c>.</summary>
    /// <exception cref="InputException">There is no equals sign, or nothing before it.</exception>
    public static WhatIf Parse(string text)
    {
        int at = text.IndexOf('=', StringComparison.Ordinal);
        return at > 0
            ? new WhatIf(text[..at].Trim(), text[(at + 1)..].Trim())
            : throw new InputException($"'{text}' is not KEY=VALUE.", "Write it as sections.OJ-05.target=II.", field: "--set");
    }

    /// <summary>Changes the tree; only what is there already can be changed.</summary>
    /// <exception cref="InputException">There is no such key, or it is no single value.</exception>
    internal void Apply(YamlNode root)
    {
        YamlNode node = root;
        foreach (string step in Key.Split('.')) node = Step(node, step) ?? throw Unknown(step);
        if (node is not YamlScalarNode scalar) throw Unknown(Key.Split('.')[^1]);
        scalar.Value = Value;
    }

    private static YamlNode? Step(YamlNode node, string step) => node switch
    {
        YamlMappingNode map => map.Children.TryGetValue(new YamlScalarNode(step), out YamlNode? child) ? child : null,
        YamlSequenceNode list => list.Children.FirstOrDefault(item => IsNamed(item, step)) ?? At(list, step),
        _ => null,
    };

    private static YamlNode? At(YamlSequenceNode list, string step) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out int i) && i < list.Children.Count
            ? list.Children[i]
            : null;

    private static bool IsNamed(YamlNode item, string name) => item is YamlMappingNode map && ItemNames.Any(
        key => map.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? n) && n is YamlScalarNode s && s.Value == name);

    private InputException Unknown(string step) => new(
        $"the programme has no single value at '{Key}': '{step}' is not there.",
        "Name a value that stands in the file, as index.terms.quality.weight.", field: "--set");
}
