using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Records;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Judgements;

/// <summary>Why a judgement is suspended or undefined, in sentences.</summary>
internal static class RiverReasons
{
    internal static IReadOnlyList<Bilingual> Of(
        OutcomeSum outcome, IReadOnlyList<IndexTerm> terms, SectionFigures figures, SurfaceWaterClass? basis, bool isPublished)
    {
        List<Bilingual> reasons = [];
        if (outcome.Direction == Direction.Suspended)
        {
            foreach (IndexTerm term in terms)
            {
                if (term.Value is null) reasons.Add(TooFew(term, figures));
                else if (term.Baseline is null) reasons.Add(NoBaseline(term.Name, isPublished));
                else if (term.Ratio is null) reasons.Add(NoRatio(term.Name));
            }
            if (basis is null) reasons.Add(OutcomeJudgement.NoClass);
        }
        IEnumerable<Bilingual> ofParts = outcome.Parts.Where(p => p.Direction == outcome.Direction).SelectMany(p => p.Reasons);
        reasons.AddRange(ofParts.Where(r => !reasons.Contains(r)).Distinct());
        return reasons;
    }

    internal static Bilingual Of(Suspension suspension) => new(
        $"经批准暂停（{suspension.Reason}），批准人：{suspension.Person.Name}",
        $"suspended by approval of {suspension.Person.Name}: {suspension.Reason}");

    internal static Bilingual TooFew(MeasurandFigure figure)
    {
        Measurand? known = Measurands.Find(figure.Measurand);
        int valid = figure.Months.Count(m => m.Value is not null);
        return figure.Months.Count == 0
            ? new Bilingual(
                $"{known?.Chinese ?? figure.Measurand}：没有唯一的年度数值", $"{figure.Measurand}: no single figure for the period")
            : new Bilingual(
                $"{known?.Chinese ?? figure.Measurand}：{figure.Months.Count} 个月中仅 {valid} 个月有效",
                $"{figure.Measurand}: only {valid} of {figure.Months.Count} months are valid");
    }

    private static Bilingual TooFew(IndexTerm term, SectionFigures figures) =>
        term.Flow is FlowTerm flow ? TooFewPairs(term, flow) : TooFew(figures.All[term.Name]);

    private static Bilingual TooFewPairs(IndexTerm term, FlowTerm flow) => new(
        $"{Measurands.Find(term.Name)?.Chinese ?? term.Name}：与流量 {flow.Code} 成对的读数不足（{term.Count} 对）",
        $"{term.Name}: too few readings paired with the flow {flow.Code} ({term.Count} pairs)");

    internal static Bilingual None(string code) =>
        new($"{Measurands.Find(code)?.Chinese ?? code}：没有数据", $"{code}: no data");

    private static Bilingual NoBaseline(string code, bool isPublished) => isPublished
        ? new Bilingual(
            $"{Measurands.Find(code)?.Chinese ?? code}：上一年度有效数据不足，没有基准值",
            $"{code}: the previous year has too few data for a baseline")
        : new Bilingual(
            $"{Measurands.Find(code)?.Chinese ?? code}：基准值未公布", $"{code}: the baseline is not published");

    private static Bilingual NoRatio(string code) =>
        new($"{Measurands.Find(code)?.Chinese ?? code}：数值为零，无法求比值", $"{code}: no ratio to a value of 0");
}
