using System.Globalization;
using Monitor.Domain.Readings;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Definitions;

/// <summary>Reads how figures become money: <c>bands</c>, which is short for a table alone, or <c>outcome</c>.</summary>
internal static class OutcomeReader
{
    private const int YuanDigitsMax = 2;
    private const int PartsMax = 20;

    private static readonly string[] Mechanisms =
        ["bands", "class-steps", "index-points", "tiers", "mass-excess", "attainment"];

    /// <summary>The outcome of a programme.</summary>
    internal static OutcomeTerms Read(DefinitionNode root)
    {
        if (!root.Has("outcome")) return TableAlone(root.Map("bands"));
        if (root.Has("bands"))
        {
            root.At("bands").Fault("both `bands` and `outcome` stand here.", "Put the table into outcome.parts.");
        }
        DefinitionNode node = root.Map("outcome");
        IReadOnlyList<DefinitionNode> parts = node.List("parts");
        if (parts.Count > PartsMax) node.At("parts").Fault($"{parts.Count} parts are too many.", $"Use up to {PartsMax}.");
        var terms = new OutcomeTerms(
            [.. parts.Select(ReadPart)], node.OptionalAmount("cap"), node.Integer("digits", 0, YuanDigitsMax),
            node.Choice("rounding", ClassWords.Roundings));
        node.Close();
        OneEach(parts, "name", "part");
        return terms;
    }

    /// <summary>Faults what stands twice under a key that names the items.</summary>
    internal static void OneEach(IReadOnlyList<DefinitionNode> nodes, string key, string what)
    {
        HashSet<string> seen = [];
        foreach (DefinitionNode node in nodes.Where(n => n.Has(key)))
        {
            string name = node.Text(key);
            if (!seen.Add(name)) node.At(key).Fault($"the {what} '{name}' stands here twice.", "Remove or rename one.");
        }
    }

    // The amount is the section's own and needs no rounding.
    private static OutcomeTerms TableAlone(DefinitionNode node)
    {
        var part = new BandsPart("bands", new Bilingual("对应关系表", "table"), node.Text("source"), null, ReadBands(node));
        node.Close();
        return new OutcomeTerms([part], null, YuanDigitsMax, MidpointRounding.ToEven);
    }

    private static OutcomePart ReadPart(DefinitionNode node)
    {
        (string name, Bilingual label) = (node.Id("name"), node.Map("label").Bilingual());
        (string source, decimal? cap) = (node.Text("source", ""), node.OptionalAmount("cap"));
        OutcomePart part = node.Choice("mechanism", [.. Mechanisms.Select(m => (m, m))]) switch
        {
            "class-steps" => new ClassStepsPart(
                name, label, source, cap, node.Choice("from", ClassWords.ClassesOrTarget),
                node.Amount("yuan_per_better"), node.Amount("yuan_per_worse")),
            "index-points" => new IndexPointsPart(name, label, source, cap, node.Amount("yuan_per_point")),
            "tiers" => ReadTiers(node, name, label, source, cap),
            "mass-excess" => ReadMassExcess(node, name, label, source, cap),
            "attainment" => ReadAttainment(node, name, label, source, cap),
            _ => new BandsPart(name, label, source, cap, ReadBands(node)),
        };
        node.Close();
        return part;
    }

    private static TiersPart ReadTiers(DefinitionNode node, string name, Bilingual label, string source, decimal? cap)
    {
        IReadOnlyList<DefinitionNode> items = node.List("rows");
        List<TierRow> rows = [];
        foreach (DefinitionNode item in items)
        {
            Direction direction = item.Choice("direction", ClassWords.Results);
            bool pays = direction is Direction.UpstreamPays or Direction.DownstreamPays;
            var row = new TierRow(
                item.Text("id"), item.Interval("interval"), direction, pays ? item.Amount("yuan") : 0,
                pays && item.Has("times") && item.Choice("times", ("1", false), ("1+m", true)));
            NoteHole(item, direction, $"multiple {row.Interval}");
            rows.Add(row);
            item.Close();
        }
        Faults(node, ExceedanceTiers.Check(rows), "");
        OneEach(items, "id", "row");
        return new TiersPart(
            name, label, source, cap, [.. node.List("measurands").Select(m => m.Measurand())],
            node.Choice("over", ClassWords.Limits), node.Choice("per", ("month", true), ("period", false)),
            node.OptionalAmount("cap_per_measurand"), rows);
    }

