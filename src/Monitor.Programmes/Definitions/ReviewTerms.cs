using Monitor.Domain.Readings;

namespace Monitor.Programmes.Definitions;

/// <summary>How long a bank's proposal is looked at before it is to be decided (33 CFR 332.8(o)(9): 15 and 30 days).</summary>
/// <param name="CommentDays">Whole days for comments, after the civil day of the proposal.</param>
/// <param name="DecisionDays">Whole days for the decision, after those.</param>
public sealed record ReviewTerms(int CommentDays, int DecisionDays)
{
    private const int DaysMax = 366;

    /// <summary>The end of the time for the decision, exclusive: a civil midnight.</summary>
    /// <param name="proposed">When it was sealed.</param>
    /// <param name="zone">The programme's zone.</param>
    public Instant DecideBy(Instant proposed, TimeZoneInfo zone) =>
        Period.Midnight(Period.DayOf(proposed, zone).AddDays(CommentDays + DecisionDays + 1), zone);

    /// <summary>The last civil day for comments, inclusive.</summary>
    /// <param name="proposed">Civil day on which it was proposed.</param>
    public DateOnly LastCommentDay(DateOnly proposed) => proposed.AddDays(CommentDays);

    /// <summary>The last civil day for the decision, inclusive.</summary>
    /// <param name="proposed">Civil day on which it was proposed.</param>
    public DateOnly LastDecisionDay(DateOnly proposed) => proposed.AddDays(CommentDays + DecisionDays);

    /// <summary>The map <c>review</c>; null where the programme sets no time.</summary>
    internal static ReviewTerms? Read(DefinitionNode root)
    {
        if (root.OptionalMap("review") is not DefinitionNode node) return null;
        var terms = new ReviewTerms(node.Integer("comment_days", 0, DaysMax), node.Integer("decision_days", 1, DaysMax));
        node.Close();
        return terms;
    }
}
