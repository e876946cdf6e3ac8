namespace Monitor.Rules.Credits;

/// <summary>What a hydrology milestone asks for.</summary>
/// <param name="DepthMax">Greatest depth to the water table of a wet day, in metres below the ground, inclusive.</param>
/// <param name="DaysMin">Fewest consecutive wet days whatever the season's length.</param>
/// <param name="SeasonShare">Share of the season's days, 0 to 1, that the run must reach as well.</param>
/// <param name="CompletenessMin">Least share of the season's days with a value, 0 to 1.</param>
/// <param name="GapDaysMax">Longest gap that does not break a run, in days; its ends must be wet.</param>
public sealed record HydrologyTerms(
    decimal DepthMax, int DaysMin, decimal SeasonShare, decimal CompletenessMin, int GapDaysMax)
{
    /// <summary>Days that the run must have in a season of so many days: max(days, ⌈share × season⌉).</summary>
    public int DaysNeeded(int seasonDays) => Math.Max(DaysMin, (int)Math.Ceiling(SeasonShare * seasonDays));
}

/// <summary>A season of one well, judged.</summary>
/// <param name="Outcome">Pass, fail, or inconclusive where too many days have no value.</param>
/// <param name="LongestRun">Days of the longest run, bridged gaps included.</param>
/// <param name="BridgedDays">Days of that run that had no value.</param>
/// <param name="DaysNeeded">Days it had to have.</param>
/// <param name="Days">Days with a value.</param>
/// <param name="SeasonDays">Days of the season.</param>
public sealed record HydrologyFinding(
    CriterionOutcome Outcome, int LongestRun, int BridgedDays, int DaysNeeded, int Days, int SeasonDays)
{
    /// <summary>Day of the season on which the longest run begins, 0 for the first; null where there is no wet day.</summary>
    public int? RunFrom { get; init; }
}

/// <summary>
/// "The water table stands within so much of the surface for so many consecutive days of the growing season" (ERDC/EL
/// TR-11-4: 30 cm, 14 days; 1987 Manual: a share of the season).
/// </summary>
public static class HydrologyCriterion
{
    /// <summary>Judges one well over one season.</summary>
    /// <param name="depths">
    /// Depth to the water table for each day of the season, in metres, negative where water stands above the ground; null
    /// for a day without a value. The day's greatest depth, so that a day counts only if it was wet throughout.
    /// </param>
    /// <param name="terms">What is asked.</param>
    public static HydrologyFinding Judge(IReadOnlyList<decimal?> depths, HydrologyTerms terms)
    {
        (int longest, int bridged, int from) = LongestRun(depths, terms);
        int days = depths.Count(d => d is not null);
        int needed = terms.DaysNeeded(depths.Count);
        bool isComplete = depths.Count > 0 && days >= terms.CompletenessMin * depths.Count;
        CriterionOutcome outcome = !isComplete
            ? CriterionOutcome.Inconclusive
            : longest >= needed ? CriterionOutcome.Pass : CriterionOutcome.Fail;
        return new HydrologyFinding(outcome, longest, bridged, needed, days, depths.Count)
        {
            RunFrom = longest == 0 ? null : from,
        };
    }

    private static (int Longest, int Bridged, int From) LongestRun(IReadOnlyList<decimal?> depths, HydrologyTerms terms)
    {
        (int Longest, int Bridged, int From) best = (0, 0, 0);
        (int run, int bridged, int gap) = (0, 0, 0);
        for (int day = 0; day < depths.Count; day++)
        {
            decimal? depth = depths[day];
            if (depth is null)
            {
                gap++;
                continue;
            }
            bool isWet = depth <= terms.DepthMax;
            // A gap counts only between two wet days, and only a short one.
            bool isBridged = isWet && run > 0 && gap <= terms.GapDaysMax;
            (run, bridged) = !isWet ? (0, 0) : isBridged ? (run + gap + 1, bridged + gap) : (1, 0);
            gap = 0;
            if (run > best.Longest) best = (run, bridged, day - run + 1);
        }
        return best;
    }
}
