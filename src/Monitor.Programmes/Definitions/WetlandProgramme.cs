using Monitor.Domain.Places;

namespace Monitor.Programmes.Definitions;

/// <summary>A wetland-bank programme as its file says it. Made by its reader only.</summary>
public sealed record WetlandProgramme
{
    /// <summary>The file that it was read from.</summary>
    public required DefinitionText Text { get; init; }

    /// <summary>Programme id.</summary>
    public required string Id { get; init; }

    /// <summary>Version of the terms.</summary>
    public required string Version { get; init; }

    /// <summary>Name of the programme.</summary>
    public required Bilingual Title { get; init; }

    /// <summary>Who issues certificates.</summary>
    public required Bilingual Issuer { get; init; }

    /// <summary>Zone whose civil days count.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Unit of the credits; credits of different units are never added.</summary>
    public required string CreditUnit { get; init; }

    /// <summary>Id under which the satellite's figures enter the record.</summary>
    public required string SensorAgent { get; init; }

    /// <summary>Decimal places of the satellite's figures, rounded half-even, once, when they become readings.</summary>
    public required int SensorDigits { get; init; }

    /// <summary>Least share of a site that must be clear for a scene to count, 0 to 1.</summary>
    public required decimal ClearMin { get; init; }

    /// <summary>How NDVI becomes cover.</summary>
    public required CoverTerms Cover { get; init; }

    /// <summary>
    /// How a season's scenes are put together before cover is judged; null where each scene is judged for itself.
    /// </summary>
    public CompositeTerms? Composite { get; init; }

    /// <summary>The schedule, in order; shares sum to 100.</summary>
    public required IReadOnlyList<Milestone> Milestones { get; init; }

    /// <summary>Whether a milestone's release waits until every milestone before it is released.</summary>
    public required bool IsInSequence { get; init; }

    /// <summary>How credits are reserved and sold; null where the programme does not say, and nothing can be.</summary>
    public SaleTerms? Sales { get; init; }

    /// <summary>How long proposals are looked at; null where the programme sets no time.</summary>
    public ReviewTerms? Review { get; init; }

    /// <summary>What a bank must go on doing, and what follows where it does not; asks for nothing by default.</summary>
    public ComplianceTerms Compliance { get; init; } = ComplianceTerms.None;

    /// <summary>The banks, in the order of the file.</summary>
    public required IReadOnlyList<WetlandBank> Banks { get; init; }

    /// <summary>Every assumption, in the order of the file.</summary>
    public required IReadOnlyList<Assumption> Assumptions { get; init; }

    /// <summary>The assumptions that bear on a bank: all but those made for other banks.</summary>
    public IEnumerable<Assumption> AssumptionsFor(WetlandBank bank)
    {
        string own = $"banks[{Banks.ToList().IndexOf(bank)}]";
        return Assumptions.Where(a => !a.Path.StartsWith("banks[", StringComparison.Ordinal)
            || a.Path == own || a.Path.StartsWith(own + ".", StringComparison.Ordinal));
    }

    /// <summary>The bank of an id, or null.</summary>
    public WetlandBank? FindBank(string id) => Banks.FirstOrDefault(b => b.Id == id);

    /// <summary>The milestone of an id, or null.</summary>
    public Milestone? FindMilestone(string id) => Milestones.FirstOrDefault(m => m.Id == id);

    /// <summary>Everything that is judged by itself: the milestones in order, each yearly one before its parts.</summary>
    public IEnumerable<MilestonePart> Parts => Milestones.SelectMany(MilestonePart.Of);

    /// <summary>What a path names, as <c>cover</c> or <c>year-1.hydrology</c>; null where it is nothing here.</summary>
    public MilestonePart? FindPart(string path) => Parts.FirstOrDefault(p => p.Path == path);

    /// <summary>Credits that a milestone releases for a bank; the milestones' parts sum exactly to the bank's credits.</summary>
    public decimal CreditsOf(WetlandBank bank, Milestone milestone) => PartOf(bank.Credits, milestone);

    /// <summary>A milestone's part of awarded credits; the parts of all milestones sum exactly to them.</summary>
    public decimal PartOf(decimal awarded, Milestone milestone)
    {
        IReadOnlyList<decimal> parts = Rules.Credits.ReleaseSchedule.Parts(
            awarded, [.. Milestones.Select(m => m.SharePercent)]);
        return parts[Milestones.ToList().IndexOf(milestone)];
    }
}

/// <summary>Frozen ends of the dimidiate pixel model: NDVI of bare soil and of full vegetation.</summary>
/// <param name="Soil">Low, central, high.</param>
/// <param name="Vegetation">Low, central, high; each above every soil end.</param>
/// <param name="IsSquared">Carlson and Ripley's square of the clamped ratio, rather than the ratio.</param>
/// <param name="DilatePixels">Pixels by which the cloud mask is grown, on the mask's own grid.</param>
/// <param name="LeavesOutWater">
/// Whether open water (NDWI of 0 or more, by the scene's green band) is left out of the denominator; else it counts as
/// what its NDVI says, which is bare.
/// </param>
public sealed record CoverTerms(
    IReadOnlyList<decimal> Soil, IReadOnlyList<decimal> Vegetation, bool IsSquared, int DilatePixels,
    bool LeavesOutWater = false);

/// <summary>A step at which a share of the credits is released.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="SharePercent">Its share of the bank's credits, in percent.</param>
/// <param name="Criterion">What shows that it is met.</param>
public sealed record Milestone(string Id, Bilingual Name, decimal SharePercent, Criterion Criterion);

/// <summary>A wetland mitigation bank.</summary>
/// <param name="Id">Its id; the section id of its satellite readings.</param>
/// <param name="Name">Its name.</param>
/// <param name="Area">Its area in the unit of the determination.</param>
/// <param name="Scores">The functional scores with the project, each 0 to 1; none where the method has none.</param>
/// <param name="Crs">Coordinate system of the outline, as EPSG:32650.</param>
/// <param name="Outline">The site.</param>
public sealed record WetlandBank(
    string Id, Bilingual Name, decimal Area, IReadOnlyList<decimal> Scores, string Crs, Polygon Outline)
{
    /// <summary>How its credits are determined.</summary>
    public required CreditMethod Method { get; init; }

    /// <summary>The class of its credits, as <c>freshwater-marsh</c>; credits of different classes are never added.</summary>
    public required string Class { get; init; }

    /// <summary>Where its credits may be used; null where that is not said, and none can be sold.</summary>
    public ServiceArea? ServiceArea { get; init; }

    /// <summary>What answers for it, in the order of the file.</summary>
    public IReadOnlyList<Assurance> Assurances { get; init; } = [];

    /// <summary>How it is watched; null where no criterion needs it.</summary>
    public MonitoringTerms? Monitoring { get; init; }

    /// <summary>The credits it is worth, by its method, rounded down to 4 decimals.</summary>
    public decimal Credits => Method.Credits(Area);
}
