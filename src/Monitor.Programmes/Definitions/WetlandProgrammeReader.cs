using Monitor.Domain;
using Monitor.Domain.Places;

namespace Monitor.Programmes.Definitions;

/// <summary>Reads <c>kind: wetland-bank</c>. The vocabulary is closed: a key that is not known is a fault.</summary>
public static class WetlandProgrammeReader
{
    /// <summary>The word under <c>kind</c>.</summary>
    public const string Kind = "wetland-bank";

    /// <summary>The class of credits where a bank names none.</summary>
    public const string UnnamedClass = "wetland";

    /// <summary>The programme of a file, ready to judge by.</summary>
    /// <exception cref="InputException">The first fault of the file, with file, line, field and remedy.</exception>
    public static WetlandProgramme Read(DefinitionText text)
    {
        var faults = new DefinitionFaults(text.File);
        WetlandProgramme? programme = Read(text, faults);
        faults.ThrowIfAny();
        return programme!;
    }

    /// <summary>Everything that can be said of the file.</summary>
    public static IReadOnlyList<DefinitionFault> Check(DefinitionText text)
    {
        var faults = new DefinitionFaults(text.File);
        WetlandProgramme? programme = Read(text, faults);
        faults.NoteAssumptions(programme?.Assumptions ?? []);
        return faults.All;
    }

    private static WetlandProgramme? Read(DefinitionText text, DefinitionFaults faults)
    {
        DefinitionNode? root = faults.LoadKind(text, Kind);
        if (root is null) return null;
        DefinitionNode sensor = root.Map("sensor");
        DefinitionNode determination = root.Map("determination");
        DefinitionNode milestones = root.Map("milestones");
        DefinitionNode issuer = root.Map("issuer");
        bool isCumulative = milestones.Has("shares") && milestones.Choice("shares", ("each", false), ("cumulative", true));
        CreditMethodReader methods = CreditMethodReader.Of(determination);
        var programme = new WetlandProgramme
        {
            Text = text,
            Id = root.Id("programme"),
            Version = root.Text("version"),
            Title = root.Map("title").Bilingual(),
            Issuer = issuer.Bilingual(),
            Zone = root.Zone("time_zone"),
            CreditUnit = determination.Text("unit"),
            SensorAgent = sensor.Id("agent"),
            SensorDigits = sensor.Integer("digits", 1, 9),
            ClearMin = sensor.Share("clear_min"),
            Cover = ReadCover(root.Map("cover")),
            Milestones = InParts(milestones, [.. milestones.List("list").Select(ReadMilestone)], isCumulative),
            Composite = root.OptionalMap("composite") is DefinitionNode composite ? ReadComposite(composite) : null,
            IsInSequence = ReadSequence(milestones.Map("sequence")),
            Review = ReviewTerms.Read(root),
            Sales = SaleTermsReader.Read(root),
            Banks = [.. root.List("banks").Select(b => ReadBank(b, methods))],
            Assumptions = Provenance.Assumptions(root.Yaml),
        };
        programme = programme with
        {
            Compliance = ComplianceTermsReader.Read(root, [.. programme.Milestones.Select(m => m.Id)]),
        };
        FaultRepeats(milestones.At("list"), programme.Milestones.Select(m => m.Id));
        FaultRepeats(root.At("banks"), programme.Banks.Select(b => b.Id));
        decimal shares = programme.Milestones.Sum(m => m.SharePercent);
        if (shares != 100) milestones.At("list").Fault($"the shares sum to {shares}, not to 100.", "Correct the shares.");
        WetlandProgrammeCheck.FaultBanks(programme, root);
        WetlandProgrammeCheck.Warn(programme, milestones, isCumulative);
        foreach (DefinitionNode node in (DefinitionNode[])[root, sensor, determination, milestones]) node.Close();
        return programme;
    }

    private static void FaultRepeats(DefinitionNode node, IEnumerable<string> ids)
    {
        foreach (IGrouping<string, string> same in ids.GroupBy(id => id).Where(g => g.Count() > 1))
        {
            node.Fault($"the id '{same.Key}' stands {same.Count()} times.", "Give each its own id.");
        }
    }

