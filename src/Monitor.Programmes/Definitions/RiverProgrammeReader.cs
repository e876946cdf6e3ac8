using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Definitions;

/// <summary>Reads <c>kind: river-compensation</c>. The vocabulary is closed: a key that is not known is a fault.</summary>
public static class RiverProgrammeReader
{
    /// <summary>The word under <c>kind</c>.</summary>
    public const string Kind = "river-compensation";

    private static readonly (string Word, SurfaceWaterClass Value)[] Classes =
    [
        ("I", SurfaceWaterClass.I), ("II", SurfaceWaterClass.II), ("III", SurfaceWaterClass.III),
        ("IV", SurfaceWaterClass.IV), ("V", SurfaceWaterClass.V),
    ];

    /// <summary>The programme of a file, ready to judge by.</summary>
    /// <param name="text">The programme's bytes.</param>
    /// <param name="standard">Gives the standard of a name, or null where it is not known.</param>
    /// <param name="changes">Terms to change first; a judgement by such a programme is a what-if and is never sealed.</param>
    /// <exception cref="InputException">The first fault of the file, with file, line, field and remedy.</exception>
    public static RiverProgramme Read(
        DefinitionText text, Func<string, StandardFile?> standard, IReadOnlyList<WhatIf>? changes = null)
    {
        var faults = new DefinitionFaults(text.File, changes);
        RiverProgramme? programme = Read(text, standard, faults);
        faults.ThrowIfAny();
        return programme!;
    }

    /// <summary>Everything that can be said of the file.</summary>
    public static IReadOnlyList<DefinitionFault> Check(DefinitionText text, Func<string, StandardFile?> standard)
    {
        var faults = new DefinitionFaults(text.File);
        RiverProgramme? programme = Read(text, standard, faults);
        faults.NoteAssumptions(programme?.Assumptions ?? []);
        return faults.All;
    }

    private static RiverProgramme? Read(
        DefinitionText text, Func<string, StandardFile?> standard, DefinitionFaults faults)
    {
        DefinitionNode? root = faults.LoadKind(text, Kind);
        if (root is null) return null;
        string standardName = root.Text("standard");
        StandardFile? limits = standard(standardName);
        if (limits is null)
        {
            root.At("standard").Fault($"the standard '{standardName}' is not known.", "Put its file beside this one.");
        }
        IndexDefinition index = ReadIndex(root.Map("index"));
        IReadOnlyDictionary<string, Bilingual> parties = ReadParties(root.List("parties"));
        DefinitionNode bands = root.Map("bands");
        DefinitionNode data = root.Map("data");
        DefinitionNode detection = root.Map("detection");
        DefinitionNode basis = root.Map("class_basis");
        TimeZoneInfo zone = root.Zone("time_zone");
        var programme = new RiverProgramme
        {
            Text = text,
            Standard = limits!,
            Id = root.Id("programme"),
            Version = root.Text("version"),
            Title = root.Map("title").Bilingual(),
            Zone = zone,
            Water = root.Choice("water", ("river", WaterBody.River), ("lake", WaterBody.Lake)),
            Basis = [.. root.List("basis").Select(b => b.Bilingual())],
            Issuer = ReadIssuer(root.Map("issuer")),
            Statistic = data.Choice(
                "statistic", ("hour", Statistic.Hour), ("rtd", Statistic.Instantaneous), ("min", Statistic.Minute),
                ("day", Statistic.Day)),
            IntervalHours = data.Integer("interval_hours", 1, 24),
            ClassBasis = basis.Choice("value", ("target", ClassBasis.Target), ("measured", ClassBasis.Measured)),
            ClassIndicators = ReadIndicators(root.Map("class_indicators")),
            ThroughDays = ReadThroughDays(root.Map("means")),
            Validity = ReadValidity(root.Map("validity")),
            Screening = ScreeningTerms.Read(root.Map("screening")),
            BelowDetectionFactor = detection.Choice("below", ("half", 0.5m), ("zero", 0m), ("limit", 1m)),
            Index = index,
            PreliminaryTerms = ReadPreliminary(root.Map("preliminary"), index),
            Closing = root.OptionalMap("closing") is DefinitionNode closing ? ClosingTerms.Read(closing, zone) : null,
            Bands = ReadBands(bands),
            BandsSource = bands.Text("source"),
            Payment = ReadPayment(root.Map("payment")),
            Objection = ReadObjection(root.Map("objection")),
            Sections = ReadSections(root.List("sections"), parties, index),
            Assumptions = Provenance.Assumptions(root.Yaml),
        };
        if (24 % programme.IntervalHours != 0)
        {
            data.At("interval_hours").Fault("does not divide a day.", "Use 1, 2, 3, 4, 6, 8, 12 or 24.");
        }
        foreach (DefinitionNode node in (DefinitionNode[])[root, bands, data, detection, basis]) node.Close();
        CheckTargets(programme, root);
        return programme;
    }

