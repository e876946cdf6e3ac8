using System.Globalization;
using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;

namespace Monitor.Programmes.Documents;

/// <summary>The English gloss of what is to be paid; the Chinese text rules.</summary>
internal static class NoticeGloss
{
    /// <summary>The beginning of the gloss's sentence.</summary>
    internal static string Payment(RiverAssessment a, NoticeContext c)
    {
        string within = string.Create(CultureInfo.InvariantCulture, $"payment within {a.Programme.Payment.Days} days of receipt");
        if (a.Period.Month is not null)
        {
            return "A month is preliminary: nothing is to be paid on it, the year's judgement settles";
        }
        // The first printing spoke of payment also where nobody pays; what was printed so stays so.
        if (c.Printing is null) return $"Amount, {within}";
        if (c.Revision is { IsSupplement: true } supplement)
        {
            return supplement.Difference is null
                ? "The difference is open: nothing is to be paid or given back until the result is known"
                : NoticeRevision.Number(supplement.Difference) == 0 ? "Nothing more is to be paid" : $"Difference, {within}";
        }
        return a.Direction switch
        {
            Direction.None => "Nothing is to be paid",
            Direction.UndefinedInSource => "Nothing is to be paid before a ruling",
            Direction.Suspended => "Nothing is to be paid before it is judged again",
            _ => $"Amount, {within}",
        };
    }
}
