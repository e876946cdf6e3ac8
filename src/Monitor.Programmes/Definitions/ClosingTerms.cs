using Monitor.Domain.Readings;

namespace Monitor.Programmes.Definitions;

/// <summary>When a programme's periods close, so that the clock may judge them. Pure; all days are civil days.</summary>
/// <param name="First">The first month that the clock judges; the first year is the first that begins with or after it.</param>
/// <param name="MonthDays">Whole days after a month's end until it closes.</param>
/// <param name="YearDays">Whole days after a year's end until it closes.</param>
public sealed record ClosingTerms(Period First, int MonthDays, int YearDays)
{
    private const int MonthDaysMax = 90, YearDaysMax = 366, DecideDaysMax = 366;

    /// <summary>Whole days within which two persons are to decide on a draft; null where the terms set none.</summary>
    public int? DecideDays { get; init; }

    /// <summary>
    /// The end of that time, exclusive: a civil midnight in the programme's zone; null where the terms set none.
    /// </summary>
    /// <param name="drafted">When the draft was sealed; the days after that civil day count.</param>
    public Instant? DecideBy(Instant drafted) => DecideDays is int days
        ? Period.Midnight(Period.DayOf(drafted, First.Zone).AddDays(days + 1), First.Zone)
        : null;

    /// <summary>The moment from which a period is closed, inclusive: a civil midnight in the programme's zone.</summary>
    public Instant ClosesAt(Period period)
    {
        DateOnly dayAfter = Period.DayOf(period.End, period.Zone);
        return Period.Midnight(dayAfter.AddDays(period.Month is null ? YearDays : MonthDays), period.Zone);
    }

    /// <summary>
    /// The periods that are closed at a moment and that the data have reached: every month from the one of the oldest
    /// reading to the one of the newest, and each year once its December is among them. In the order of their end, a
    /// month before its year.
    /// </summary>
    /// <param name="oldest">Time of the programme's oldest reading; months before it were not watched.</param>
    /// <param name="newest">Time of its newest: a month that no section has reached waits, since silence judges nobody.</param>
    /// <param name="at">The moment, inclusive.</param>
    public IEnumerable<Period> Closed(Instant oldest, Instant newest, Instant at)
    {
        DateOnly day = Period.DayOf(oldest < First.Start ? First.Start : oldest, First.Zone);
        for (Period month = MonthOf(day); month.Start <= newest && ClosesAt(month) <= at; month = MonthOf(day))
        {
            yield return month;
            if (month.Month == 12)
            {
                Period year = Period.OfYear(month.Year, month.Zone);
                if (First.Start <= year.Start && ClosesAt(year) <= at) yield return year;
            }
            day = Period.DayOf(month.End, month.Zone);
        }
    }

    /// <summary>Reads the mapping <c>closing</c>.</summary>
    internal static ClosingTerms Read(DefinitionNode node, TimeZoneInfo zone)
    {
        string first = node.Text("first");
        if (!Period.TryParse(first, zone, out Period? month) || month.Month is null)
        {
            node.At("first").Fault($"'{first}' is not a month.", "Write the first month to judge, as \"2025-01\".");
            month = Period.OfMonth(DateOnly.MaxValue.Year - 1, 1, zone);
        }
        var terms = new ClosingTerms(
            month, node.Integer("month_days", 0, MonthDaysMax), node.Integer("year_days", 0, YearDaysMax))
        {
            DecideDays = node.Has("decide_days") ? node.Integer("decide_days", 1, DecideDaysMax) : null,
        };
        node.Close();
        return terms;
    }

    private Period MonthOf(DateOnly day) => Period.OfMonth(day.Year, day.Month, First.Zone);
}
