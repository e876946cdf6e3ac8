using System.Globalization;
using Monitor.Domain.Readings;

namespace Monitor.Programmes.Definitions;

/// <summary>A civil day of any year.</summary>
/// <param name="Month">1 to 12.</param>
/// <param name="Day">1 to the month's last; 29 February is 28 where the year has none.</param>
public readonly record struct DayOfYear(int Month, int Day)
{
    /// <summary>The day in a year.</summary>
    public DateOnly In(int year) => new(year, Month, Math.Min(Day, DateTime.DaysInMonth(year, Month)));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Month:00}-{Day:00}");
}

/// <summary>
/// The growing season and what its composite needs: the per-pixel median NDVI of every scene of the season that is clear
/// enough. The rule picks the scenes, not a person.
/// </summary>
/// <param name="From">First day of the season, in the programme's zone.</param>
/// <param name="To">Last day, inclusive, in the same civil year.</param>
/// <param name="DatesMin">Clear dates that a pixel must have; and so the fewest scenes that make a composite.</param>
/// <param name="EnoughMin">
/// Least share of a site's pixels, of those with data on any date, that must have so many clear dates; 0 to 1.
/// </param>
public sealed record CompositeTerms(DayOfYear From, DayOfYear To, int DatesMin, decimal EnoughMin)
{
    /// <summary>The season of a civil year: from its first midnight, inclusive, to the midnight after it, exclusive.</summary>
    public (Instant From, Instant To) SeasonOf(int year, TimeZoneInfo zone) =>
        (Period.Midnight(From.In(year), zone), Period.Midnight(To.In(year).AddDays(1), zone));

    /// <summary>Whether a scene's moment lies in the season of its own civil year.</summary>
    public bool Holds(Instant taken, TimeZoneInfo zone)
    {
        (Instant from, Instant to) = SeasonOf(Period.DayOf(taken, zone).Year, zone);
        return taken >= from && taken < to;
    }
}
