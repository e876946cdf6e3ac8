using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;

namespace Monitor.Programmes.Judgements;

/// <summary>Looks ahead from the months of a running year. Pure; it knows what the judgement of the year so far knows.</summary>
public static class AheadJudgement
{
    /// <summary>Distances from an edge of the table at which a warning is given.</summary>
    public static IReadOnlyList<decimal> Distances { get; } = [0.02m, 0.05m];

    // Sums of quotients are exact to some 26 digits; a span must not be too narrow by their last one.
    private const decimal Slack = 0.000_000_000_000_000_001m;

    /// <summary>
    /// Until when readings go: the newest one of a measurand that is averaged, and the programme's interval after it. Null
    /// where there is none.
    /// </summary>
    public static Instant? Until(RiverProgramme programme, Period year, IEnumerable<Reading> readings)
    {
        HashSet<string> yearly = [.. programme.Index.Terms.Where(t => t.IsYearlyFigure)
            .SelectMany(t => t.Parts).Select(p => p.Measurand)];
        long? newest = readings.Where(r => year.Contains(r.Time) && !yearly.Contains(r.Measurand))
            .Max(r => (long?)r.Time.UnixMilliseconds);
        return newest is long at ? new Instant(at + (programme.IntervalHours * 3_600_000L)) : null;
    }

    /// <summary>Looks ahead.</summary>
    /// <param name="a">The judgement of the year on what there is.</param>
    /// <param name="until">Months that end by then are over.</param>
    /// <exception cref="ArgumentException">The judgement is one of a month.</exception>
    public static LookAhead Of(RiverAssessment a, Instant until)
    {
        if (a.Period.Month is not null) throw new ArgumentException("Only a year is looked ahead.", nameof(a));
        RiverProgramme programme = a.Programme;
        Dictionary<string, AheadFigure> figures =
            a.Figures.ToDictionary(f => f.Measurand, f => new AheadFigure(programme, f, until));
        // A term without a baseline has no index, whatever comes; of no terms there is none either.
        bool hasIndex = a.Terms.Count > 0
            && a.Terms.All(t => t.Flow is null && t.Baseline is not null && !figures[t.Name].IsShort);
        List<(AheadTerm Term, IndexTerm Agreed, AheadFigure Figure)> terms =
            hasIndex ? [.. a.Terms.Select(t => (TermOf(t, figures[t.Name]), t, figures[t.Name]))] : [];
        decimal? soFar = hasIndex ? terms.Sum(t => t.Term.Contribution) : null;
        SurfaceWaterClass? measured = ClassSoFar(programme, figures);
        var basis = new OutcomeBasis(programme, a.Section, a.Period, Rounded(programme, soFar), measured);
        AheadSpan? atEnd = hasIndex ? Span(terms, f => f.AtEnd) : null;
        AheadOutlook outlook = AheadOutlook.Of(basis, a, figures, until, hasIndex, atEnd);
        AheadOutcome now = outlook.SoFar;
        return new LookAhead
        {
            Section = a.Section,
            Year = a.Period,
            MonthsOver = a.Period.Months().Count(m => m.End <= until),
            Index = soFar,
            Class = measured,
            SoFar = now,
            AtEnd = atEnd,
            Possible = outlook.Possible,
            WhyNot = outlook.WhyNot,
            Terms = [.. terms.Select(t => t.Term).OrderByDescending(t => Math.Abs(t.Push))
                .ThenBy(t => t.Measurand, StringComparer.Ordinal)],
            Needs = hasIndex
                ? [.. programme.Bands.Where(r => r.IsFor(basis.BasisClass)).OrderBy(r => r.Interval.Low ?? decimal.MinValue)
                    .Select(r => AheadNeeds.Of(programme.Index, r, terms))]
                : [],
            Warnings = outlook.Possible is not null && now.Direction != Direction.Suspended
                ? [.. Near(basis, now, soFar), .. NextMonth(outlook, hasIndex ? Span(terms, f => f.NextMonth) : null)]
                : [],
        };
    }

