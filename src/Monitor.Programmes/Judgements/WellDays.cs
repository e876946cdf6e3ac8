using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;

namespace Monitor.Programmes.Judgements;

/// <summary>From a well's readings to the greatest depth of each day of a season. Pure.</summary>
internal static class WellDays
{
    /// <summary>
    /// The days: as many as the season has. A reading counts whose device marked it normal, or whose value a person
    /// corrected; not where its clock is doubtful, its instrument failed a check, or a person rejected it.
    /// </summary>
    /// <param name="asked">The criterion.</param>
    /// <param name="year">The season's civil year.</param>
    /// <param name="zone">The programme's zone, whose civil days count.</param>
    /// <param name="readings">The well's readings, in any order.</param>
    internal static IReadOnlyList<decimal?> Of(
        ByHydrology asked, int year, TimeZoneInfo zone, IEnumerable<ReviewedReading> readings)
    {
        var days = new decimal?[asked.Season.Days(year)];
        DateOnly first = asked.Season.From.In(year);
        (Instant from, Instant to) = asked.Season.In(year, zone);
        // A reading that was sent twice is one; the moment counts once.
        IEnumerable<IGrouping<int, ReviewedReading>> byDay = readings
            .Where(r => r.Reading.Time >= from && r.Reading.Time < to && Counts(r))
            .GroupBy(r => Period.DayOf(r.Reading.Time, zone).DayNumber - first.DayNumber);
        foreach (IGrouping<int, ReviewedReading> day in byDay)
        {
            bool isMeasured = day.Select(r => r.Reading.Time).Distinct().Count() >= asked.ReadingsPerDayMin;
            if (isMeasured && !day.Any(r => IsOpen(r.Value, asked.Terms.DepthMax)))
            {
                days[day.Key] = day.Max(r => r.Value.ToDecimal());
            }
        }
        return days;
    }

    private static bool Counts(ReviewedReading r) => !r.IsOut && r.Status == DeviceStatus.Normal;

    // "Deeper than" a depth that would still be wet says neither: the day has no greatest depth.
    private static bool IsOpen(ReportedValue value, decimal depthMax) =>
        value.Qualifier == Qualifier.Above && value.ToDecimal() <= depthMax;
}
