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

    /// <summary>Writes down what this reader asks of a file.</summary>
    internal static void Learn(DefinitionText text, Func<string, StandardFile?> standard, Vocabulary vocabulary)
    {
        var faults = new DefinitionFaults(text.File) { Vocabulary = vocabulary };
        Read(text, standard, faults);
        faults.ThrowIfAny();
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
        OutcomeTerms outcome = OutcomeReader.Read(root);
        IndexDefinition index = RiverIndexReader.Read(NeedsIndex(outcome) ? root.Map("index") : root.OptionalMap("index"));
        IReadOnlyDictionary<string, Bilingual> parties = RiverSectionReader.ReadParties(root.List("parties"));
        DefinitionNode data = root.Map("data");
        DefinitionNode detection = root.Map("detection");
        DefinitionNode? basis = HasClasses(outcome) ? root.Map("class_basis") : root.OptionalMap("class_basis");
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
            ClassBasis = basis?.Choice("value", ("target", ClassBasis.Target), ("measured", ClassBasis.Measured))
                ?? ClassBasis.Target,
            ClassIndicators = ReadIndicators(root.Map("class_indicators")),
            ThroughDays = ReadThroughDays(root.Map("means")),
            Validity = ReadValidity(root.Map("validity")),
            Screening = ScreeningTerms.Read(root.Map("screening")),
            BelowDetectionFactor = detection.Choice("below", ("half", 0.5m), ("zero", 0m), ("limit", 1m)),
            Index = index,
            PreliminaryTerms = index.Terms.Count > 0 ? RiverIndexReader.ReadPreliminary(root.Map("preliminary"), index) : [],
            Closing = root.OptionalMap("closing") is DefinitionNode closing ? ClosingTerms.Read(closing, zone) : null,
            Outcome = outcome,
            Pool = root.OptionalMap("pool") is DefinitionNode pool ? RiverSectionReader.ReadPool(pool, parties) : null,
            Inflow = root.OptionalMap("inflow") is DefinitionNode inflow ? ReadInflow(inflow) : null,
            NoticeClauses = root.OptionalMap("notice") is DefinitionNode notice ? ReadNotice(notice) : [],
            Payment = ReadPayment(root.Map("payment")),
            Objection = ReadObjection(root.Map("objection")),
            Sections = RiverSectionReader.ReadSections(root.List("sections"), parties, index, NeedsAmount(outcome)),
            Assumptions = Provenance.Assumptions(root.Yaml),
        };
        if (24 % programme.IntervalHours != 0)
        {
            data.At("interval_hours").Fault("does not divide a day.", "Use 1, 2, 3, 4, 6, 8, 12 or 24.");
        }
        // Read last, when the rest is known to hold; known here all the same.
        _ = root.Has("alternatives");
        foreach (DefinitionNode? node in (DefinitionNode?[])[root, data, detection, basis]) node?.Close();
        if (limits is not null) RiverProgrammeCheck.Run(programme, root);
        return faults.IsAlternative
            ? programme
            : programme with { Alternatives = RiverAlternativesReader.Read(root, faults, own => Read(text, standard, own)) };
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
        IReadOnlyList<string> codes = [.. node.List("measurands").Select(n => n.Measurand())];
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

    private static PaymentTerms ReadPayment(DefinitionNode node)
    {
        var terms = new PaymentTerms(node.Integer("days", 1, 365), node.Map("account").Bilingual())
        {
            Instalments = node.Has("instalments") ? [.. node.List("instalments").Select(ReadInstalment)] : [],
        };
        node.Close();
        return terms;
    }

    private static decimal ReadInstalment(DefinitionNode node)
    {
        decimal share = node.Number();
        if (share <= 0) node.Fault($"{share} is not above 0.", "Write the shares of the instalments, as [3, 3, 4].");
        return share;
    }

    private static ObjectionTerms ReadObjection(DefinitionNode node)
    {
        var terms = new ObjectionTerms(node.Integer("working_days", 1, 365), node.Map("office").Bilingual());
        node.Close();
        return terms;
    }

    private static InflowTerms ReadInflow(DefinitionNode node)
    {
        var terms = new InflowTerms(
            node.Id("instrument"),
            node.Choice(
                "rule", ("shown", InflowRule.Shown), ("only-where-worse", InflowRule.OnlyWhereWorse),
                ("added-only", InflowRule.AddedOnly)));
        node.Close();
        return terms;
    }

    private static IReadOnlyList<Bilingual> ReadNotice(DefinitionNode node)
    {
        IReadOnlyList<Bilingual> clauses = [.. node.List("clauses").Select(c => c.Bilingual())];
        node.Close();
        return clauses;
    }

    private static bool HasClasses(OutcomeTerms outcome) =>
        outcome.Parts.OfType<BandsPart>().Any(p => p.Rows.Any(r => r.Class is not null)) || outcome.Parts.Count == 0;

    private static bool NeedsIndex(OutcomeTerms outcome) =>
        outcome.Parts.Any(p => p is BandsPart or IndexPointsPart) || outcome.Parts.Count == 0;

    // Some row or result pays without saying how much.
    private static bool NeedsAmount(OutcomeTerms outcome) => outcome.Parts.Any(p => p switch
    {
        BandsPart bands => bands.Rows.Any(r => Pays(r.Direction) && r.Yuan is null),
        AttainmentPart a => new[] { a.Met, a.Missed }.Any(r => Pays(r.Direction) && r.Yuan is null),
        _ => false,
    });

    private static bool Pays(Direction direction) => direction is Direction.DownstreamPays or Direction.UpstreamPays;
}
