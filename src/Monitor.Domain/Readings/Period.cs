using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Monitor.Domain.Readings;

/// <summary>
/// A civil year or month in a programme's time zone, as a half-open span of UTC: <see cref="Start"/> is in,
/// <see cref="End"/> is not.
/// </summary>
public sealed record Period
{
    private Period(int year, int? month, TimeZoneInfo zone)
    {
        Year = year;
        Month = month;
        Zone = zone;
        var first = new DateOnly(year, month ?? 1, 1);
        Start = Midnight(first, zone);
        End = Midnight(month is null ? first.AddYears(1) : first.AddMonths(1), zone);
    }

    /// <summary>The civil year.</summary>
    public int Year { get; }

    /// <summary>The civil month, 1 to 12, or null for a whole year.</summary>
    public int? Month { get; }

    /// <summary>The zone whose midnights bound the period.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>First moment inside.</summary>
    public Instant Start { get; }

    /// <summary>First moment after.</summary>
    public Instant End { get; }

    /// <summary><c>2025</c> or <c>2025-03</c>.</summary>
    public string Label => Month is int m
        ? string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-{m:D2}")
        : string.Create(CultureInfo.InvariantCulture, $"{Year:D4}");

    /// <summary>A whole civil year, 1 to 9998.</summary>
    public static Period OfYear(int year, TimeZoneInfo zone) => new(year, null, zone);

    /// <summary>A civil month.</summary>
    public static Period OfMonth(int year, int month, TimeZoneInfo zone) => new(year, month, zone);

    /// <summary>Reads <c>YYYY</c> or <c>YYYY-MM</c>.</summary>
    public static bool TryParse(string text, TimeZoneInfo zone, [NotNullWhen(true)] out Period? period)
    {
        period = null;
        bool monthly = text.Length == 7 && text[4] == '-';
        if (!monthly && text.Length != 4) return false;
        CultureInfo invariant = CultureInfo.InvariantCulture;
        if (!int.TryParse(text.AsSpan(0, 4), NumberStyles.None, invariant, out int year)) return false;
        if (year is < 1900 or > 9998) return false;
        int month = 0;
        if (monthly && !int.TryParse(text.AsSpan(5), NumberStyles.None, invariant, out month)) return false;
        if (monthly && month is < 1 or > 12) return false;
        period = monthly ? OfMonth(year, month, zone) : OfYear(year, zone);
        return true;
    }

    /// <summary>The twelve months of a year; of a month, itself.</summary>
    public IReadOnlyList<Period> Months() =>
        Month is null ? [.. Enumerable.Range(1, 12).Select(m => OfMonth(Year, m, Zone))] : [this];

    /// <summary>Whether the moment lies inside.</summary>
    public bool Contains(Instant moment) => Start <= moment && moment < End;

    /// <summary>The civil day of a moment in the zone.</summary>
    public static DateOnly DayOf(Instant moment, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment.ToDateTimeOffset(), zone).DateTime);

    /// <summary>Number of civil days.</summary>
    public int Days => Month is int m ? DateTime.DaysInMonth(Year, m) : DateTime.IsLeapYear(Year) ? 366 : 365;

    /// <summary>
    /// The first moment of a civil day. Where the clocks skip midnight, the first moment that exists; where midnight
    /// comes twice, the earlier one.
    /// </summary>
    public static Instant Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        TimeSpan offset = zone.IsAmbiguousTime(local)
            ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.GetUtcOffset(local);
        return Instant.From(new DateTimeOffset(local, offset));
    }

    /// <inheritdoc/>
    public override string ToString() => Label;
}