    private static Issuer ReadIssuer(DefinitionNode node)
    {
        var issuer = new Issuer(
            new Bilingual(node.Text("zh"), node.Text("en")), node.Text("short"), node.Texts("copies"));
        node.Close();
        return issuer;
    }

    private static IReadOnlyList<string> ReadIndicators(DefinitionNode node)
    {
        IReadOnlyList<string> codes = [.. node.List("measurands").Select(n => n.Text())];
        node.Close();
        return codes;
    }

    private static bool ReadThroughDays(DefinitionNode node)
    {
        IReadOnlyList<DefinitionNode> steps = node.List("through");
        string joined = string.Join(' ', steps.Select(s => s.Text()));
        if (joined is not ("day month" or "month"))
        {
            node.At("through").Fault($"'{joined}' is not known here.", "Use [day, month] or [month].");
        }
        node.Close();
        return joined == "day month";
    }

    private static Validity ReadValidity(DefinitionNode node)
    {
        (DefinitionNode day, DefinitionNode month, DefinitionNode year) = (node.Map("day"), node.Map("month"), node.Map("year"));
        var validity = new Validity(
            day.Integer("readings_min", 1, 1440), month.Share("share_min"), year.Integer("months_min", 1, 12));
        foreach (DefinitionNode n in (DefinitionNode[])[node, day, month, year]) n.Close();
        return validity;
    }

    private static IndexDefinition ReadIndex(DefinitionNode node)
    {
        List<IndexTermDefinition> terms = [.. node.List("terms").Select(ReadTerm)];
        var index = new IndexDefinition(
            node.Map("name").Bilingual(),
            node.Integer("digits", 0, 10),
            node.Choice("rounding", ("half-even", MidpointRounding.ToEven), ("down", MidpointRounding.ToZero)),
            terms);
        SumsToOne(node.At("terms"), terms.Sum(t => t.Weight));
        node.Close();
        return index;
    }

    private static IndexTermDefinition ReadTerm(DefinitionNode node)
    {
        bool yearly = node.Choice("kind", ("weighted-ratios", false), ("yearly-figure", true));
        List<(string, decimal)> parts = yearly
            ? [(node.Id("measurand"), 1m)]
            : [.. node.List("parts").Select(ReadPart)];
        if (!yearly) SumsToOne(node.At("parts"), parts.Sum(p => p.Item2));
        decimal stability = node.Has("stability") ? node.Number("stability") : 1m;
        if (stability <= 0) node.At("stability").Fault($"{stability} is not above 0.", "Correct it.");
        var term = new IndexTermDefinition(
            node.Text("name"), node.Map("label").Bilingual(), node.Number("weight"), stability, parts, yearly);
        node.Close();
        return term;
    }

    private static (string, decimal) ReadPart(DefinitionNode node)
    {
        (string, decimal) part = (node.Id("measurand"), node.Number("weight"));
        node.Close();
        return part;
    }

    private static void SumsToOne(DefinitionNode node, decimal sum)
    {
        if (sum != 1) node.Fault($"the weights sum to {sum}, not to 1.", "Correct the weights.");
    }

    private static List<string> ReadPreliminary(DefinitionNode node, IndexDefinition index)
    {
        List<string> names = [];
        foreach (DefinitionNode item in node.List("terms"))
        {
            string name = item.Text();
            IndexTermDefinition? term = index.Terms.FirstOrDefault(t => t.Name == name);
            if (term is null) item.Fault($"the index has no term '{name}'.", "Name a term of index.terms.");
            else if (term.IsYearlyFigure) item.Fault($"'{name}' is a yearly figure; a month has none.", "Leave it out.");
            else names.Add(name);
        }
        node.Close();
        return names;
    }