    private static MassExcessPart ReadMassExcess(
        DefinitionNode node, string name, Bilingual label, string source, decimal? cap)
    {
        List<(string, decimal)> prices = [];
        foreach (DefinitionNode item in node.List("prices"))
        {
            prices.Add((item.Measurand("measurand"), item.Amount("yuan_per_t")));
            item.Close();
        }
        OneEach(node.List("prices"), "measurand", "measurand");
        return new MassExcessPart(
            name, label, source, cap, node.Choice("over", ClassWords.Limits), ReadFlow(node), prices,
            node.Choice("below", ("downstream-pays", true), ("nothing", false)))
        {
            ByPairs = node.Has("by") && node.Choice("by", ("months", false), ("pairs", true)),
        };
    }

    /// <summary>The code of a flow in L/s.</summary>
    internal static string ReadFlow(DefinitionNode node)
    {
        string flow = node.Measurand("flow");
        if (flow.Length > 0 && Measurands.Find(flow)?.Unit != "L/s")
        {
            node.At("flow").Fault($"'{flow}' is no flow in L/s.", "Use w00000.");
        }
        return flow;
    }

    private static AttainmentPart ReadAttainment(
        DefinitionNode node, string name, Bilingual label, string source, decimal? cap)
    {
        Dictionary<int, decimal> shares = [];
        if (node.OptionalMap("months_share") is DefinitionNode byYear)
        {
            foreach ((string year, DefinitionNode share) in byYear.Entries())
            {
                decimal number = share.Number();
                if (number is < 0 or > 1) share.Fault($"{number} is not a share.", "Use 0 to 1, as 0.75.");
                if (int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out int y)) shares[y] = number;
                else share.Fault($"'{year}' is not a year.", "Write it as 2018.");
            }
        }
        bool ofMeans = node.Flag("means_must_keep");
        if (!ofMeans && shares.Count == 0)
        {
            node.Fault("nothing is to be attained.", "Write `means_must_keep: true`, or months_share by year.");
        }
        return new AttainmentPart(
            name, label, source, cap, node.Choice("class", ClassWords.ClassesOrTarget), ofMeans, shares,
            ReadResult(node.Map("met")), ReadResult(node.Map("missed")));
    }

    private static FixedResult ReadResult(DefinitionNode node)
    {
        var result = new FixedResult(node.Choice("direction", ClassWords.Results), node.OptionalAmount("yuan"));
        NoteHole(node, result.Direction, "this case");
        node.Close();
        return result;
    }

    private static List<BandRow> ReadBands(DefinitionNode node)
    {
        List<BandRow> rows = [];
        IReadOnlyList<DefinitionNode> items = node.List("rows");
        foreach (DefinitionNode item in items)
        {
            string name = item.Text("direction");
            if (!DirectionNames.TryParse(name, out Direction direction) || direction == Direction.Suspended)
            {
                item.At("direction").Fault(
                    $"'{name}' is not a result.", "Use downstream-pays, upstream-pays, none or undefined-in-source.");
            }
            var row = new BandRow(
                item.Text("id"), item.Has("class") ? item.Choice("class", ClassWords.Classes) : null,
                item.Interval("interval"), direction, item.OptionalAmount("yuan"));
            rows.Add(row);
            NoteHole(item, direction, row.Class is SurfaceWaterClass c ? $"class {c}, {row.Interval}" : $"{row.Interval}");
            item.Close();
        }
        if (rows.Exists(r => r.Class is null) && rows.Exists(r => r.Class is not null))
        {
            node.At("rows").Fault("some rows have a class and some have none.", "Give all of them one, or none.");
        }
        OneEach(items, "id", "row");
        foreach (IGrouping<SurfaceWaterClass?, BandFault> group in BandTable.Check(rows).GroupBy(f => f.Class))
        {
            Faults(
                node, [.. group.Select(f => new LineFault(f.Interval, f.First, f.Second, f.IsOverlap))],
                group.Key is SurfaceWaterClass c ? $"class {c}: " : "");
        }
        return rows;
    }

    private static void NoteHole(DefinitionNode item, Direction direction, string what)
    {
        if (direction == Direction.UndefinedInSource)
        {
            item.Note($"{what}: declared undefined-in-source; such a case goes to people.");
        }
    }

    private static void Faults(DefinitionNode node, IReadOnlyList<LineFault> faults, string where)
    {
        foreach (LineFault fault in faults)
        {
            node.At("rows").Fault(
                fault.IsOverlap
                    ? $"{where}rows {fault.First} and {fault.Second} overlap on {fault.Interval}."
                    : $"{where}no row covers {fault.Interval}.",
                fault.IsOverlap
                    ? "Open one of the ends."
                    : "Add the row, or declare the span with direction undefined-in-source.");
        }
    }
}
