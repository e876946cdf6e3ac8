using System.Globalization;
using Monitor.Domain.Readings;

namespace Monitor.Rules.Screening;

/// <summary>What of a moment a member's span counts.</summary>
public enum ClimatologyPeriod
{
    /// <summary>The calendar year.</summary>
    Year,

    /// <summary>The quarter, 1 to 4.</summary>
    Quarter,

    /// <summary>The month, 1 to 12.</summary>
    Month,

    /// <summary>The week of ISO 8601, 1 to 53.</summary>
    Week,

    /// <summary>The day of the year, 1 to 366.</summary>
    DayOfYear,

    /// <summary>The day of the week, Monday 0 to Sunday 6.</summary>
    DayOfWeek,
}

/// <summary>
/// One row of a climatology. It applies to a value whose moment lies in the span (of the period, or of dates) and whose
/// depth lies in the depths, where it has any; all ends belong to their span.
/// </summary>
/// <param name="Period">What of the moment is counted; null where <paramref name="Dates"/> gives moments.</param>
/// <param name="Counts">First and last count of the period; null where <paramref name="Dates"/> is given.</param>
/// <param name="Dates">First and last moment; null where a period is given.</param>
/// <param name="Suspect">Outside of it a value is suspect (<c>vspan</c>).</param>
/// <param name="Fail">Outside of it a value fails (<c>fspan</c>); null where nothing fails.</param>
/// <param name="Depths">Depths in metres, positive down (<c>zspan</c>); null where depth does not count.</param>
public sealed record ClimatologyMember(
    ClimatologyPeriod? Period,
    ValueRange? Counts,
    (Instant First, Instant Last)? Dates,
    ValueRange Suspect,
    ValueRange? Fail = null,
    ValueRange? Depths = null)
{
    /// <summary>A member over a count of the calendar.</summary>
    public static ClimatologyMember Of(
        ClimatologyPeriod period, decimal first, decimal last, ValueRange suspect, ValueRange? fail = null) =>
        new(period, new ValueRange(first, last), null, suspect, fail);

    internal bool Applies(Instant time, decimal? depth, TimeSpan utcOffset)
    {
        if (Depths is ValueRange depths && (depth is not decimal d || !depths.Contains(d))) return false;
        if (Dates is (Instant first, Instant last) && (time < first || time > last)) return false;
        return Period is not ClimatologyPeriod period || Counts is not ValueRange counts
            || counts.Contains(CountOf(time.ToDateTimeOffset().ToOffset(utcOffset).DateTime, period));
    }

    private static int CountOf(DateTime local, ClimatologyPeriod period) => period switch
    {
        ClimatologyPeriod.Year => local.Year,
        ClimatologyPeriod.Quarter => ((local.Month - 1) / 3) + 1,
        ClimatologyPeriod.Month => local.Month,
        ClimatologyPeriod.Week => ISOWeek.GetWeekOfYear(local),
        ClimatologyPeriod.DayOfYear => local.DayOfYear,
        ClimatologyPeriod.DayOfWeek => ((int)local.DayOfWeek + 6) % 7,
        _ => throw new ArgumentOutOfRangeException(nameof(period), period, "Not a period."),
    };
}

/// <summary>Limits of <see cref="Climatology"/>.</summary>
/// <param name="Members">The members; where several apply to a value the last decides.</param>
/// <param name="UtcOffset">Offset of the calendar in which periods count.</param>
public sealed record ClimatologyLimits(IReadOnlyList<ClimatologyMember> Members, TimeSpan UtcOffset = default);

/// <summary>QARTOD test 5, climatology: outside what the season is known for.</summary>
public static class Climatology
{
    /// <summary>One flag per value; depths are empty, or as many as the values.</summary>
    /// <exception cref="ArgumentException">Times or depths are not as many as the values.</exception>
    public static QcFlag[] Test(
        ReadOnlySpan<Instant> times,
        ReadOnlySpan<decimal?> values,
        ClimatologyLimits limits,
        ReadOnlySpan<decimal?> depths = default)
    {
        ArgumentNullException.ThrowIfNull(limits);
        Thresholds.CheckLengths(times.Length, values.Length);
        if (!depths.IsEmpty) Thresholds.CheckLengths(depths.Length, values.Length);
        var flags = new QcFlag[values.Length];
        for (int i = 0; i < flags.Length; i++)
        {
            decimal? depth = depths.IsEmpty ? null : depths[i];
            flags[i] = values[i] is decimal value ? Judge(times[i], value, depth, limits) : QcFlag.Missing;
        }
        return flags;
    }

    private static QcFlag Judge(Instant time, decimal value, decimal? depth, ClimatologyLimits limits)
    {
        var flag = QcFlag.NotEvaluated;
        foreach (ClimatologyMember member in limits.Members)
        {
            if (!member.Applies(time, depth, limits.UtcOffset)) continue;
            flag = member.Fail is ValueRange fail && !fail.Contains(value) ? QcFlag.Fail
                : !member.Suspect.Contains(value) ? QcFlag.Suspect
                : QcFlag.Good;
        }
        return flag;
    }
}
