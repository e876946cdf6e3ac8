namespace Monitor.Rules.Compensation;

/// <summary>Shares of months that meet a class (月均值达标率).</summary>
public static class Attainment
{
    /// <summary>Met ÷ judged, to the 28 digits of a decimal; null of none.</summary>
    public static decimal? ShareOf(int met, int judged) => judged > 0 ? (decimal)met / judged : null;

    /// <summary>
    /// Whether the share is reached. Compared as met against share × judged, exactly: of twelve months 83 % are 9.96, so
    /// ten.
    /// </summary>
    public static bool Reaches(int met, int judged, decimal share) => judged > 0 && met >= share * judged;
}
