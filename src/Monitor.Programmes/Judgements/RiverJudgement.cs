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
    /// are left out.
    /// </param>
    public static RiverAssessment Assess(
        RiverProgramme programme, RiverSection section, Period period, IEnumerable<Reading> readings) =>
        Assess(programme, section, period, readings.Select(r => new ReviewedReading(r)), suspension: null);

    /// <summary>The judgement of what was read from a store: reviews applied, a suspension in force obeyed.</summary>
    /// <param name="programme">The terms.</param>
    /// <param name="section">A section of the programme.</param>
    /// <param name="period">A year or a month in the programme's zone.</param>
    /// <param name="inputs">What was read, up to one position.</param>
    public static RiverAssessment Assess(
        RiverProgramme programme, RiverSection section, Period period, JudgementInputs inputs) =>
        Assess(programme, section, period, ReviewedReading.Of(inputs), inputs.SuspensionInForce());

    private static RiverAssessment Assess(
        RiverProgramme programme, RiverSection section, Period period, IEnumerable<ReviewedReading> readings,
        Suspension? suspension)
    {
        Dictionary<string, List<ReviewedReading>> byMeasurand = ByMeasurand(programme, period, readings);
        Dictionary<string, MeasurandFigure> figures = Figures(programme, period, byMeasurand);
        SurfaceWaterClass? measured = MeasuredClass(programme, figures);
        List<IndexTerm> terms = Terms(programme, section, period, figures);
        decimal? unrounded = CompositeIndex.Compute(terms);
        decimal? index = unrounded is decimal e
            ? decimal.Round(e, programme.Index.Digits, programme.Index.Rounding)
            : null;
        SurfaceWaterClass? basis = programme.ClassBasis == ClassBasis.Target ? section.Target : measured;
        BandRow? band = index is decimal i && basis is SurfaceWaterClass c ? BandTable.Find(programme.Bands, c, i) : null;
        Direction direction = suspension is not null || index is null || basis is null ? Direction.Suspended
            : band?.Direction ?? Direction.UndefinedInSource;
        return new RiverAssessment
        {
            Programme = programme,
            Section = section,
            Period = period,
            MeasuredClass = measured,
            Figures = [.. figures.Values.OrderBy(f => f.Measurand, StringComparer.Ordinal)],
            Terms = terms,
            UnroundedIndex = unrounded,
            Index = direction == Direction.Suspended ? null : index,
            Band = suspension is null ? band : null,
            Direction = direction,
            Reasons = suspension is null ? Reasons(direction, terms, figures, basis, index, band) : [Words(suspension)],
            Suspension = suspension,
            Reviews = AppliedReview.Of(byMeasurand.Values.SelectMany(r => r)),
        };
    }

    private static Dictionary<string, List<ReviewedReading>> ByMeasurand(
        RiverProgramme programme, Period period, IEnumerable<ReviewedReading> readings)
    {
        Dictionary<string, List<ReviewedReading>> byMeasurand = readings
            .Where(r => r.Reading.Statistic == programme.Statistic && period.Contains(r.Reading.Time))
            .GroupBy(r => r.Reading.Measurand)
            .ToDictionary(g => g.Key, g => g.ToList());
        foreach (string needed in programme.Index.Terms.SelectMany(t => t.Parts).Select(p => p.Measurand)
            .Concat(programme.ClassIndicators))
        {
            byMeasurand.TryAdd(needed, []);
        }
        return byMeasurand;
    }

    private static Dictionary<string, MeasurandFigure> Figures(
        RiverProgramme programme, Period period, Dictionary<string, List<ReviewedReading>> byMeasurand)
    {
        HashSet<string> yearly = [.. programme.Index.Terms.Where(t => t.IsYearlyFigure)
            .SelectMany(t => t.Parts).Select(p => p.Measurand)];
        return byMeasurand.ToDictionary(
            p => p.Key,
            p =>
            {
                IReadOnlyList<ScreenedValue> screened = ScreenedSeries.Of(programme, p.Key, p.Value);
                return yearly.Contains(p.Key)
                    ? PeriodMeans.Once(p.Key, screened)
                    : PeriodMeans.Of(programme, p.Key, period, screened);
            });
    }

    private static SurfaceWaterClass? MeasuredClass(
        RiverProgramme programme, Dictionary<string, MeasurandFigure> figures)
    {
        var means = new Dictionary<string, decimal>();
        foreach (string code in programme.ClassIndicators)
        {
            if (figures[code].Value is not decimal mean) return null;
            means[code] = mean;
        }
        return SingleFactorClass.Judge(programme.Standard.Standard.Limits, means, programme.Water).Class;
    }

    private static List<IndexTerm> Terms(
        RiverProgramme programme, RiverSection section, Period period, Dictionary<string, MeasurandFigure> figures)
    {
        bool preliminary = period.Month is not null;
        List<IndexTermDefinition> groups = [.. programme.Index.Terms
            .Where(t => !preliminary || programme.PreliminaryTerms.Contains(t.Name))];
        decimal whole = groups.Sum(t => t.Weight); // 1 for a year; a month's terms are taken as the whole
        return [.. groups.SelectMany(group => group.Parts.Select(part =>
        {
            MeasurandFigure figure = figures[part.Measurand];
            return new IndexTerm(
                part.Measurand, figure.Value, section.Baseline[part.Measurand],
                group.Weight * group.Stability * part.Weight / whole, figure.Count, figure.Expected);
        }))];
    }

    private static List<Bilingual> Reasons(
        Direction direction, List<IndexTerm> terms, Dictionary<string, MeasurandFigure> figures,
        SurfaceWaterClass? basis, decimal? index, BandRow? band)
    {
        List<Bilingual> reasons = [];
        if (direction == Direction.Suspended)
        {
            foreach (IndexTerm term in terms.Where(t => t.Value is null)) reasons.Add(TooFew(figures[term.Name]));
            if (basis is null) reasons.Add(new Bilingual("定类指标数据不足，无法定类", "too few data to give the measured class"));
        }
        else if (direction == Direction.UndefinedInSource)
        {
            reasons.Add(band is null
                ? new Bilingual($"对应关系表没有{basis!.Value.Chinese()}的行", $"the table has no row for class {basis!.Value.Name()}")
                : new Bilingual(
                    $"{basis!.Value.Chinese()}断面指数 {index} 落在对应关系表未规定的区间 {band.Interval}",
                    $"for class {basis!.Value.Name()} the table prints no result for {band.Interval}, where {index} lies"));
        }
        return reasons;
    }

    private static Bilingual Words(Suspension suspension) => new(
        $"经批准暂停（{suspension.Reason}），批准人：{suspension.Person.Name}",
        $"suspended by approval of {suspension.Person.Name}: {suspension.Reason}");

    private static Bilingual TooFew(MeasurandFigure figure)
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
}
