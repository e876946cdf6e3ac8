using Monitor.Domain.Readings;

namespace Monitor.Programmes.Definitions;

/// <summary>Reads the index of a river programme, and which of its terms a month is judged by.</summary>
internal static class RiverIndexReader
{
    private const int DigitsMax = 10;

    /// <summary>The index; one without terms where the programme has none.</summary>
    internal static IndexDefinition Read(DefinitionNode? node)
    {
        if (node is null) return new IndexDefinition(new Bilingual("", ""), 0, MidpointRounding.ToEven, []);
        IReadOnlyList<DefinitionNode> nodes = node.List("terms");
        List<IndexTermDefinition> terms = [.. nodes.Select(ReadTerm)];
        var index = new IndexDefinition(
            node.Map("name").Bilingual(), node.Integer("digits", 0, DigitsMax), node.Choice("rounding", ClassWords.Roundings),
            terms);
        SumsToOne(node.At("terms"), terms.Sum(t => t.Weight));
        OneStatisticEach(node, terms);
        OutcomeReader.OneEach(nodes, "name", "term");
        node.Close();
        return index;
    }

    /// <summary>Names of the terms that a month's preliminary judgement uses.</summary>
    internal static IReadOnlyList<string> ReadPreliminary(DefinitionNode node, IndexDefinition index)
    {
        List<string> names = [];
        foreach (DefinitionNode item in node.List("terms"))
        {
            string name = item.Text();
            IndexTermDefinition? term = index.Terms.FirstOrDefault(t => t.Name == name);
            if (term is null) item.Fault($"the index has no term '{name}'.", "Name a term of index.terms.");
            else if (term.IsYearlyFigure) item.Fault($"'{name}' is a yearly figure; a month has none.", "Leave it out.");
            else if (term.Parts.Any(p => p.Statistic == PartStatistic.Load))
            {
                item.Fault($"'{name}' holds a load: a month's tonnes against a year's baseline say nothing.", "Leave it out.");
            }
            else names.Add(name);
        }
        node.Close();
        return names;
    }

    private static IndexTermDefinition ReadTerm(DefinitionNode node)
    {
        bool yearly = node.Choice("kind", ("weighted-ratios", false), ("yearly-figure", true));
        List<IndexPart> parts = yearly
            ? [new IndexPart(node.Measurand("measurand"), 1, node.Flag("inverse"))]
            : [.. node.List("parts").Select(ReadPart)];
        if (!yearly)
        {
            SumsToOne(node.At("parts"), parts.Sum(p => p.Weight));
            OutcomeReader.OneEach(node.List("parts"), "measurand", "measurand");
        }
        decimal stability = node.Has("stability") ? node.Positive("stability") : 1m;
        var term = new IndexTermDefinition(
            node.Text("name"), node.Map("label").Bilingual(), node.Amount("weight"), stability, parts, yearly);
        node.Close();
        return term;
    }

    private static IndexPart ReadPart(DefinitionNode node)
    {
        var part = new IndexPart(node.Measurand("measurand"), node.Amount("weight"), node.Flag("inverse"));
        if (node.Has("statistic"))
        {
            part = part with
            {
                Statistic = node.Choice(
                    "statistic", ("mean", PartStatistic.Mean), ("flow-weighted-mean", PartStatistic.FlowWeightedMean),
                    ("load", PartStatistic.Load)),
            };
        }
        if (part.Statistic != PartStatistic.Mean) part = part with { Flow = ReadFlow(node, part) };
        else if (node.Has("flow")) node.At("flow").Fault("a plain mean has no flow.", "Add `statistic:`, or remove the flow.");
        node.Close();
        return part;
    }

    private static string ReadFlow(DefinitionNode node, IndexPart part)
    {
        if (Measurands.Find(part.Measurand)?.Unit is string unit && unit != "mg/L")
        {
            node.At("measurand").Fault(
                $"'{part.Measurand}' is in {unit}: it carries no mass.", "Use a concentration in mg/L, or a plain mean.");
        }
        return OutcomeReader.ReadFlow(node);
    }

    // A baseline is given by the measurand: one number cannot be both a concentration and a mass.
    private static void OneStatisticEach(DefinitionNode node, List<IndexTermDefinition> terms)
    {
        foreach (IGrouping<string, IndexPart> parts in terms.SelectMany(t => t.Parts).GroupBy(p => p.Measurand))
        {
            if (parts.Select(p => (p.Statistic, p.Flow)).Distinct().Count() > 1)
            {
                node.At("terms").Fault(
                    $"'{parts.Key}' stands here with several statistics, and its baseline is one number.", "Use one of them.");
            }
        }
    }

    private static void SumsToOne(DefinitionNode node, decimal sum)
    {
        if (sum != 1) node.Fault($"the weights sum to {sum}, not to 1.", "Correct the weights.");
    }
}
