using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Compensation;

namespace Monitor.Programmes.Judgements;

/// <summary>
/// Where a running year's outcome stands and what it can still be: exactly, where it follows from index and class alone; by its
/// two ends, where it is reckoned from months one way; not at all elsewhere, and then it says why.
/// </summary>
internal sealed class AheadOutlook
{
    private readonly OutcomeBasis basis;
    private readonly IReadOnlyDictionary<string, AheadFigure> figures;
    private readonly AheadBounds? bounds;

    private AheadOutlook(OutcomeBasis basis, IReadOnlyDictionary<string, AheadFigure> figures, AheadBounds? bounds)
    {
        (this.basis, this.figures, this.bounds) = (basis, figures, bounds);
    }

    /// <summary>What the year would come to if it ended so.</summary>
    internal required AheadOutcome SoFar { get; init; }

    /// <summary>Every outcome that can come; null where nothing bounds them.</summary>
    internal required IReadOnlyList<AheadOutcome>? Possible { get; init; }

    /// <summary>Why nothing bounds them.</summary>
    internal Bilingual? WhyNot { get; init; }

    internal static AheadOutlook Of(
        OutcomeBasis basis, RiverAssessment a, IReadOnlyDictionary<string, AheadFigure> figures, Instant until, bool hasIndex,
        AheadSpan? atEnd)
    {
        if (AheadOutcomes.AreKnown(basis.Programme))
        {
            return new AheadOutlook(basis, figures, null)
            {
                SoFar = AheadOutcomes.At(basis),
                Possible = AheadOutcomes.Of(basis, atEnd, AheadClasses.AtEnd(basis.Programme, figures, basis.MeasuredClass)),
            };
        }
        if (AheadMonotony.WhyNot(basis, figures, atEnd) is Bilingual why)
        {
            return new AheadOutlook(basis, figures, null)
            {
                SoFar = new AheadOutcome(a.Direction, a.AmountYuan, a.Band?.Id), Possible = null, WhyNot = why,
            };
        }
        var bounds = new AheadBounds(
            basis, a, figures, a.InflowFigures.ToDictionary(f => f.Measurand, f => new AheadFigure(basis.Programme, f, until)));
        bool needsIndex = basis.Programme.Outcome.Parts.Any(p => p is BandsPart or IndexPointsPart);
        AheadFigure[] monthly = [.. figures.Values.Where(f => f.IsMonthly)];
        bool isShort = (needsIndex && !hasIndex)
            || Asked(basis.Programme).Any(c => figures.TryGetValue(c, out AheadFigure? f) && f.IsShort)
            || IsShortOfClasses(basis, a, figures);
        return new AheadOutlook(basis, figures, bounds)
        {
            SoFar = bounds.SoFar(basis.Index),
            Possible = isShort
                ? [new AheadOutcome(Direction.Suspended, null, null)]
                : bounds.Between(atEnd, (monthly.Max(f => Math.Min(f.Needed, f.Left)), monthly.Max(f => f.Left))),
        };
    }

    /// <summary>What one month more can bring.</summary>
    /// <param name="index">What the index may then be.</param>
    internal IReadOnlyList<AheadOutcome> NextMonth(AheadSpan? index) => bounds is null
        ? AheadOutcomes.Of(basis, index, AheadClasses.NextMonth(basis.Programme, figures, basis.MeasuredClass))
        : bounds.Between(index, (0, Math.Min(1, figures.Values.Max(f => f.Left))));

    // A month counts for the share only where every class indicator has it: months missing here and there add up.
    private static bool IsShortOfClasses(
        OutcomeBasis basis, RiverAssessment a, IReadOnlyDictionary<string, AheadFigure> figures)
    {
        RiverProgramme programme = basis.Programme;
        if (!programme.Outcome.Parts.OfType<AttainmentPart>().Any(p => p.Shares.ContainsKey(basis.Period.Year))) return false;
        MeasurandFigure[] asked = [.. a.Figures.Where(f => programme.ClassIndicators.Contains(f.Measurand))];
        if (asked.Length == 0) return false;
        AheadFigure first = figures[asked[0].Measurand];
        int known = Enumerable.Range(0, asked[0].Months.Count)
            .Count(i => first.IsOver(asked[0].Months[i]) && asked.All(f => f.Months[i].Value is not null));
        return known + first.Left < basis.MonthsMin;
    }

    private static IEnumerable<string> Asked(RiverProgramme programme) => SectionFigures.OutcomeMeasurands(programme)
        .Concat(programme.Outcome.Parts.Any(p => p is AttainmentPart or ClassStepsPart) ? programme.ClassIndicators : []);
}
