using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Records;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Judgements;

/// <summary>
/// Judges a section over a period. Pure: the same definition and readings give the same assessment, in any order.
/// </summary>
public static class RiverJudgement
{
    /// <summary>The judgement.</summary>
    /// <param name="programme">The terms.</param>
    /// <param name="section">A section of the programme.</param>
    /// <param name="period">A year or a month in the programme's zone.</param>
    /// <param name="readings">
    /// Readings of this section and the programme's statistic, in any order, repeats allowed; those outside the period
    /// (and outside the previous year, where the baseline asks for it) are left out.
    /// </param>
    public static RiverAssessment Assess(
        RiverProgramme programme, RiverSection section, Period period, IEnumerable<Reading> readings) =>
        Assess(programme, section, period, [.. readings.Select(r => new ReviewedReading(r))], suspension: null);

    /// <summary>The judgement of what was read from a store: reviews applied, a suspension in force obeyed.</summary>
    /// <param name="programme">The terms.</param>
    /// <param name="section">A section of the programme.</param>
    /// <param name="period">A year or a month in the programme's zone.</param>
    /// <param name="inputs">What was read, up to one position.</param>
    public static RiverAssessment Assess(
        RiverProgramme programme, RiverSection section, Period period, JudgementInputs inputs) =>
        Assess(programme, section, period, [.. ReviewedReading.Of(inputs)], inputs.SuspensionInForce());

    /// <summary>The same, reckoned in a way that may not be the agreed one; such an answer is never sealed.</summary>
    internal static RiverAssessment Assess(
        RiverProgramme programme, RiverSection section, Period period, List<ReviewedReading> readings, Suspension? suspension,
        Reckoning? way = null)
    {
        SectionFigures figures = SectionFigures.Of(programme, period, readings, way);
        SurfaceWaterClass? measured = MeasuredClass(programme, figures.All);
        List<IndexTerm> terms = Terms(
            programme, section, period, figures, PreviousYear(programme, section, period, readings, way));
        decimal? unrounded = CompositeIndex.Compute(terms);
        decimal? index = unrounded is decimal e
            ? decimal.Round(e, programme.Index.Digits, programme.Index.Rounding)
            : null;
        var basis = new OutcomeBasis(programme, section, period, index, measured)
        {
            Figures = figures.All, Inflow = figures.Inflow, Paired = figures.Paired, InflowPaired = figures.InflowPaired,
        };
        OutcomeSum outcome = OutcomeJudgement.Of(basis);
        if (suspension is not null) outcome = new OutcomeSum([], Direction.Suspended, null, null);
        return new RiverAssessment
        {
            Programme = programme,
            Section = section,
            Period = period,
            MeasuredClass = measured,
            Figures = [.. figures.All.Values.OrderBy(f => f.Measurand, StringComparer.Ordinal)],
            InflowFigures = [.. figures.Inflow.Values.OrderBy(f => f.Measurand, StringComparer.Ordinal)],
            Terms = terms,
            UnroundedIndex = unrounded,
            Index = outcome.Direction == Direction.Suspended ? null : index,
            Band = outcome.Band,
            Direction = outcome.Direction,
            AmountYuan = outcome.Yuan,
            Parts = outcome.Parts,
            Payments = SplitPayment.Of(programme, section, outcome.Direction, outcome.Yuan),
            Reasons = suspension is null
                ? RiverReasons.Of(outcome, terms, figures, IsClassNeeded(programme) ? basis.BasisClass : section.Target,
                    section.BaselineYear != BaselineYear.Unpublished)
                : [RiverReasons.Of(suspension)],
            Suspension = suspension,
            Reviews = AppliedReview.Of(figures.Series),
        };
    }

    // Only a table that is entered with a class wants for one.
    private static bool IsClassNeeded(RiverProgramme programme) => programme.Bands.Any(b => b.Class is not null);

    private static SurfaceWaterClass? MeasuredClass(
        RiverProgramme programme, IReadOnlyDictionary<string, MeasurandFigure> figures)
    {
        var means = new Dictionary<string, decimal>();
        foreach (string code in programme.ClassIndicators)
        {
            if (figures[code].Value is not decimal mean) return null;
            means[code] = mean;
        }
        return SingleFactorClass.Judge(programme.Standard.Standard.Limits, means, programme.Water).Class;
    }

    // The previous year is screened and averaged as its own judgement did it.
    private static SectionFigures? PreviousYear(
        RiverProgramme programme, RiverSection section, Period period, List<ReviewedReading> readings, Reckoning? way) =>
        section.ReadsFrom(period) == period.Start
            ? null
            : SectionFigures.Of(programme, Period.OfYear(period.Year - 1, period.Zone), readings, way);

    private static List<IndexTerm> Terms(
        RiverProgramme programme, RiverSection section, Period period, SectionFigures figures, SectionFigures? previous)
    {
        bool preliminary = period.Month is not null;
        List<IndexTermDefinition> groups = [.. programme.Index.Terms
            .Where(t => !preliminary || programme.PreliminaryTerms.Contains(t.Name))];
        decimal whole = groups.Sum(t => t.Weight); // 1 for a year; a month's terms are taken as the whole
        return [.. groups.SelectMany(group => group.Parts.Select(part =>
        {
            MeasurandFigure figure = figures.Of(part, preliminary ? 1 : programme.Validity.YearMonthsMin);
            decimal? last = previous?.Of(part, programme.Validity.YearMonthsMin).Value;
            return new IndexTerm(
                part.Measurand, figure.Value, Baseline(section, part, last),
                group.Weight * group.Stability * part.Weight / whole, figure.Count, figure.Expected, part.IsInverse)
            {
                Flow = figures.FlowOf(part),
            };
        }))];
    }

    private static decimal? Baseline(RiverSection section, IndexPart part, decimal? previous)
    {
        if (section.BaselineYear == BaselineYear.Unpublished) return null;
        if (section.BaselineYear == BaselineYear.Previous) return previous is > 0 ? previous : null;
        decimal agreed = section.Baseline[part.Measurand];
        // Laxer is a greater baseline where less is better, and a smaller one where more is.
        return section.BaselineYear == BaselineYear.Fixed || previous is not decimal last ? agreed
            : part.IsInverse ? Math.Max(agreed, last) : Math.Min(agreed, last);
    }
}
