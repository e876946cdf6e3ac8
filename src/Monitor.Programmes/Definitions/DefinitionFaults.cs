using Monitor.Domain;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Monitor.Programmes.Definitions;

/// <summary>Collects what is wrong with one definition file.</summary>
internal sealed class DefinitionFaults(string file, IReadOnlyList<WhatIf>? changes = null)
{
    private const int DepthMax = 32;

    private readonly List<DefinitionFault> faults = [];

    internal string File { get; } = file;

    /// <summary>Terms that were changed before the file was read.</summary>
    internal IReadOnlyList<WhatIf> Changes { get; } = changes ?? [];

    /// <summary>Whether one of the definition's own alternatives is read, which has none itself.</summary>
    internal bool IsAlternative { get; init; }

    /// <summary>Writes down what is asked of the file; null where nobody wants to know.</summary>
    internal Vocabulary? Vocabulary { get; init; }

    internal IReadOnlyList<DefinitionFault> All => [.. faults.OrderBy(f => f.Line).ThenBy(f => f.Level)];

    internal bool Any => faults.Exists(f => f.Level == FaultLevel.Fault);

    internal void Add(FaultLevel level, int line, string field, string text, string remedy) =>
        faults.Add(new DefinitionFault(level, File, Math.Max(line, 1), field, text, remedy));

    /// <summary>Stops at the first fault, for callers that need a usable definition.</summary>
    internal void ThrowIfAny()
    {
        DefinitionFault? first = All.FirstOrDefault(f => f.Level == FaultLevel.Fault);
        if (first is null) return;
        int more = faults.Count(f => f.Level == FaultLevel.Fault) - 1;
        string others = more > 0 ? $" ({more} more: `monitor check {File}` lists them.)" : "";
        throw new InputException(first.Text, first.Remedy + others, first.File, first.Line, first.Field);
    }

    /// <summary>Notes each assumption, so that it is not overlooked.</summary>
    internal void NoteAssumptions(IEnumerable<Assumption> assumptions)
    {
        foreach (Assumption a in assumptions) Add(FaultLevel.Note, a.Line, a.Path, $"assumed: {a.Why}", "");
    }

    /// <summary>The root of a definition of the kind, its numbers' provenance checked; null where it is another file.</summary>
    internal DefinitionNode? LoadKind(DefinitionText text, string kind)
    {
        DefinitionNode? root = Load(text);
        if (root is null) return null;
        Provenance.Check(root.Yaml, this);
        string found = root.Text("kind");
        if (found == kind) return root;
        root.At("kind").Fault($"'{found}' is not {kind}.", "Use a file of that kind.");
        return null;
    }

    /// <summary>The document's root mapping; null, with a fault, where the text is no YAML mapping.</summary>
    internal DefinitionNode? Load(DefinitionText text)
    {
        try
        {
            var stream = new YamlStream();
            var strict = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            string yaml = strict.GetString(text.Bytes.Span).TrimStart('\uFEFF');
            if (!IsPlain(yaml)) return null;
            stream.Load(new StringReader(yaml));
            if (stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode root)
            {
                if (!KeysAreWords(root)) return null;
                foreach (WhatIf change in Changes) change.Apply(root);
                return new DefinitionNode(root, "", "", this);
            }
            Add(FaultLevel.Fault, 1, "", "the file is not one YAML mapping.", "Begin with `kind: …`.");
        }
        catch (YamlException e)
        {
            Add(FaultLevel.Fault, (int)e.Start.Line, "", $"the file is not YAML: {e.Message}", "Correct the line.");
        }
        catch (System.Text.DecoderFallbackException)
        {
            Add(FaultLevel.Fault, 1, "", "the file is not UTF-8.", "Save it as UTF-8.");
        }
        return null;
    }

    // Aliases can make a file refer to itself; a definition that courts read has no need of them.
    private bool IsPlain(string yaml)
    {
        var parser = new Parser(new StringReader(yaml));
        int depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (parser.Current is not YamlDotNet.Core.Events.AnchorAlias && depth <= DepthMax) continue;
            Add(
                FaultLevel.Fault, (int)parser.Current.Start.Line, "",
                depth > DepthMax ? "the file is nested too deeply." : "an alias (*name) stands here.",
                "Write the value out.");
            return false;
        }
        return true;
    }

    private bool KeysAreWords(YamlNode node)
    {
        if (node is YamlSequenceNode list) return list.Children.All(KeysAreWords);
        if (node is not YamlMappingNode map) return true;
        foreach (YamlNode key in map.Children.Keys)
        {
            if (key is YamlScalarNode) continue;
            Add(FaultLevel.Fault, (int)key.Start.Line, "", "a key is not a word.", "Write one word before the colon.");
            return false;
        }
        return map.Children.Values.All(KeysAreWords);
    }
}
