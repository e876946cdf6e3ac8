using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;

namespace Monitor.Programmes.Judgements;

/// <summary>What a section's readings come to over a period: at the section, and where the water came in.</summary>
/// <param name="All">Figures by measurand; every measurand that is needed is there.</param>
/// <param name="Inflow">The same of the inflow's instrument; empty where the programme does not look at it.</param>
/// <param name="Series">The readings that were used, with their reviews.</param>
internal sealed record SectionFigures(
    IReadOnlyDictionary<string, MeasurandFigure> All, IReadOnlyDictionary<string, MeasurandFigure> Inflow,
    IReadOnlyList<ReviewedReading> Series)
{
    /// <summary>Screens and averages.</summary>
    internal static SectionFigures Of(
        RiverProgramme programme, Period period, IReadOnlyList<ReviewedReading> readings, Reckoning? way = null)
    {
        List<ReviewedReading> series = [.. readings.Where(
            r => r.Reading.Statistic == programme.Statistic && period.Contains(r.Reading.Time))];
        if (programme.Inflow is null)
        {
            return new SectionFigures(
                Of(programme, period, series, Needed(programme), way), new Dictionary<string, MeasurandFigure>(), series);
        }
        ILookup<bool, ReviewedReading> sides = series.ToLookup(r => programme.IsInflow(r.Reading));
        return new SectionFigures(
            Of(programme, period, sides[false], Needed(programme), way),
            Of(programme, period, sides[true], OutcomeMeasurands(programme), way), series);
    }

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
            .Concat(programme.ClassIndicators).Concat(OutcomeMeasurands(programme));

    private static Dictionary<string, MeasurandFigure> Of(
        RiverProgramme programme, Period period, IEnumerable<ReviewedReading> readings, IEnumerable<string> needed,
        Reckoning? way)
    {
        Dictionary<string, List<ReviewedReading>> byMeasurand = readings
            .GroupBy(r => r.Reading.Measurand).ToDictionary(g => g.Key, g => g.ToList());
        foreach (string code in needed) byMeasurand.TryAdd(code, []);
        HashSet<string> yearly = [.. programme.Index.Terms.Where(t => t.IsYearlyFigure)
            .SelectMany(t => t.Parts).Select(p => p.Measurand)];
        return byMeasurand.ToDictionary(
            p => p.Key,
            p =>
            {
                IReadOnlyList<ScreenedValue> screened = ScreenedSeries.Of(programme, p.Key, p.Value);
                return yearly.Contains(p.Key)
                    ? PeriodMeans.Once(p.Key, screened)
                    : PeriodMeans.Of(programme, p.Key, period, (way ?? Reckoning.Agreed).Counted(screened), way);
            });
    }
}
