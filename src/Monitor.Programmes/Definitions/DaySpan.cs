using System.Globalization;
using Monitor.Domain.Readings;

namespace Monitor.Programmes.Definitions;

/// <summary>The same days of each civil year.</summary>
/// <param name="From">First day, in the programme's zone.</param>
/// <param name="To">Last day, inclusive, in the same civil year.</param>
public sealed record DaySpan(DayOfYear From, DayOfYear To)
{
    // Of any year, so of one that has them all.
    private const int LeapYear = 2024;

    /// <summary>The span in a civil year: from its first midnight, inclusive, to the midnight after it, exclusive.</summary>
    public (Instant From, Instant To) In(int year, TimeZoneInfo zone) =>
        (Period.Midnight(From.In(year), zone), Period.Midnight(To.In(year).AddDays(1), zone));

    /// <summary>How many civil days it has in a year.</summary>
    public int Days(int year) => To.In(year).DayNumber - From.In(year).DayNumber + 1;

    /// <summary>Whether a civil day lies in it.</summary>
    public bool Holds(DateOnly day) => From.In(day.Year) <= day && day <= To.In(day.Year);

    /// <summary>Reads <c>[05-01, 09-30]</c>; the whole year, with a fault, where it is none.</summary>
    internal static DaySpan Read(DefinitionNode node, string key)
    {
        List<DayOfYear> days = [.. node.List(key).Select(ReadDay)];
        if (days.Count == 2 && days[0].In(LeapYear) <= days[1].In(LeapYear)) return new DaySpan(days[0], days[1]);
        node.At(key).Fault(
            "needs two days, the first not after the last.", "Write it as [05-01, 09-30]; a season lies in one year.");
        return new DaySpan(new DayOfYear(1, 1), new DayOfYear(12, 31));
    }

    private static DayOfYear ReadDay(DefinitionNode node)
    {
        string text = node.Text();
        bool isDay = DateOnly.TryParseExact(
            $"{LeapYear}-{text}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day);
        if (!isDay) node.Fault($"'{text}' is not a day of the year.", "Write month and day, as 05-01.");
        return new DayOfYear(day.Month, day.Day);
    }
}
