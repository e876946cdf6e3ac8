using Monitor.Domain;

namespace Monitor.Programmes.Definitions;

/// <summary>Reads <c>alternatives:</c>, each a few values of the same file that stand otherwise.</summary>
internal static class RiverAlternativesReader
{
    // What a judgement is reckoned by. Who, where and when are no matter of reckoning: changed, they would be another programme.
    private static readonly string[] Reckoning =
        ["class_basis", "class_indicators", "means", "validity", "detection", "index", "bands", "outcome", "inflow", "sections"];

    // Which section it is, where it lies and between whom is its own in every alternative.
    private static readonly string[] OfSection = ["target", "limits", "baseline", "amount"];

    // Names of Alternatives that every programme has.
    private static readonly string[] Taken =
        ["doubtful-counted", "excluded-counted", "all-values", "through-days", "median", "measured-class", "target-class"];

    /// <summary>The alternatives; none where the key is not there.</summary>
    /// <param name="root">The definition.</param>
    /// <param name="faults">Where its faults go; the changes that were asked for hold in each alternative too.</param>
    /// <param name="read">Reads the same file with changes.</param>
    internal static IReadOnlyList<AlternativeTerms> Read(
        DefinitionNode root, DefinitionFaults faults, Func<DefinitionFaults, RiverProgramme?> read)
    {
        if (!root.Has("alternatives")) return [];
        IReadOnlyList<DefinitionNode> nodes = root.List("alternatives");
        OutcomeReader.OneEach(nodes, "name", "alternative");
        List<AlternativeTerms> found = [];
        foreach (DefinitionNode node in nodes)
        {
            string name = node.Id("name");
            if (Taken.Contains(name)) node.Fault($"'{name}' is the name of a way that every programme has.", "Choose another.");
            if (node.Text("source", "").Length + node.Text("assumed", "").Length == 0)
            {
                node.Fault("nothing says where it comes from.", "Add `source:` (document, clause) or `assumed:` (why).");
            }
            Bilingual label = node.Map("label").Bilingual();
            WhatIf[] changes = [.. node.List("set").Select(ReadChange)];
            node.Close();
            if (!faults.Any && With(node, faults, changes, read) is RiverProgramme changed)
            {
                found.Add(new AlternativeTerms(name, label, changed));
            }
        }
        return found;
    }

    private static WhatIf ReadChange(DefinitionNode node)
    {
        var change = new WhatIf(node.Text("key"), node.Text("value"));
        string[] steps = change.Key.Split('.');
        if (steps[0] == "sections" && (steps.Length < 3 || !OfSection.Contains(steps[2])))
        {
            node.Fault(
                $"'{change.Key}' is nothing of a section that is reckoned by.",
                $"Name a section and one of: {string.Join(", ", OfSection)}.");
        }
        else if (!Reckoning.Contains(steps[0]))
        {
            node.Fault($"'{change.Key}' is nothing that is reckoned by.", $"Begin with one of: {string.Join(", ", Reckoning)}.");
        }
        node.Close();
        return change;
    }

    private static RiverProgramme? With(
        DefinitionNode node, DefinitionFaults faults, WhatIf[] changes, Func<DefinitionFaults, RiverProgramme?> read)
    {
        var own = new DefinitionFaults(faults.File, [.. faults.Changes, .. changes]) { IsAlternative = true };
        try
        {
            RiverProgramme? changed = read(own);
            own.ThrowIfAny();
            return changed;
        }
        catch (InputException fault)
        {
            node.Fault($"with it the definition does not hold: {fault.Fault}", fault.Remedy);
            return null;
        }
    }
}
