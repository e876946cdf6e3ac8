namespace Monitor.Rules.Credits;

/// <summary>How wet a year was beside the years of a long record.</summary>
public enum RainfallClass
{
    /// <summary>Drier than normal: what is met in such a year is met in a normal one.</summary>
    Dry,

    /// <summary>Within the normal range.</summary>
    Normal,

    /// <summary>Wetter than normal: what is met proves little (Sumner et al. 2009).</summary>
    Wet,
}

/// <summary>What a site's wells must show together, and which years count.</summary>
/// <param name="WellsMin">Fewest wells that must be decided, pass or fail.</param>
/// <param name="WellsShare">Least share of all wells that must pass, 0 to 1.</param>
/// <param name="DryBelow">A year is dry whose share of years with less rain is below this, 0 to 1.</param>
/// <param name="WetAbove">A year is wet whose share of years with less rain is above this, 0 to 1.</param>
public sealed record SiteHydrologyTerms(int WellsMin, decimal WellsShare, decimal DryBelow, decimal WetAbove)
{
    /// <summary>The class of a year; null where nobody said how it ranks.</summary>
    /// <param name="rank">Share of the long record's years that had less rain, 0 to 1.</param>
    public RainfallClass? ClassOf(decimal? rank) => rank is not decimal share ? null
        : share < DryBelow ? RainfallClass.Dry : share > WetAbove ? RainfallClass.Wet : RainfallClass.Normal;
}

/// <summary>A well of a site, judged.</summary>
/// <param name="Finding">Its season, with such gaps bridged as the terms allow.</param>
/// <param name="IsFirm">Whether it passes without any day that nobody measured.</param>
public sealed record WellFinding(HydrologyFinding Finding, bool IsFirm);

/// <summary>Why a site's outcome is not a plain pass.</summary>
public enum HydrologyReason
{
    /// <summary>Fewer wells are decided than the terms ask.</summary>
    TooFewWells,

    /// <summary>Too few wells pass, also if all that are open passed.</summary>
    NotMet,

    /// <summary>It depends on wells that have too few days.</summary>
    OpenWells,

    /// <summary>Met only with days that nobody measured, between two wet ones.</summary>
    Bridged,

    /// <summary>Met, in a wet year.</summary>
    WetYear,

    /// <summary>Met, and nobody said how wet the year was.</summary>
    UnknownRainfall,
}

/// <summary>A site, judged.</summary>
/// <param name="Outcome">What its wells and the year's rain say together.</param>
/// <param name="Reason">Why; null for a pass.</param>
/// <param name="Wells">Each well, in the order given.</param>
public sealed record SiteHydrologyFinding(
    CriterionOutcome Outcome, HydrologyReason? Reason, IReadOnlyList<WellFinding> Wells);

/// <summary>
/// A season of a site: well by well, then the share of wells that pass, then the year's rain. A day that is missing never
/// makes a pass of anything, and a wetter day never unmakes one.
/// </summary>
public static class SiteHydrology
{
    /// <summary>Judges a season.</summary>
    /// <param name="wells">The days of each well, as <see cref="HydrologyCriterion.Judge"/> takes them.</param>
    /// <param name="terms">What each well is asked.</param>
    /// <param name="site">What all of them are asked.</param>
    /// <param name="rainfall">The year's class; null where it is not known.</param>
    public static SiteHydrologyFinding Judge(
        IReadOnlyList<IReadOnlyList<decimal?>> wells, HydrologyTerms terms, SiteHydrologyTerms site, RainfallClass? rainfall)
    {
        HydrologyTerms strict = terms with { GapDaysMax = 0 };
        List<WellFinding> found = [.. wells.Select(days => new WellFinding(
            HydrologyCriterion.Judge(days, terms),
            HydrologyCriterion.Judge(days, strict).Outcome == CriterionOutcome.Pass))];
        HydrologyReason? reason = ReasonOf(found, site, rainfall);
        CriterionOutcome outcome = reason switch
        {
            null => CriterionOutcome.Pass,
            HydrologyReason.NotMet => CriterionOutcome.Fail,
            HydrologyReason.Bridged or HydrologyReason.WetYear => CriterionOutcome.Review,
            _ => CriterionOutcome.Inconclusive,
        };
        return new SiteHydrologyFinding(outcome, reason, found);
    }

    private static HydrologyReason? ReasonOf(
        List<WellFinding> wells, SiteHydrologyTerms site, RainfallClass? rainfall)
    {
        int open = wells.Count(w => w.Finding.Outcome == CriterionOutcome.Inconclusive);
        int passed = wells.Count(w => w.Finding.Outcome == CriterionOutcome.Pass);
        int firm = wells.Count(w => w.IsFirm);
        decimal needed = site.WellsShare * wells.Count;
        if (wells.Count == 0 || wells.Count - open < site.WellsMin) return HydrologyReason.TooFewWells;
        if (passed + open < needed) return HydrologyReason.NotMet;
        if (passed < needed) return HydrologyReason.OpenWells;
        if (firm < needed) return HydrologyReason.Bridged;
        return rainfall switch
        {
            null => HydrologyReason.UnknownRainfall,
            RainfallClass.Wet => HydrologyReason.WetYear,
            _ => null,
        };
    }
}
