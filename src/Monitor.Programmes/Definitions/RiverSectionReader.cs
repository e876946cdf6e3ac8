using Monitor.Domain.Readings;

namespace Monitor.Programmes.Definitions;

/// <summary>Reads parties, sections, their baselines and limits, and the common fund.</summary>
internal static class RiverSectionReader
{
    /// <summary>The parties by id.</summary>
    internal static Dictionary<string, Bilingual> ReadParties(IReadOnlyList<DefinitionNode> nodes)
    {
        Dictionary<string, Bilingual> parties = [];
        foreach (DefinitionNode node in nodes)
        {
            string id = node.Id("id");
            if (!parties.TryAdd(id, new Bilingual(node.Text("zh"), node.Text("en"))))
            {
                node.At("id").Fault($"the party '{id}' stands here twice.", "Remove one.");
            }
            node.Close();
        }
        return parties;
    }

    /// <summary>The sections, in the order of the file.</summary>
    internal static List<RiverSection> ReadSections(
        IReadOnlyList<DefinitionNode> nodes, IReadOnlyDictionary<string, Bilingual> parties, IndexDefinition index,
        bool needsAmount)
    {
        List<RiverSection> sections = [];
        foreach (DefinitionNode node in nodes)
        {
            (IReadOnlyList<PartyShare> above, IReadOnlyList<PartyShare> below) =
                (Side(node, "upstream", parties), Side(node, "downstream", parties));
            DefinitionNode? baseline = index.Terms.Count > 0 ? node.Map("baseline") : null;
            BaselineYear year = ReadYear(baseline);
            var section = new RiverSection
            {
                Id = node.Id("id"),
                Name = node.Map("name").Bilingual(),
                River = node.Map("river").Bilingual(),
                Upstream = Names(above),
                Downstream = Names(below),
                UpstreamShares = above,
                DownstreamShares = below,
                Target = node.Choice("target", ClassWords.Classes),
                AmountYuan = ReadAmount(node, needsAmount),
                BaselineLabel = baseline?.Map("label").Bilingual() ?? new Bilingual("", ""),
                Baseline = baseline is null || year is BaselineYear.Previous or BaselineYear.Unpublished
                    ? new Dictionary<string, decimal>()
                    : ReadBaseline(baseline.Map("values"), index),
                BaselineYear = year,
                Limits = node.OptionalMap("limits") is DefinitionNode limits ? ReadValues(limits) : [],
            };
            if (sections.Exists(s => s.Id == section.Id))
            {
                node.At("id").Fault($"the section '{section.Id}' stands here twice.", "Remove one.");
            }
            baseline?.Close();
            node.Close();
            sections.Add(section);
        }
        return sections;
    }

    /// <summary>The common fund.</summary>
    internal static PoolTerms ReadPool(DefinitionNode node, IReadOnlyDictionary<string, Bilingual> parties)
    {
        var pool = new PoolTerms(
            node.Positive("yuan"), Shares(node.List("contributions"), parties), Shares(node.List("distribution"), parties));
        node.Close();
        return pool;
    }

    private static decimal ReadAmount(DefinitionNode node, bool isNeeded)
    {
        if (!isNeeded && !node.Has("amount")) return 0;
        DefinitionNode amount = node.Map("amount");
        decimal yuan = amount.Amount("yuan");
        amount.Close();
        return yuan;
    }

    private static BaselineYear ReadYear(DefinitionNode? baseline)
    {
        if (baseline is null) return BaselineYear.Fixed;
        if (baseline.Has("unpublished"))
        {
            baseline.Note($"the baseline is unpublished: {baseline.Text("unpublished")}");
            return BaselineYear.Unpublished;
        }
        return baseline.Has("previous_year")
            ? baseline.Choice("previous_year", ("is-baseline", BaselineYear.Previous), ("never-laxer", BaselineYear.NeverLaxer))
            : BaselineYear.Fixed;
    }

    // One party's id, or a list of parties with shares.
    private static List<PartyShare> Side(
        DefinitionNode node, string key, IReadOnlyDictionary<string, Bilingual> parties) =>
        node.IsList(key) ? Shares(node.List(key), parties) : [new PartyShare(Party(node, key, parties), 1)];

    private static List<PartyShare> Shares(
        IReadOnlyList<DefinitionNode> nodes, IReadOnlyDictionary<string, Bilingual> parties)
    {
        List<PartyShare> shares = [];
        foreach (DefinitionNode node in nodes)
        {
            shares.Add(new PartyShare(Party(node, "party", parties), node.Positive("share")));
            node.Close();
        }
        OutcomeReader.OneEach(nodes, "party", "party");
        return shares;
    }

    private static Bilingual Names(IReadOnlyList<PartyShare> side) => side is [PartyShare one]
        ? one.Party
        : new Bilingual(
            string.Join('、', side.Select(s => s.Party.Chinese)), string.Join(" and ", side.Select(s => s.Party.English)));

    private static Bilingual Party(DefinitionNode node, string key, IReadOnlyDictionary<string, Bilingual> parties)
    {
        string id = node.Text(key);
        if (parties.TryGetValue(id, out Bilingual? party)) return party;
        if (id.Length > 0)
        {
            string meant = Nearest.To(id, [.. parties.Keys]) is string near ? $"Did you mean '{near}'? " : "";
            node.At(key).Fault($"there is no party '{id}'.", $"{meant}Add it under parties, or correct the id.");
        }
        return new Bilingual("", "");
    }

    private static Dictionary<string, decimal> ReadBaseline(DefinitionNode node, IndexDefinition index)
    {
        HashSet<string> loads = [.. index.Terms.SelectMany(t => t.Parts)
            .Where(p => p.Statistic == PartStatistic.Load).Select(p => p.Measurand)];
        Dictionary<string, decimal> values = ReadValues(node, loads);
        HashSet<string> needed = [.. index.Terms.SelectMany(t => t.Parts).Select(p => p.Measurand)];
        foreach (string code in values.Keys.Where(c => !needed.Contains(c)))
        {
            node.At(code).Fault($"the index has no measurand '{code}'.", "Remove it, or add it to the index.");
        }
        foreach (string code in needed.Where(c => !values.ContainsKey(c)).Order(StringComparer.Ordinal))
        {
            node.Fault($"the index needs a baseline of {code}.", "Add it.");
        }
        return values;
    }

    // A number in the unit of the measurand, or {value, unit}, which is checked: a thousandfold limit would pass unseen.
    private static Dictionary<string, decimal> ReadValues(DefinitionNode node, HashSet<string>? loads = null)
    {
        Dictionary<string, decimal> values = [];
        foreach ((string code, DefinitionNode entry) in node.Entries())
        {
            DefinitionNode value = entry.IsMapping ? entry.At("value") : entry;
            decimal number = entry.IsMapping ? entry.Number("value") : entry.Number();
            if (number <= 0) value.Fault($"{number} is not above 0.", "A ratio to it would mean nothing; correct it.");
            Measurand? known = Measurands.Find(code);
            if (entry.IsMapping)
            {
                string unit = entry.Text("unit");
                string judgedIn = loads?.Contains(code) == true ? "t" : known?.Unit ?? "";
                if (judgedIn.Length > 0 && unit.Length > 0 && unit != judgedIn)
                {
                    entry.At("unit").Fault($"{code} is judged in {judgedIn}, not {unit}.", $"Convert it to {judgedIn}.");
                }
                entry.Close();
            }
            if (known is null) entry.Warn($"'{code}' is no registered measurand.", "Readings of this very code are used.");
            values[code] = number;
        }
        return values;
    }
}
