namespace Monitor.Rules.Credits;

/// <summary>What evidence says of a criterion.</summary>
public enum CriterionOutcome
{
    /// <summary>Met, whatever the uncertainty.</summary>
    Pass,

    /// <summary>Not met, whatever the uncertainty.</summary>
    Fail,

    /// <summary>The evidence does not decide: more of it, or people in the field, must.</summary>
    Inconclusive,

    /// <summary>The figures are met, and may not be met again: a person looks at them before anything follows.</summary>
    Review,
}

/// <summary>A site's vegetation cover with its error band, fractions from 0 to 1.</summary>
/// <param name="Low">Cover by the high ends of NDVI for soil and vegetation.</param>
/// <param name="Central">Cover by the central ends.</param>
/// <param name="High">Cover by the low ends.</param>
public sealed record CoverBand(decimal Low, decimal Central, decimal High);

/// <summary>"Cover is at least so much", judged with its error band.</summary>
public static class CoverCriterion
{
    /// <summary>
    /// Passes only if the low cover reaches the threshold (inclusive), fails only if the high cover does not, and is else
    /// inconclusive; inconclusive too where less than <paramref name="clearMin"/> of the site was clear.
    /// </summary>
    public static CriterionOutcome Judge(CoverBand? cover, decimal clearFraction, decimal threshold, decimal clearMin)
    {
        if (cover is null || clearFraction < clearMin) return CriterionOutcome.Inconclusive;
        if (cover.Low >= threshold) return CriterionOutcome.Pass;
        return cover.High < threshold ? CriterionOutcome.Fail : CriterionOutcome.Inconclusive;
    }
}
