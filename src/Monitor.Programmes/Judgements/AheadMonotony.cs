using Monitor.Programmes.Definitions;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Judgements;

/// <summary>Whether worse water never pays the upstream side more: only then do two ends bound what lies between them.</summary>
internal static class AheadMonotony
{
    /// <summary>Why a running year cannot be bounded; null where it can.</summary>
    /// <param name="basis">Terms and section.</param>
    /// <param name="figures">What is left, by measurand.</param>
    /// <param name="index">What the index may be.</param>
    internal static Bilingual? WhyNot(
        OutcomeBasis basis, IReadOnlyDictionary<string, AheadFigure> figures, AheadSpan? index)
    {
        RiverProgramme programme = basis.Programme;
        if (programme.Index.Terms.SelectMany(t => t.Parts).Any(p => p.Statistic != PartStatistic.Mean)
            || programme.Outcome.Parts.OfType<MassExcessPart>().Any(p => p.ByPairs))
        {
            return new Bilingual(
                "与流量成对计算的数值不作预判：余下时段的流量过程未知", "made with the flow, pair by pair: how the rest will flow is not known");
        }
        if (index is { High: null } || Unbounded(programme, figures) is not null)
        {
            string code = Unbounded(programme, figures) ?? "";
            return new Bilingual(
                $"{code} 没有仪器量程（screening 的 gross_range.fail），上限未知".TrimStart(),
                $"{code} has no instrument range (gross_range.fail), so that nothing bounds it".TrimStart());
        }
        OutcomePart? turning = programme.Outcome.Parts.FirstOrDefault(p => !IsOneWay(p, basis));
        return turning is null ? null : new Bilingual(
            $"“{turning.Label.Chinese}”并非水质越差付得越多，两端不能界定其间的结果",
            $"'{turning.Label.English}' does not pay more the worse the water is, so that the two ends bound nothing");
    }

    /// <summary>Whether some row or result is undefined-in-source, and may be met on the way.</summary>
    internal static bool HasHole(RiverProgramme programme) => programme.Outcome.Parts.Any(p => p switch
    {
        BandsPart bands => bands.Rows.Any(r => r.Direction == Direction.UndefinedInSource),
        TiersPart tiers => tiers.Rows.Any(r => r.Direction == Direction.UndefinedInSource),
        _ => false,
    });

    // What the parts and the class look at; the index has its own span.
    private static string? Unbounded(RiverProgramme programme, IReadOnlyDictionary<string, AheadFigure> figures) =>
        SectionFigures.OutcomeMeasurands(programme)
            .Concat(programme.Outcome.Parts.Any(p => p is AttainmentPart or ClassStepsPart) ? programme.ClassIndicators : [])
            .FirstOrDefault(code => figures.TryGetValue(code, out AheadFigure? f) && f is { Left: > 0, Month.High: null });

    private static bool IsOneWay(OutcomePart part, OutcomeBasis basis) => part switch
    {
        TiersPart tiers => Falls([.. tiers.Rows.OrderBy(r => r.Interval.Low ?? decimal.MinValue)
            .SelectMany(r => new[] { r.Interval.Low, r.Interval.High }
                .Where(e => e is not null).Select(e => r.YuanOf(e!.Value)))]),
        BandsPart bands => Enumerable.Range((int)SurfaceWaterClass.I, (int)SurfaceWaterClass.InferiorV)
            .All(c => Falls([.. bands.Rows.Where(r => r.IsFor((SurfaceWaterClass)c))
                .OrderBy(r => r.Interval.Low ?? decimal.MinValue)
                .Select(r => SignedYuan.Of(r.Direction, r.Yuan ?? basis.Section.AmountYuan))])),
        AttainmentPart attainment => Falls([Signed(attainment.Met, basis), Signed(attainment.Missed, basis)]),
        _ => true,
    };

    private static decimal? Signed(FixedResult result, OutcomeBasis basis) =>
        SignedYuan.Of(result.Direction, result.Yuan ?? basis.Section.AmountYuan);

    private static bool Falls(IReadOnlyList<decimal?> yuan)
    {
        decimal[] known = [.. yuan.Where(y => y is not null).Select(y => y!.Value)];
        return known.Zip(known.Skip(1)).All(pair => pair.First >= pair.Second);
    }
}
