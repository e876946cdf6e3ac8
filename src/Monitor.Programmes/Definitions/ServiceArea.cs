using Monitor.Domain.Places;

namespace Monitor.Programmes.Definitions;

/// <summary>Where a sale's place lies by a service area.</summary>
public enum ServiceAreaPlace
{
    /// <summary>In a tier, by every test that the tier has.</summary>
    Inside,

    /// <summary>In no tier, by any test.</summary>
    Outside,

    /// <summary>By the map in a tier and by the basin code not, or the other way round: a person must look.</summary>
    Disagreement,
}

/// <summary>What the tests said.</summary>
/// <param name="Place">The answer.</param>
/// <param name="Tier">The tier it is in, or that the tests disagree on; null outside.</param>
/// <param name="ByPolygon">Whether the tier's polygon holds the point; null where the tier has none.</param>
/// <param name="ByCode">Whether the basin code begins as the tier's do; null where the tier has none.</param>
public sealed record ServiceAreaFinding(ServiceAreaPlace Place, ServiceTier? Tier, bool? ByPolygon, bool? ByCode);

/// <summary>A part of a service area with its own price in credits.</summary>
/// <param name="Id">Its id, as <c>primary</c>.</param>
/// <param name="Multiplier">Credits to debit for each credit that a permit asks for; at least 1.</param>
/// <param name="BasinCodes">Beginnings of basin codes (HUC in the United States) that are in; empty where none are named.</param>
/// <param name="Outline">Longitude and latitude, in degrees; null where none is drawn.</param>
public sealed record ServiceTier(string Id, decimal Multiplier, IReadOnlyList<string> BasinCodes, Polygon? Outline);

/// <summary>The area in which a bank's credits may be used. A tier is tested before the next.</summary>
/// <param name="Version">Sealed with each sale.</param>
/// <param name="Tiers">At least one.</param>
public sealed record ServiceArea(string Version, IReadOnlyList<ServiceTier> Tiers)
{
    /// <summary>Whether any tier asks for the basin code.</summary>
    public bool AsksForCode => Tiers.Any(t => t.BasinCodes.Count > 0);

    /// <summary>Tests a place: the first tier that any test puts it in decides.</summary>
    /// <param name="longitude">Degrees east.</param>
    /// <param name="latitude">Degrees north.</param>
    /// <param name="basinCode">The code of the basin; null where it is not known, which counts as in none.</param>
    public ServiceAreaFinding Find(double longitude, double latitude, string? basinCode)
    {
        foreach (ServiceTier tier in Tiers)
        {
            bool? byPolygon = tier.Outline?.Contains(new Point(longitude, latitude));
            bool? byCode = tier.BasinCodes.Count == 0
                ? null
                : basinCode is not null && tier.BasinCodes.Any(c => basinCode.StartsWith(c, StringComparison.Ordinal));
            if (byPolygon != true && byCode != true) continue;
            ServiceAreaPlace place = byPolygon == false || byCode == false
                ? ServiceAreaPlace.Disagreement
                : ServiceAreaPlace.Inside;
            return new ServiceAreaFinding(place, tier, byPolygon, byCode);
        }
        return new ServiceAreaFinding(ServiceAreaPlace.Outside, null, null, null);
    }
}
