using Monitor.Programmes.Definitions;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Judgements;

/// <summary>A well's season, judged.</summary>
/// <param name="Well">Id of its agent.</param>
/// <param name="Depths">
/// The greatest depth to the water table of each day of the season, in metres below the ground; null for a day without one.
/// </param>
/// <param name="Finding">What they say.</param>
public sealed record WellSeason(string Well, IReadOnlyList<decimal?> Depths, WellFinding Finding);

/// <summary>What the wells of a bank say of a hydrology criterion over one growing season.</summary>
/// <param name="Programme">The terms.</param>
/// <param name="Bank">The bank.</param>
/// <param name="Part">The milestone, or the part of a yearly one.</param>
/// <param name="Asked">Its criterion.</param>
/// <param name="Year">The civil year of the season.</param>
/// <param name="Wells">Each well of the bank, in the order of the file.</param>
/// <param name="RainfallRank">Share of years with less rain; null where nobody said it, or two say otherwise.</param>
/// <param name="Finding">All of it together.</param>
public sealed record HydrologyAssessment(
    WetlandProgramme Programme, WetlandBank Bank, MilestonePart Part, ByHydrology Asked, int Year,
    IReadOnlyList<WellSeason> Wells, decimal? RainfallRank, SiteHydrologyFinding Finding)
{
    /// <summary>How wet the year was; null where it is not known.</summary>
    public RainfallClass? Rainfall => Asked.Site.ClassOf(RainfallRank);
}