    private static AheadTerm TermOf(IndexTerm t, AheadFigure figure)
    {
        (decimal baseline, decimal value) = (t.Baseline!.Value, figure.SoFar ?? t.Baseline!.Value);
        IndexTerm term = t with { Value = value };
        return new AheadTerm(
            t.Name, value, figure.SoFar is null, baseline, term.Ratio ?? 0, t.Weight, figure.Known.Count, figure.Left,
            figure.Month);
    }

    private static decimal? Rounded(RiverProgramme programme, decimal? index) =>
        index is decimal e ? decimal.Round(e, programme.Index.Digits, programme.Index.Rounding) : null;

    private static AheadSpan Span(
        List<(AheadTerm Term, IndexTerm Agreed, AheadFigure Figure)> terms,
        Func<AheadFigure, Func<decimal?, AheadSpan>> which)
    {
        (decimal low, decimal? high) = (0, 0);
        bool isOpen = false;
        foreach ((AheadTerm term, IndexTerm agreed, AheadFigure figure) in terms)
        {
            AheadSpan value = which(figure)(term.Baseline);
            isOpen |= figure.Left > 0;
            low += term.Weight * (agreed.IsInverse
                ? value.High is decimal most && most > 0 ? term.Baseline / most : 0
                : value.Low / term.Baseline);
            high += term.Weight * (agreed.IsInverse
                ? value.Low > 0 ? term.Baseline / value.Low : null
                : value.High / term.Baseline);
        }
        return isOpen ? new AheadSpan(low - Slack, high + Slack) : new AheadSpan(low, high);
    }

    private static SurfaceWaterClass? ClassSoFar(RiverProgramme programme, Dictionary<string, AheadFigure> figures)
    {
        var means = new Dictionary<string, decimal>();
        foreach (string code in programme.ClassIndicators)
        {
            if (!figures.TryGetValue(code, out AheadFigure? figure) || figure.SoFar is not decimal mean) return null;
            means[code] = mean;
        }
        return SingleFactorClass.Judge(programme.Standard.Standard.Limits, means, programme.Water).Class;
    }

    private static IEnumerable<AheadWarning> Near(OutcomeBasis basis, AheadOutcome now, decimal? index)
    {
        if (index is not decimal at) yield break;
        foreach (BandRow row in basis.Programme.Bands.Where(r => r.IsFor(basis.BasisClass) && r.Id != now.Row))
        {
            if (Edge(row.Interval, at) is not decimal edge) continue;
            decimal? kept = Distances.Where(d => Math.Abs(edge - at) <= d).Select(d => (decimal?)d).Min();
            AheadOutcome beyond = new(row.Direction, (row.Yuan ?? basis.Section.AmountYuan), row.Id);
            if (row.Direction is Direction.None) beyond = beyond with { Yuan = 0 };
            if (row.Direction is Direction.UndefinedInSource) beyond = beyond with { Yuan = null };
            if (kept is decimal distance && (beyond.Direction, beyond.Yuan) != (now.Direction, now.Yuan))
            {
                yield return new AheadWarning(AheadWarningKind.Near, distance, edge, beyond);
            }
        }
    }

    private static decimal? Edge(Interval other, decimal at) => other.Low > at ? other.Low : other.High < at ? other.High
        : new[] { other.Low, other.High }.Where(e => e is not null).OrderBy(e => Math.Abs(e!.Value - at)).FirstOrDefault();

    private static IEnumerable<AheadWarning> NextMonth(AheadOutlook outlook, AheadSpan? index) =>
        outlook.NextMonth(index)
            .Where(o => o.Direction != outlook.SoFar.Direction || o.Yuan != outlook.SoFar.Yuan)
            .Select(o => new AheadWarning(AheadWarningKind.NextMonth, null, null, o));
}
