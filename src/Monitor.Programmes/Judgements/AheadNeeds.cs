using Monitor.Programmes.Definitions;
using Monitor.Rules.Compensation;

namespace Monitor.Programmes.Judgements;

/// <summary>Solves for the rest: what the remaining months must be for the index to end in a row.</summary>
internal static class AheadNeeds
{
    internal static AheadNeed Of(
        IndexDefinition index, BandRow row, IReadOnlyList<(AheadTerm Term, IndexTerm Agreed, AheadFigure Figure)> terms)
    {
        var open = terms.Where(t => t.Figure.IsLinear && t.Term.MonthsLeft > 0).ToList();
        if (AheadLattice.Unrounded(index, row.Interval) is not Interval wanted)
        {
            return new AheadNeed(row, null, [.. open.Select(t => (t.Term.Measurand, (Interval?)null))]);
        }
        decimal whole = terms.Sum(t => t.Term.Contribution);
        return new AheadNeed(row, Together(wanted, whole, open), [.. open.Select(t => (
            t.Term.Measurand, Alone(Shift(wanted, whole - t.Term.Contribution), t.Term, t.Agreed.IsInverse, t.Figure)))]);
    }

    // u = A + f·K: what is over stays, and the rest of each measured term is f times its baseline.
    private static Interval? Together(
        Interval wanted, decimal whole, IReadOnlyList<(AheadTerm Term, IndexTerm Agreed, AheadFigure Figure)> open)
    {
        var moved = open.Where(t => !t.Agreed.IsInverse).ToList();
        decimal stays = whole - moved.Sum(t => t.Term.Contribution)
            + moved.Sum(t => t.Term.Weight * t.Figure.Known.Sum() / Months(t.Term) / t.Term.Baseline);
        decimal slope = moved.Sum(t => t.Term.Weight * t.Term.MonthsLeft / Months(t.Term));
        return slope > 0
            ? Kept(Scale(Shift(wanted, stays), 1 / slope), new AheadSpan(0, null))
            : null;
    }

    private static Interval? Alone(Interval contribution, AheadTerm term, bool isInverse, AheadFigure figure)
    {
        if (term.Weight <= 0) return null;
        Interval ratio = Scale(contribution, 1 / term.Weight);
        Interval? value = isInverse ? Inverted(ratio, term.Baseline) : Scale(ratio, term.Baseline);
        return value is null
            ? null
            : Kept(Scale(Shift(Scale(value, Months(term)), figure.Known.Sum()), 1m / term.MonthsLeft), term.Month);
    }

    private static decimal Months(AheadTerm term) => term.MonthsJudged + term.MonthsLeft;

    private static Interval Shift(Interval i, decimal down) => i with { Low = i.Low - down, High = i.High - down };

    private static Interval Scale(Interval i, decimal factor) => i with { Low = i.Low * factor, High = i.High * factor };

    // baseline ÷ value: the more, the lower. Null where only a negative ratio would do.
    private static Interval? Inverted(Interval ratio, decimal baseline)
    {
        if (ratio.High <= 0) return null;
        bool isOpen = ratio.Low is not > 0;
        return new Interval(
            ratio.High is decimal high ? baseline / high : 0, ratio.High is not null && ratio.HighIncluded,
            isOpen ? null : baseline / ratio.Low!.Value, !isOpen && ratio.LowIncluded);
    }

    private static Interval? Kept(Interval i, AheadSpan within)
    {
        Interval kept = i;
        if (i.Low is not decimal low || low < within.Low) kept = kept with { Low = within.Low, LowIncluded = true };
        if (within.High is decimal most && (i.High is not decimal high || high > most))
        {
            kept = kept with { High = most, HighIncluded = true };
        }
        return kept.IsEmpty ? null : kept;
    }
}
