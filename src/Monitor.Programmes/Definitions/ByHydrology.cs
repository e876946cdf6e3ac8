using Monitor.Domain.Readings;
using Monitor.Rules.Credits;

namespace Monitor.Programmes.Definitions;

/// <summary><c>hydrology</c>: the water table in the bank's wells stays near the surface for long enough.</summary>
/// <param name="Season">The growing season, the same days each year.</param>
/// <param name="Statistic">The one statistic of the wells' readings that counts.</param>
/// <param name="ReadingsPerDayMin">Fewest readings that make a day's greatest depth.</param>
/// <param name="Terms">What each well is asked.</param>
/// <param name="Site">What all of them are asked, and which years count.</param>
public sealed record ByHydrology(
    DaySpan Season, Statistic Statistic, int ReadingsPerDayMin, HydrologyTerms Terms, SiteHydrologyTerms Site) : Criterion
{
    /// <inheritdoc/>
    public override string Kind => "hydrology";

    /// <inheritdoc/>
    public override bool IsEcological => true;
}
