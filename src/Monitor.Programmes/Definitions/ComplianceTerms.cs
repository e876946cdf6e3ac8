namespace Monitor.Programmes.Definitions;

/// <summary>What a bank must go on doing beside meeting its milestones, and what follows where it does not.</summary>
/// <param name="Protection">Ids of the milestones whose documents protect the site (easement, title, covenant).</param>
/// <param name="Regression">
/// Whether a criterion that passed is judged again in each later season; null where it is not, and none regresses.
/// </param>
/// <param name="MeasuresDays">Whole days to file measures in, after the civil day on which two persons ordered them.</param>
/// <param name="Standards">Milestones that must be met by a day.</param>
/// <param name="Reports">Reports that are due each year.</param>
public sealed record ComplianceTerms(
    IReadOnlyList<string> Protection, RegressionRule? Regression, int MeasuresDays,
    IReadOnlyList<StandardDeadline> Standards, IReadOnlyList<ReportDuty> Reports)
{
    /// <summary>Terms that ask for nothing.</summary>
    public static ComplianceTerms None { get; } = new([], null, 0, [], []);
}

/// <summary>What is proposed where a criterion that passed fails in a later season (33 CFR 332.7(c), 332.8(o)(10)).</summary>
public enum RegressionRule
{
    /// <summary>Adaptive management: the responsible party is told and files measures.</summary>
    AdaptiveManagement,

    /// <summary>Adaptive management, and a suspension beside it.</summary>
    Suspension,
}

/// <summary>A milestone that must be met by the end of a civil year.</summary>
/// <param name="Milestone">Its id.</param>
/// <param name="Years">Civil years after the one of the award; the last day of that year is the last on time.</param>
/// <param name="Trigger">Word of the suspension's trigger, as <c>missed-standard</c>.</param>
public sealed record StandardDeadline(string Milestone, int Years, string Trigger)
{
    /// <summary>The last day on which it is met in time.</summary>
    /// <param name="awarded">Civil day of the award.</param>
    public DateOnly LastDay(DateOnly awarded) => new(awarded.Year + Years, 12, 31);
}

/// <summary>A report that a bank owes for each civil year, the year of its award first.</summary>
/// <param name="Id">Its id in the programme.</param>
/// <param name="Name">Its name.</param>
/// <param name="Due">Its last day, inclusive, in the year after the one it covers.</param>
public sealed record ReportDuty(string Id, Bilingual Name, DayOfYear Due)
{
    /// <summary>The last day for the report of a year, inclusive.</summary>
    public DateOnly LastDay(int year) => Due.In(year + 1);
}
