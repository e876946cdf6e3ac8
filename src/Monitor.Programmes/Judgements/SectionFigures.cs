using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Compensation;

namespace Monitor.Programmes.Judgements;

/// <summary>What a section's readings come to over a period: at the section, and where the water came in.</summary>
/// <param name="All">Figures by measurand; every measurand that is needed is there.</param>
/// <param name="Inflow">The same of the inflow's instrument; empty where the programme does not look at it.</param>
/// <param name="Series">The readings that were used, with their reviews.</param>
internal sealed record SectionFigures(
    IReadOnlyDictionary<string, MeasurandFigure> All, IReadOnlyDictionary<string, MeasurandFigure> Inflow,
    IReadOnlyList<ReviewedReading> Series)
{
    /// <summary>Measurands with their flow, by both codes; empty where no term asks for it.</summary>
    internal IReadOnlyDictionary<(string Measurand, string Flow), PairedFigure> Paired { get; init; } =
        new Dictionary<(string Measurand, string Flow), PairedFigure>();

    /// <summary>The same where the water came in.</summary>
    internal IReadOnlyDictionary<(string Measurand, string Flow), PairedFigure> InflowPaired { get; init; } =
        new Dictionary<(string Measurand, string Flow), PairedFigure>();

    /// <summary>The figure that a part of the index compares.</summary>
    /// <param name="part">The part.</param>
    /// <param name="monthsMin">Valid months that it needs.</param>
    internal MeasurandFigure Of(IndexPart part, int monthsMin) => part.Statistic == PartStatistic.Mean
        ? All[part.Measurand]
        : Paired[(part.Measurand, part.Flow)].Figure(part.Statistic, monthsMin);

    /// <summary>How a part was made with the flow; null of a plain mean.</summary>
    internal FlowTerm? FlowOf(IndexPart part)
    {
        if (part.Statistic == PartStatistic.Mean) return null;
        PairedLoad sum = Paired[(part.Measurand, part.Flow)].Sum;
        string name = part.Statistic == PartStatistic.Load ? "load" : "flow-weighted-mean";
        return new FlowTerm(name, part.Flow, sum.ValuesAlone, sum.FlowsAlone);
    }

    /// <summary>Screens and averages.</summary>
    internal static SectionFigures Of(
        RiverProgramme programme, Period period, IReadOnlyList<ReviewedReading> readings, Reckoning? way = null)
    {
        List<ReviewedReading> series = [.. readings.Where(
            r => r.Reading.Statistic == programme.Statistic && period.Contains(r.Reading.Time))];
        ILookup<bool, ReviewedReading> sides = series.ToLookup(r => programme.IsInflow(r.Reading));
        Screened own = new(programme, sides[false]), came = new(programme, sides[true]);
        return new SectionFigures(
            Of(programme, period, own, Needed(programme), way),
            programme.Inflow is null
                ? new Dictionary<string, MeasurandFigure>()
                : Of(programme, period, came, OutcomeMeasurands(programme), way),
            series)
        {
            Paired = Pairs(programme, period, own, WithFlow(programme), way),
            InflowPaired = Pairs(programme, period, came, programme.Inflow is null ? [] : PricedByPairs(programme), way),
        };
    }

    /// <summary>Each measurand that a term or a part pairs with a flow.</summary>
    internal static IEnumerable<(string Measurand, string Flow)> WithFlow(RiverProgramme programme) =>
        programme.Index.Terms.SelectMany(t => t.Parts).Where(p => p.Statistic != PartStatistic.Mean)
            .Select(p => (p.Measurand, p.Flow)).Concat(PricedByPairs(programme)).Distinct();

    private static IEnumerable<(string Measurand, string Flow)> PricedByPairs(RiverProgramme programme) =>
        programme.Outcome.Parts.OfType<MassExcessPart>().Where(p => p.ByPairs)
            .SelectMany(part => part.Prices.Select(p => (p.Measurand, part.Flow))).Distinct();

    private static Dictionary<(string Measurand, string Flow), PairedFigure> Pairs(
        RiverProgramme programme, Period period, Screened screened, IEnumerable<(string Measurand, string Flow)> wanted,
        Reckoning? way) => wanted.ToDictionary(w => w, w => PairedFigure.Of(
            programme, w.Measurand, w.Flow, period, (way ?? Reckoning.Agreed).Counted(screened.Of(w.Measurand)),
            (way ?? Reckoning.Agreed).Counted(screened.Of(w.Flow))));

    /// <summary>What the outcome's own parts ask for, beside index and class.</summary>
    internal static IEnumerable<string> OutcomeMeasurands(RiverProgramme programme) =>
        programme.Outcome.Parts.SelectMany(part => part switch
        {
            TiersPart tiers => tiers.Measurands,
            MassExcessPart mass => [.. mass.Prices.Select(p => p.Measurand), mass.Flow],
            _ => [],
        });

    private static IEnumerable<string> Needed(RiverProgramme programme) =>
        programme.Index.Terms.SelectMany(t => t.Parts).Select(p => p.Measurand)
            .Concat(programme.ClassIndicators).Concat(OutcomeMeasurands(programme))
            .Concat(WithFlow(programme).Select(w => w.Flow));

    private static Dictionary<string, MeasurandFigure> Of(
        RiverProgramme programme, Period period, Screened screened, IEnumerable<string> needed, Reckoning? way)
    {
        HashSet<string> yearly = [.. programme.Index.Terms.Where(t => t.IsYearlyFigure)
            .SelectMany(t => t.Parts).Select(p => p.Measurand)];
        return screened.Codes.Concat(needed).Distinct().ToDictionary(
            code => code,
            code => yearly.Contains(code)
                ? PeriodMeans.Once(code, screened.Of(code))
                : PeriodMeans.Of(programme, code, period, (way ?? Reckoning.Agreed).Counted(screened.Of(code)), way));
    }

    /// <summary>Values with their verdicts by measurand, each screened once.</summary>
    private sealed class Screened(RiverProgramme programme, IEnumerable<ReviewedReading> readings)
    {
        private readonly Dictionary<string, List<ReviewedReading>> byMeasurand = readings
            .GroupBy(r => r.Reading.Measurand).ToDictionary(g => g.Key, g => g.ToList());

        private readonly Dictionary<string, IReadOnlyList<ScreenedValue>> known = [];

        internal IEnumerable<string> Codes => byMeasurand.Keys;

        internal IReadOnlyList<ScreenedValue> Of(string code)
        {
            if (!known.TryGetValue(code, out IReadOnlyList<ScreenedValue>? values))
            {
                known.Add(code, values = ScreenedSeries.Of(programme, code, byMeasurand.GetValueOrDefault(code, [])));
            }
            return values;
        }
    }
}
