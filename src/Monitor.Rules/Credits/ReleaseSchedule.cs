namespace Monitor.Rules.Credits;

/// <summary>How a bank's credits are parted over its milestones.</summary>
public static class ReleaseSchedule
{
    /// <summary>Decimal places of a credit.</summary>
    public const int CreditDigits = 4;

    /// <summary>
    /// Credits of a site by functional scores: area × mean of the scores, rounded down to <see cref="CreditDigits"/>.
    /// </summary>
    /// <exception cref="ArgumentException">No scores.</exception>
    public static decimal Determine(decimal area, IReadOnlyList<decimal> scores)
    {
        if (scores.Count == 0) throw new ArgumentException("A determination needs scores.", nameof(scores));
        // Multiplied before it is divided, so that the only inexact step is the last.
        return Down(area * scores.Sum() / scores.Count);
    }

    /// <summary>
    /// The credits of each milestone: what is released once milestones 1…i are all met, rounded down, less what was
    /// released before. The parts therefore sum exactly to the total when the shares sum to 100.
    /// </summary>
    /// <param name="total">Credits of the bank.</param>
    /// <param name="percents">Each milestone's share in percent, in the order of the schedule.</param>
    public static IReadOnlyList<decimal> Parts(decimal total, IReadOnlyList<decimal> percents)
    {
        var parts = new decimal[percents.Count];
        (decimal cumulative, decimal released) = (0, 0);
        for (int i = 0; i < parts.Length; i++)
        {
            cumulative += percents[i];
            parts[i] = Down(total * cumulative / 100) - released;
            released += parts[i];
        }
        return parts;
    }

    private static decimal Down(decimal credits) => decimal.Round(credits, CreditDigits, MidpointRounding.ToZero);
}
