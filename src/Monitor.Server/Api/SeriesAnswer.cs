using System.Globalization;
using System.Text.Json.Serialization;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;

namespace Monitor.Server.Api;

/// <summary>Series of a section for charts.</summary>
/// <remarks>
/// <c>Position</c>: Position up to which they were read.
/// <c>From</c>: First moment, Unix milliseconds.
/// <c>To</c>: First moment after.
/// <c>IntervalHours</c>: Hours between readings as they should come.
/// </remarks>
internal sealed record SeriesAnswer(
    string Section, long Position, long From, long To, int IntervalHours, IReadOnlyList<ChartSeries> Series)
{
    private const int PointsDefault = 800;
    private const int PointsLeast = 20;
    private const int PointsMost = 5000;
    private const int DaysMax = 366;

    /// <summary>
    /// Answers <c>?measurand=&amp;measurand=&amp;from=&amp;to=&amp;points=</c>; by default all measurands over the year of
    /// the newest reading.
    /// </summary>
    /// <exception cref="InputException">The question will not do.</exception>
    internal static SeriesAnswer Of(
        HttpRequest request, RiverProgramme programme, RiverSection section, IReadingStore record,
        IRegistryStore registry, SectionYears years)
    {
        int points = (int)ApiAnswer.Number(request, "points", PointsDefault, PointsLeast, PointsMost);
        string?[] asked = [.. request.Query["measurand"]];
        long position = record.LastPosition;
        Instant newest = record.NewestTime(section.Id) ?? default;
        Period year = Period.OfYear(Period.DayOf(newest, programme.Zone).Year, programme.Zone);
        Instant to = Moment(request, "to") ?? year.End;
        Instant from = Moment(request, "from") ?? Period.OfYear(
            Period.DayOf(new Instant(to.UnixMilliseconds - 1), programme.Zone).Year, programme.Zone).Start;
        if (to <= from) throw new InputException("The span is empty.", "`to` is the first moment after it.", field: "to");
        if (to.UnixMilliseconds - from.UnixMilliseconds > TimeSpan.FromDays(DaysMax).TotalMilliseconds)
        {
            throw new InputException("The span is too long.", $"Ask for at most {DaysMax} days at once.", field: "from");
        }
        int last = Period.DayOf(new Instant(to.UnixMilliseconds - 1), programme.Zone).Year;
        List<ShownReading> shown = [];
        for (int each = Period.DayOf(from, programme.Zone).Year; each <= last; each++)
        {
            Period whole = Period.OfYear(each, programme.Zone);
            shown.AddRange(years.Read(programme, section, whole, position, record, registry).Readings
                .Where(r => from <= r.Stored.Reading.Time && r.Stored.Reading.Time < to));
        }
        TimeSpan interval = TimeSpan.FromHours(programme.IntervalHours);
        return new SeriesAnswer(
            section.Id, position, from.UnixMilliseconds, to.UnixMilliseconds, programme.IntervalHours,
            [.. shown.GroupBy(r => r.Stored.Reading.Measurand)
                .Where(g => asked.Length == 0 || asked.Contains(g.Key))
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => ChartSeries.Of(g.Key, [.. g.Where(r => !r.Verdict.IsRepeat)], interval, points))]);
    }

    private static Instant? Moment(HttpRequest request, string name)
    {
        if (ApiAnswer.Text(request, name) is not string text) return null;
        bool valid = DateTimeOffset.TryParse(
            text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment)
            && moment.Year is > 1900 and < 9990;
        return valid ? Instant.From(moment) : throw new InputException(
            $"'{text}' is no time.", "Write it as 2025-03-01T00:00:00+08:00 or …Z.", field: name);
    }
}

/// <summary>One measurand's series.</summary>
/// <remarks>
/// <c>Line</c>: Valid points; a null stands where the line must break.
/// <c>Flagged</c>: Every point that does not count, none left out.
/// <c>Gaps</c>: Spans without any reading.
/// <c>Total</c>: Readings in the span.
/// <c>Counted</c>: How many of them count.
/// <c>Last</c>: The newest reading that counts; null where none does.
/// </remarks>
internal sealed record ChartSeries(
    string Measurand, BilingualName Name, string Symbol, string Unit, IReadOnlyList<ChartPoint?> Line,
    IReadOnlyList<FlaggedPoint> Flagged, IReadOnlyList<ChartGap> Gaps, int Total, int Counted, ChartPoint? Last)
{
    // Half an interval late is a late reading; more is a missing one.
    private const double LateShare = 1.5;

    internal static ChartSeries Of(string measurand, IReadOnlyList<ShownReading> readings, TimeSpan interval, int points)
    {
        long late = (long)(interval.TotalMilliseconds * LateShare);
        List<ChartPoint?> line = [];
        List<FlaggedPoint> flagged = [];
        List<ChartGap> gaps = [];
        long? before = null, beforeGood = null;
        foreach (ShownReading reading in readings)
        {
            long time = reading.Stored.Reading.Time.UnixMilliseconds;
            if (before is long b && time - b > late)
            {
                gaps.Add(new ChartGap(b, time, (int)Math.Round((time - b) / interval.TotalMilliseconds) - 1));
            }
            before = time;
            string value = reading.Verdict.Source.Value.ToString();
            if (!reading.Verdict.Counts)
            {
                flagged.Add(new FlaggedPoint(time, value, (int)reading.Verdict.Flag, reading.Verdict.Reason));
                continue;
            }
            if (beforeGood is long g && time - g > late) line.Add(null);
            line.Add(new ChartPoint(time, value));
            beforeGood = time;
        }
        Measurand? known = Measurands.Find(measurand);
        return new ChartSeries(
            measurand, SectionAnswers.NameOf(measurand), known?.Symbol ?? measurand,
            known?.Unit ?? readings[0].Stored.Reading.Unit, LineThinning.Thin(line, points), flagged, gaps,
            readings.Count, readings.Count - flagged.Count, line.LastOrDefault(p => p is not null));
    }
}

/// <summary>A point: Unix milliseconds and the value as reported, with its sign where it is a bound.</summary>
internal sealed record ChartPoint([property: JsonPropertyName("t")] long Time, [property: JsonPropertyName("v")] string Value);

/// <summary>A point that does not count: with its flag by QARTOD's numbers and what decided it.</summary>
internal sealed record FlaggedPoint(
    [property: JsonPropertyName("t")] long Time, [property: JsonPropertyName("v")] string Value, int Flag, string Reason);

/// <summary>A span without readings: from the last one before to the first one after, and how many are missing.</summary>
internal sealed record ChartGap(long From, long To, int Missing);
