namespace Monitor.Rules.Credits;

/// <summary>
/// How many credits a site is worth, by the method that its agreement names. Every method rounds down to
/// <see cref="ReleaseSchedule.CreditDigits"/>, once, at its end. Credits of different methods are different things and are
/// never added.
/// </summary>
public static class CreditDetermination
{
    /// <summary>
    /// Area × mean of the functional scores (0 to 1), as the seed prints it: what the site is, not what it gained.
    /// </summary>
    /// <exception cref="ArgumentException">No scores.</exception>
    public static decimal MeanScore(decimal area, IReadOnlyList<decimal> scores) => ReleaseSchedule.Determine(area, scores);

    /// <summary>
    /// Area × (mean with the project − mean of the baseline): what 33 CFR 332.8(o)(3) asks for, the difference between the
    /// conditions before and after. A site that got worse is worth nothing, never less than nothing.
    /// </summary>
    /// <exception cref="ArgumentException">No scores, or not as many before as after.</exception>
    public static decimal MeanScoreGain(decimal area, IReadOnlyList<decimal> with, IReadOnlyList<decimal> baseline)
    {
        if (with.Count == 0 || with.Count != baseline.Count)
        {
            throw new ArgumentException("A gain needs as many scores before as after.", nameof(baseline));
        }
        return Down(Math.Max(0, area * (with.Sum() - baseline.Sum()) / with.Count));
    }

    /// <summary>Area ÷ ratio (Washington): the ratio is kept as agreed, so that 3:1 gives a third and not 0.3.</summary>
    /// <param name="area">Area of the activity.</param>
    /// <param name="ratio">Area for one credit; above 0.</param>
    public static decimal Ratio(decimal area, decimal ratio)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ratio);
        return Down(area / ratio);
    }

    /// <summary>
    /// Florida's Uniform Mitigation Assessment Method (62-345.500 and .600 F.A.C.): acres × relative functional gain, which
    /// is the gain in score × preservation factor ÷ (time lag × risk).
    /// </summary>
    public static decimal Umam(decimal acres, UmamAssessment assessment) =>
        // Multiplied before it is divided, so that the only inexact step is the last.
        Down(Math.Max(0, acres * assessment.GainNumerator / assessment.GainDenominator));

    private static decimal Down(decimal credits) =>
        decimal.Round(credits, ReleaseSchedule.CreditDigits, MidpointRounding.ToZero);
}

/// <summary>The three indicators of UMAM, each 0 to 10; without water environment for uplands.</summary>
/// <param name="Location">Location and landscape support.</param>
/// <param name="Water">Water environment; null for uplands.</param>
/// <param name="Community">Community structure.</param>
public sealed record UmamScores(decimal Location, decimal? Water, decimal Community)
{
    /// <summary>Their sum.</summary>
    public decimal Sum => Location + (Water ?? 0) + Community;

    /// <summary>The most that the sum can be: 30, or 20 for uplands.</summary>
    public decimal Most => Water is null ? 20 : 30;
}

/// <summary>What UMAM asks of a site.</summary>
/// <param name="Current">Without the project.</param>
/// <param name="With">With it; wetland or upland as the current.</param>
/// <param name="PreservationFactor">0 to 1; 1 where the site is not preserved only.</param>
/// <param name="TimeLag">The time-lag factor T, at least 1, looked up by the agreement's table.</param>
/// <param name="Risk">The risk factor R, 1 to 3.</param>
public sealed record UmamAssessment(
    UmamScores Current, UmamScores With, decimal PreservationFactor, decimal TimeLag, decimal Risk)
{
    /// <summary>Relative functional gain, as near as a decimal can hold it.</summary>
    public decimal RelativeGain => GainNumerator / GainDenominator;

    internal decimal GainNumerator => (With.Sum - Current.Sum) * PreservationFactor;

    internal decimal GainDenominator => With.Most * TimeLag * Risk;
}