    // Washington prints shares as cumulative caps (WAC 173-700-330): a stage's part is what its cap adds to the one before.
    private static List<Milestone> InParts(DefinitionNode node, List<Milestone> milestones, bool isCumulative)
    {
        if (!isCumulative) return milestones;
        List<Milestone> parts = [.. milestones.Select(
            (m, i) => m with { SharePercent = m.SharePercent - (i == 0 ? 0 : milestones[i - 1].SharePercent) })];
        if (parts.Exists(m => m.SharePercent <= 0)) node.At("list").Fault(
            "a cumulative share is not above the one before it.", "Write each as what may be released up to then.");
        return parts;
    }

    private static bool ReadSequence(DefinitionNode node)
    {
        bool strict = node.Choice("order", ("strict", true), ("any", false));
        node.Close();
        return strict;
    }

    private static CoverTerms ReadCover(DefinitionNode node)
    {
        (List<decimal> soil, List<decimal> vegetation) = (Ends(node, "soil"), Ends(node, "vegetation"));
        if (soil.Max() >= vegetation.Min()) node.Fault("a soil end is not below every vegetation end.", "Correct the ends.");
        var terms = new CoverTerms(
            soil, vegetation, node.Choice("model", ("linear", false), ("carlson-ripley", true)),
            node.Integer("dilate", 0, 50),
            node.Has("water") && node.Choice("water", ("counted", false), ("left-out", true)));
        node.Close();
        return terms;
    }

    private static CompositeTerms ReadComposite(DefinitionNode node)
    {
        DaySpan season = DaySpan.Read(node, "season");
        var terms = new CompositeTerms(
            season.From, season.To, node.Integer("dates_min", 1, DatesMax), node.Share("enough_min"));
        node.Close();
        return terms;
    }

    // A median of more dates than this would be a scene for every third day.
    private const int DatesMax = 128;

    private static List<decimal> Ends(DefinitionNode node, string key)
    {
        List<decimal> ends = [.. node.List(key).Select(n => n.Number())];
        if (ends.Count == 3 && ends[0] <= ends[1] && ends[1] <= ends[2]) return ends;
        node.At(key).Fault("needs three NDVI values, low ≤ central ≤ high.", "Write them as [0.05, 0.12, 0.20].");
        return [0, 0, 0];
    }

    private static Milestone ReadMilestone(DefinitionNode node)
    {
        var milestone = new Milestone(
            node.Id("id"), node.Map("name").Bilingual(), node.Number("share"), CriterionReader.Read(node.Map("criterion")));
        if (milestone.SharePercent <= 0) node.At("share").Fault($"{milestone.SharePercent} is not above 0.", "Correct it.");
        node.Close();
        return milestone;
    }

    private static WetlandBank ReadBank(DefinitionNode node, CreditMethodReader methods)
    {
        decimal area = node.Number("area");
        if (area <= 0) node.At("area").Fault($"{area} is not above 0.", "Correct it.");
        CreditMethod method = methods.Read(node);
        var bank = new WetlandBank(
            node.Id("id"), node.Map("name").Bilingual(), area, CreditMethodReader.ScoresOf(method), node.Text("crs"),
            ReadOutline(node))
        {
            Method = method,
            Class = node.Has("class") ? node.Id("class") : UnnamedClass,
            Monitoring = MonitoringTerms.Read(node),
            ServiceArea = SaleTermsReader.ReadArea(node),
            Assurances = SaleTermsReader.ReadAssurances(node),
        };
        node.Close();
        return bank;
    }

    internal static Polygon ReadOutline(DefinitionNode node)
    {
        List<Point> ring = [];
        foreach (DefinitionNode corner in node.List("outline"))
        {
            IReadOnlyList<decimal> xy = corner.Numbers();
            if (xy.Count == 2) ring.Add(new Point((double)xy[0], (double)xy[1]));
            else corner.Fault("is not a point.", "Write it as [x, y].");
        }
        if (ring.Count < 4 || ring[0] != ring[^1])
        {
            node.At("outline").Fault("is not a closed ring of at least four points.", "Repeat the first point at the end.");
        }
        return new Polygon([new PolygonPart(ring, [])]);
    }
}
