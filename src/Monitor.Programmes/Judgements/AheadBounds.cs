using Monitor.Programmes.Definitions;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Judgements;

/// <summary>
/// Bounds of an outcome that is reckoned from months: the year judged with every month that is left at its best, and at its
/// worst. They hold where worse water never pays upstream more, which is looked up in the terms first.
/// </summary>
/// <param name="basis">Terms, section and period.</param>
/// <param name="a">The judgement of what there is.</param>
/// <param name="figures">Months so far and what is left, by measurand.</param>
/// <param name="inflow">The same where the water came in.</param>
internal sealed class AheadBounds(
    OutcomeBasis basis, RiverAssessment a, IReadOnlyDictionary<string, AheadFigure> figures,
    IReadOnlyDictionary<string, AheadFigure> inflow)
{
    private RiverProgramme Programme => basis.Programme;

    /// <summary>What it would come to if the year ended with the months so far.</summary>
    internal AheadOutcome SoFar(decimal? index) =>
        AheadOutcomes.At(Filled(index, isWorst: false, months: 0) with { MeasuredClass = basis.MeasuredClass });

    /// <summary>Every outcome that lies between the two ends.</summary>
    /// <param name="index">What the index may be; null where there is none.</param>
    /// <param name="months">
    /// Months that may come, the fewest and the most; a month that stays without data does not count, and pays nobody.
    /// </param>
    internal IReadOnlyList<AheadOutcome> Between(AheadSpan? index, (int Fewest, int Most) months)
    {
        List<OutcomeSum> ends = [];
        foreach (int more in new[] { months.Fewest, months.Most }.Distinct())
        {
            ends.Add(OutcomeJudgement.Of(Filled(Rounded(index?.Low), isWorst: false, more)));
            ends.Add(OutcomeJudgement.Of(Filled(Rounded(index?.High), isWorst: true, more)));
        }
        List<AheadOutcome> found = [.. ends.Select(e => new AheadOutcome(e.Direction, e.Yuan, null))];
        decimal[] signed = [.. ends.Where(e => e.Yuan is not null).Select(e => SignedYuan.Of(e.Direction, e.Yuan!.Value)!.Value)];
        // Between the ends lie amounts that neither of them has.
        if (signed.Length > 0 && signed.Min() != signed.Max())
        {
            if (signed.Max() > 0) found.Add(new AheadOutcome(Direction.DownstreamPays, null, null));
            if (signed.Min() < 0) found.Add(new AheadOutcome(Direction.UpstreamPays, null, null));
            if (signed.Min() <= 0 && signed.Max() >= 0) found.Add(new AheadOutcome(Direction.None, 0, null));
        }
        if (months.Most > 0 && AheadMonotony.HasHole(Programme))
        {
            found.Add(new AheadOutcome(Direction.UndefinedInSource, null, null));
        }
        return [.. found.GroupBy(o => o.Direction).Select(g => g.Select(o => o.Yuan).Distinct().Count() == 1
            ? g.First()
            : new AheadOutcome(g.Key, null, null))];
    }

    // The year with so many months more; what it asks of the number of months is taken as given.
    private OutcomeBasis Filled(decimal? index, bool isWorst, int months)
    {
        Dictionary<string, MeasurandFigure> filled = a.Figures.ToDictionary(
            f => f.Measurand, f => Filled(f, figures[f.Measurand], Put(f.Measurand, isWorst), months, isWorst));
        Dictionary<string, MeasurandFigure> came = a.InflowFigures.ToDictionary(
            // Least came in where the section is to look worst: all of it was added on the way.
            f => f.Measurand, f => Filled(f, inflow[f.Measurand], Put(inflow, f.Measurand, !isWorst), months, !isWorst));
        RiverProgramme asked = Programme with { Validity = Programme.Validity with { YearMonthsMin = 1 } };
        return basis with
        {
            Programme = asked, Index = index, MeasuredClass = ClassOf(filled), Figures = filled, Inflow = came,
        };
    }

    private MeasurandFigure Filled(MeasurandFigure figure, AheadFigure ahead, decimal put, int months, bool isWorst)
    {
        if (!ahead.IsMonthly) return figure;
        int left = months;
        MonthFigure[] all = [.. figure.Months.Select(m => ahead.IsOver(m) ? m
            : left-- > 0 ? m with { Value = put } : m with { Value = null })];
        decimal[] values = [.. all.Where(m => m.Value is not null).Select(m => m.Value!.Value)];
        if (values.Length == 0) return figure with { Months = all, Value = null };
        // A year of the best months is not the best year: pH is the mean of [H+], where sour months outweigh and others balance.
        decimal year = ahead.IsLinear ? ahead.MeanOf(values) : End(figure.Measurand, ahead.With(months), isWorst);
        return figure with { Months = all, Value = year };
    }

    private decimal Put(string code, bool isWorst)
    {
        if (!IsFlow(code, out MassExcessPart? mass)) return Put(figures, code, isWorst);
        // More water carries more of what there is: at the worst where it exceeds, at the best where it is paid for.
        bool matters = mass.Prices.Any(p =>
            mass.Over.Of(Programme, basis.Section, p.Measurand) is decimal limit
            && (isWorst ? Put(figures, p.Measurand, true) > limit : mass.BothWays && Put(figures, p.Measurand, false) < limit));
        return matters ? figures[code].Month.High!.Value : figures[code].Month.Low;
    }

    private decimal Put(IReadOnlyDictionary<string, AheadFigure> of, string code, bool isWorst) =>
        End(code, of[code].Month, isWorst);

    private decimal End(string code, AheadSpan span, bool isWorst)
    {
        ClassLimits? limits = Programme.Standard.Standard.Find(code, Programme.Water);
        decimal high = span.High ?? span.Low;
        if (limits is null || limits.Direction == LimitDirection.AtMost) return isWorst ? high : span.Low;
        if (limits.Direction == LimitDirection.AtLeast) return isWorst ? span.Low : high;
        // Within two ends: the best lies inside them, the worst is the worse of the span's own.
        return isWorst
            ? limits.ClassOf(span.Low) > limits.ClassOf(high) ? span.Low : high
            : Math.Clamp(limits.Limits[0], span.Low, high);
    }

    private bool IsFlow(string code, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out MassExcessPart? mass)
    {
        mass = Programme.Outcome.Parts.OfType<MassExcessPart>().FirstOrDefault(p => p.Flow == code);
        return mass is not null;
    }

    private SurfaceWaterClass? ClassOf(Dictionary<string, MeasurandFigure> filled)
    {
        var means = new Dictionary<string, decimal>();
        foreach (string code in Programme.ClassIndicators)
        {
            if (!filled.TryGetValue(code, out MeasurandFigure? figure) || figure.Value is not decimal mean) return null;
            means[code] = mean;
        }
        return SingleFactorClass.Judge(Programme.Standard.Standard.Limits, means, Programme.Water).Class;
    }

    private decimal? Rounded(decimal? index) =>
        index is decimal e ? decimal.Round(e, Programme.Index.Digits, Programme.Index.Rounding) : null;
}