    private static List<BandRow> ReadBands(DefinitionNode node)
    {
        List<BandRow> rows = [];
        foreach (DefinitionNode item in node.List("rows"))
        {
            string written = item.Text("interval");
            if (!Interval.TryParse(written, out Interval? interval))
            {
                item.At("interval").Fault($"'{written}' is not an interval.", "Write it as \"[0.9, 1.1]\" or \"(1.1, inf)\".");
            }
            string name = item.Text("direction");
            if (!DirectionNames.TryParse(name, out Direction direction) || direction == Direction.Suspended)
            {
                item.At("direction").Fault(
                    $"'{name}' is not a result.", "Use downstream-pays, upstream-pays, none or undefined-in-source.");
            }
            var row = new BandRow(
                item.Text("id"), item.Choice("class", Classes), interval ?? new Interval(0, true, 0, true), direction);
            rows.Add(row);
            if (direction == Direction.UndefinedInSource)
            {
                item.Note($"class {row.Class}, {row.Interval}: declared undefined-in-source; such an index goes to people.");
            }
            item.Close();
        }
        foreach (BandFault fault in BandTable.Check(rows))
        {
            node.At("rows").Fault(
                fault.IsOverlap
                    ? $"class {fault.Class}: rows {fault.First} and {fault.Second} overlap on {fault.Interval}."
                    : $"class {fault.Class}: no row covers {fault.Interval}.",
                fault.IsOverlap
                    ? "Open one of the ends."
                    : "Add the row, or declare the span with direction undefined-in-source.");
        }
        return rows;
    }

    private static PaymentTerms ReadPayment(DefinitionNode node)
    {
        var terms = new PaymentTerms(node.Integer("days", 1, 365), node.Map("account").Bilingual());
        node.Close();
        return terms;
    }

    private static ObjectionTerms ReadObjection(DefinitionNode node)
    {
        var terms = new ObjectionTerms(node.Integer("working_days", 1, 365), node.Map("office").Bilingual());
        node.Close();
        return terms;
    }

    private static Dictionary<string, Bilingual> ReadParties(IReadOnlyList<DefinitionNode> nodes)
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

    private static List<RiverSection> ReadSections(
        IReadOnlyList<DefinitionNode> nodes, IReadOnlyDictionary<string, Bilingual> parties, IndexDefinition index)
    {
        List<RiverSection> sections = [];
        foreach (DefinitionNode node in nodes)
        {
            DefinitionNode amount = node.Map("amount");
            DefinitionNode baseline = node.Map("baseline");
            var section = new RiverSection
            {
                Id = node.Id("id"),
                Name = node.Map("name").Bilingual(),
                River = node.Map("river").Bilingual(),
                Upstream = Party(node, "upstream", parties),
                Downstream = Party(node, "downstream", parties),
                Target = node.Choice("target", Classes),
                AmountYuan = amount.Number("yuan"),
                BaselineLabel = baseline.Map("label").Bilingual(),
                Baseline = ReadBaseline(baseline.Map("values"), index),
            };
            if (section.AmountYuan < 0) amount.At("yuan").Fault($"{section.AmountYuan} is below 0.", "Direction says who pays.");
            if (sections.Exists(s => s.Id == section.Id))
            {
                node.At("id").Fault($"the section '{section.Id}' stands here twice.", "Remove one.");
            }
            foreach (DefinitionNode n in (DefinitionNode[])[node, amount, baseline]) n.Close();
            sections.Add(section);
        }
        return sections;
    }

    private static Bilingual Party(DefinitionNode node, string key, IReadOnlyDictionary<string, Bilingual> parties)
    {
        string id = node.Text(key);
        if (parties.TryGetValue(id, out Bilingual? party)) return party;
        if (id.Length > 0) node.At(key).Fault($"there is no party '{id}'.", "Add it under parties, or correct the id.");
        return new Bilingual("", "");
    }

    private static Dictionary<string, decimal> ReadBaseline(DefinitionNode node, IndexDefinition index)
    {
        Dictionary<string, decimal> values = [];
        HashSet<string> needed = [.. index.Terms.SelectMany(t => t.Parts).Select(p => p.Measurand)];
        foreach ((string code, DefinitionNode value) in node.Entries())
        {
            decimal number = value.Number();
            if (number <= 0) value.Fault($"{number} is not above 0.", "A ratio to it would mean nothing; correct it.");
            if (!needed.Contains(code))
            {
                value.Fault($"the index has no measurand '{code}'.", "Remove it, or add it to the index.");
            }
            values[code] = number;
        }
        foreach (string code in needed.Where(c => !values.ContainsKey(c)).Order(StringComparer.Ordinal))
        {
            node.Fault($"the index needs a baseline of {code}.", "Add it.");
        }
        return values;
    }

    private static void CheckTargets(RiverProgramme programme, DefinitionNode root)
    {
        if (programme.ClassBasis != ClassBasis.Target) return;
        foreach (RiverSection section in programme.Sections.Where(s => programme.Bands.All(b => b.Class != s.Target)))
        {
            root.At("bands").Warn(
                $"the table has no row for class {section.Target}, the target of {section.Id}.",
                "Such a section is judged undefined-in-source.");
        }
    }
}
