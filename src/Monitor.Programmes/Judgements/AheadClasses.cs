using Monitor.Programmes.Definitions;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Judgements;

/// <summary>Which classes the means of a running year can still have.</summary>
internal static class AheadClasses
{
    internal static IReadOnlyList<SurfaceWaterClass?> AtEnd(
        RiverProgramme programme, IReadOnlyDictionary<string, AheadFigure> figures, SurfaceWaterClass? soFar)
    {
        if (!AheadOutcomes.NeedClass(programme)) return [soFar];
        bool isShort = programme.ClassIndicators.Any(c => !figures.TryGetValue(c, out AheadFigure? f) || f.IsShort);
        return isShort ? [null] : Between(programme, c => figures[c].AtEnd(null));
    }

    internal static IReadOnlyList<SurfaceWaterClass?> NextMonth(
        RiverProgramme programme, IReadOnlyDictionary<string, AheadFigure> figures, SurfaceWaterClass? soFar) =>
        soFar is null || !AheadOutcomes.NeedClass(programme)
            ? [soFar]
            : Between(programme, c => figures[c].NextMonth(null));

    // Each indicator by itself has a best and a worst class; the water has that of its worst indicator.
    private static IReadOnlyList<SurfaceWaterClass?> Between(RiverProgramme programme, Func<string, AheadSpan> span)
    {
        (SurfaceWaterClass best, SurfaceWaterClass worst) = (SurfaceWaterClass.I, SurfaceWaterClass.I);
        foreach (string code in programme.ClassIndicators)
        {
            if (programme.Standard.Standard.Find(code, programme.Water) is not ClassLimits limits) continue;
            List<SurfaceWaterClass> classes = [.. Candidates(limits, span(code)).Select(limits.ClassOf)];
            best = (SurfaceWaterClass)Math.Max((int)best, (int)classes.Min());
            worst = (SurfaceWaterClass)Math.Max((int)worst, (int)classes.Max());
        }
        return [.. Enumerable.Range((int)best, worst - best + 1).Select(c => (SurfaceWaterClass?)c)];
    }

    // Both ends, and what lies best between them.
    private static IEnumerable<decimal> Candidates(ClassLimits limits, AheadSpan span)
    {
        decimal high = span.High ?? Math.Max(span.Low, limits.Limits.Max() + 1);
        yield return span.Low;
        yield return high;
        if (limits.Direction == LimitDirection.Within && limits.Limits[0] <= high && span.Low <= limits.Limits[1])
        {
            yield return Math.Max(span.Low, limits.Limits[0]);
        }
    }
}
