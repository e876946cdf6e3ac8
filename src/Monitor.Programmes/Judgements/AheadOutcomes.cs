using Monitor.Programmes.Definitions;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Judgements;

/// <summary>Which outcomes a span of the index and a span of classes can bring.</summary>
internal static class AheadOutcomes
{
    // Beyond the last edge an amount by the point only grows: far enough to meet its cap.
    private const decimal Far = 1_000_000;

    /// <summary>Whether the outcome follows from index and class alone, and one way with each.</summary>
    internal static bool AreKnown(RiverProgramme programme) =>
        programme.Outcome.Parts.All(p => p is BandsPart or ClassStepsPart or IndexPointsPart)
        && programme.Index.Terms.SelectMany(t => t.Parts).All(p => p.Statistic == PartStatistic.Mean);

    /// <summary>Whether the measured class bears on it.</summary>
    internal static bool NeedClass(RiverProgramme programme) =>
        programme.Outcome.Parts.Any(p => p is ClassStepsPart)
        || (programme.ClassBasis == ClassBasis.Measured && programme.Bands.Any(b => b.Class is not null));

    /// <summary>All of them, each once.</summary>
    /// <param name="basis">Terms, section and period.</param>
    /// <param name="index">What the unrounded index may be; null where there is none.</param>
    /// <param name="classes">What the class may be; a null among them is a class that cannot be given.</param>
    internal static IReadOnlyList<AheadOutcome> Of(
        OutcomeBasis basis, AheadSpan? index, IReadOnlyList<SurfaceWaterClass?> classes)
    {
        List<AheadOutcome> found = [];
        foreach (SurfaceWaterClass? measured in classes)
        {
            OutcomeBasis ofClass = basis with { MeasuredClass = measured };
            if (index is not AheadSpan span)
            {
                found.Add(At(ofClass with { Index = null }));
                continue;
            }
            foreach (Interval cell in Cells(ofClass))
            {
                if (Points(basis.Programme.Index, cell, span) is not { } ends) continue;
                AheadOutcome first = At(ofClass with { Index = ends.First }), last = At(ofClass with { Index = ends.Last });
                found.AddRange([first, last]);
                // By the point, the amount goes through nothing on its way from one payer to the other.
                if (Pays(first) && Pays(last) && first.Direction != last.Direction)
                {
                    found.Add(new AheadOutcome(Direction.None, 0, first.Row));
                }
            }
        }
        return [.. found.GroupBy(o => o.Direction).SelectMany(Merged)];
    }

    internal static AheadOutcome At(OutcomeBasis basis)
    {
        OutcomeSum sum = OutcomeJudgement.Of(basis);
        return new AheadOutcome(sum.Direction, sum.Yuan, sum.Band?.Id);
    }

    /// <summary>The rows that a class is judged by, or the whole line where there is no table.</summary>
    private static List<Interval> Cells(OutcomeBasis basis)
    {
        List<Interval> rows = [.. basis.Programme.Bands.Where(r => r.IsFor(basis.BasisClass)).Select(r => r.Interval)];
        return rows.Count > 0 ? rows : [new Interval(null, false, null, false)];
    }

    // The index is compared as it is rounded: only so many of its values exist. Null where none of them is in both.
    private static (decimal First, decimal Last)? Points(IndexDefinition index, Interval cell, AheadSpan span)
    {
        decimal low = decimal.Round(span.Low, index.Digits, index.Rounding);
        decimal? high = span.High is decimal end ? decimal.Round(end, index.Digits, index.Rounding) : null;
        decimal first = AheadLattice.First(index, cell) is decimal from ? Math.Max(from, low) : low;
        decimal? last = AheadLattice.Last(index, cell) is decimal to
            ? high is decimal most ? Math.Min(to, most) : to
            : high;
        return last is decimal known ? first <= known ? (first, known) : null : (first, first + Far);
    }

    private static bool Pays(AheadOutcome o) => o.Direction is Direction.DownstreamPays or Direction.UpstreamPays;

    // One of each direction; its amount and row only where all agree.
    private static IEnumerable<AheadOutcome> Merged(IGrouping<Direction, AheadOutcome> same)
    {
        List<decimal?> amounts = [.. same.Select(o => o.Yuan).Distinct()];
        List<string?> rows = [.. same.Select(o => o.Row).Distinct()];
        yield return new AheadOutcome(
            same.Key, amounts.Count == 1 ? amounts[0] : null, rows.Count == 1 ? rows[0] : null);
    }
}
