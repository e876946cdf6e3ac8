using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;

namespace Monitor.Programmes.Judgements;

/// <summary>Means over civil days, months and the year, with the programme's demands on how many data each needs.</summary>
public static class PeriodMeans
{
    /// <summary>
    /// The figure of one measurand: daily means of valid readings (where the programme goes through days), monthly means
    /// of valid days, the yearly mean of valid months; over a month, that month's. Nothing is rounded on the way.
    /// </summary>
    /// <param name="programme">The terms.</param>
    /// <param name="measurand">Its code.</param>
    /// <param name="period">The period.</param>
    /// <param name="screened">Its values, in the order of time; those outside the period have no part in the means.</param>
    /// <param name="way">Another way to reckon; null for the agreed one.</param>
    public static MeasurandFigure Of(
        RiverProgramme programme, string measurand, Period period, IReadOnlyList<ScreenedValue> screened,
        Reckoning? way = null)
    {
        Func<List<decimal>, decimal> middle = (way ?? Reckoning.Agreed).Middle(measurand == Measurands.Ph);
        List<MonthFigure> months = [];
        List<decimal> monthMeans = [];
        int next = 0;
        foreach (Period month in period.Months())
        {
            while (next < screened.Count && screened[next].Time < month.Start) next++;
            int first = next;
            while (next < screened.Count && screened[next].Time < month.End) next++;
            MonthFigure figure = OfMonth(programme, month, screened.Skip(first).Take(next - first), middle);
            months.Add(figure);
            if (figure.Value is decimal mean) monthMeans.Add(mean);
        }
        int monthsMin = period.Month is null ? programme.Validity.YearMonthsMin : 1;
        decimal? value = monthMeans.Count >= monthsMin ? middle(monthMeans) : null;
        return new MeasurandFigure(
            measurand, value,
            months.Sum(m => m.Count), months.Sum(m => m.Expected),
            screened.Count(v => v.Flag == QcFlag.Good && v.IsBelowDetection && period.Contains(v.Time)),
            Exclusions(screened), months);
    }

    /// <summary>
    /// A figure that the period has once, as a year's water use: the one distinct valid value; null where there is none or
    /// where several differ.
    /// </summary>
    public static MeasurandFigure Once(string measurand, IReadOnlyList<ScreenedValue> screened)
    {
        List<decimal> valid = [.. screened.Where(v => v.Flag == QcFlag.Good).Select(v => v.Value).Distinct()];
        decimal? value = valid.Count == 1 ? valid[0] : null;
        return new MeasurandFigure(measurand, value, Math.Min(valid.Count, 1), 1, 0, Exclusions(screened), []);
    }

    private static MonthFigure OfMonth(
        RiverProgramme programme, Period month, IEnumerable<ScreenedValue> inMonth,
        Func<List<decimal>, decimal> middle)
    {
        List<decimal> dayMeans = [];
        List<decimal> all = [];
        int validDays = 0;
        foreach (IGrouping<DateOnly, ScreenedValue> day in inMonth
            .Where(v => v.Flag == QcFlag.Good)
            .GroupBy(v => Period.DayOf(v.Time, programme.Zone)))
        {
            List<decimal> values = [.. day.Select(v => v.Value)];
            all.AddRange(values);
            if (values.Count < programme.Validity.DayReadingsMin) continue;
            validDays++;
            dayMeans.Add(middle(values));
        }
        int expected = month.Days * (24 / programme.IntervalHours);
        bool isValid = validDays > 0 && validDays >= programme.Validity.MonthShareMin * month.Days;
        decimal? mean = isValid ? middle(programme.ThroughDays ? dayMeans : all) : null;
        return new MonthFigure(month, mean, all.Count, expected, validDays);
    }

    private static Exclusion[] Exclusions(IReadOnlyList<ScreenedValue> screened) =>
        [.. screened.Where(v => v.Flag != QcFlag.Good)
            .GroupBy(v => (v.Reason, v.Flag))
            .OrderBy(g => g.Key.Reason, StringComparer.Ordinal).ThenBy(g => g.Key.Flag)
            .Select(g => new Exclusion(g.Key.Reason, g.Key.Flag, g.Count()))];
}
