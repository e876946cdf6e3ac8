using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Rules.Compensation;

namespace Monitor.Programmes.Judgements;

/// <summary>One month of a measurand with its flow.</summary>
/// <param name="Period">The month.</param>
/// <param name="Load">Its pairs; what is alone is counted there.</param>
/// <param name="ValidDays">Days with enough pairs.</param>
/// <param name="IsValid">Whether enough days are valid.</param>
internal sealed record PairedMonth(Period Period, PairedLoad Load, int ValidDays, bool IsValid)
{
    private const decimal SecondsOfHour = 3_600;

    private IReadOnlyDictionary<long, decimal> Values { get; init; } = new Dictionary<long, decimal>();

    private IReadOnlyDictionary<long, decimal> Flows { get; init; } = new Dictionary<long, decimal>();

    /// <summary>Pairs the values and flows of a month by their slots.</summary>
    internal static PairedMonth Of(
        RiverProgramme programme, Period month, IReadOnlyDictionary<long, decimal> values,
        IReadOnlyDictionary<long, decimal> flows)
    {
        PairedLoad load = FlowPairs.Of(values, flows, programme.IntervalHours * SecondsOfHour);
        int validDays = values.Keys.Where(slot => FlowPairs.IsPair(values, flows, slot))
            .GroupBy(PairedFigure.DayOf).Count(day => day.Count() >= programme.Validity.DayReadingsMin);
        bool isValid = validDays > 0 && validDays >= programme.Validity.MonthShareMin * month.Days;
        return new PairedMonth(month, load, validDays, isValid) { Values = values, Flows = flows };
    }

    /// <summary>The month of the slots alone that another place has too: two sums of the same hours can be subtracted.</summary>
    internal PairedMonth SharedWith(PairedMonth other, RiverProgramme programme)
    {
        HashSet<long> both = [.. Values.Keys.Where(
            slot => FlowPairs.IsPair(Values, Flows, slot) && FlowPairs.IsPair(other.Values, other.Flows, slot))];
        return Of(programme, Period, Only(Values, both), Only(Flows, both));
    }

    private static Dictionary<long, decimal> Only(IReadOnlyDictionary<long, decimal> all, HashSet<long> slots) =>
        all.Where(each => slots.Contains(each.Key)).ToDictionary(each => each.Key, each => each.Value);
}

/// <summary>
/// A measurand with the flow of the same section and the same slot: the programme's interval of the civil day, as an hour or
/// the day. Several values of a slot are their mean. Months with too few pairs do not count, as with means.
/// </summary>
/// <param name="Measurand">Its code.</param>
/// <param name="Flow">The flow's.</param>
/// <param name="Months">The months.</param>
/// <param name="Expected">Slots of the whole period.</param>
internal sealed record PairedFigure(string Measurand, string Flow, IReadOnlyList<PairedMonth> Months, int Expected)
{
    private const int HoursOfDay = 24;
    private const long SlotsApart = 32; // more than a day of 25 hours has, so that slots of two days never meet
    private const long MillisecondsOfHour = 3_600_000;
    /// <summary>Pairs the good values of a period.</summary>
    internal static PairedFigure Of(
        RiverProgramme programme, string measurand, string flow, Period period, IReadOnlyList<ScreenedValue> values,
        IReadOnlyList<ScreenedValue> flows)
    {
        List<PairedMonth> months = [.. period.Months().Select(m => Month(programme, m, values, flows))];
        return new PairedFigure(
            measurand, flow, months, period.Days * (HoursOfDay / programme.IntervalHours));
    }

    /// <summary>All pairs of valid months, and what was alone in any month.</summary>
    internal PairedLoad Sum => Months.Aggregate(PairedLoad.None, (sum, m) => sum.Plus(m.IsValid
        ? m.Load
        : PairedLoad.None with { ValuesAlone = m.Load.ValuesAlone, FlowsAlone = m.Load.FlowsAlone }));

    /// <summary>The figure that an index compares; without a value where too few months are valid.</summary>
    internal MeasurandFigure Figure(PartStatistic statistic, int monthsMin)
    {
        List<MonthFigure> months = [.. Months.Select(m => new MonthFigure(
            m.Period, m.IsValid ? ValueOf(statistic, m.Load) : null, m.Load.Pairs,
            Expected * m.Period.Days / Months.Sum(each => each.Period.Days), m.ValidDays))];
        bool isEnough = months.Count(m => m.Value is not null) >= monthsMin;
        return new MeasurandFigure(Measurand, isEnough ? ValueOf(statistic, Sum) : null, Sum.Pairs, Expected, 0, [], months);
    }

    private static decimal? ValueOf(PartStatistic statistic, PairedLoad load) => statistic == PartStatistic.Load
        ? load.Tonnes
        : Load.FlowWeightedMean(load.Tonnes, load.CubicMetres);

    private static PairedMonth Month(
        RiverProgramme programme, Period month, IReadOnlyList<ScreenedValue> values, IReadOnlyList<ScreenedValue> flows) =>
        PairedMonth.Of(programme, month, Slots(programme, month, values), Slots(programme, month, flows));

    /// <summary>A number for the civil day of a slot.</summary>
    internal static long DayOf(long slot) => slot / SlotsApart;

    private static Dictionary<long, decimal> Slots(
        RiverProgramme programme, Period month, IReadOnlyList<ScreenedValue> screened) =>
        screened.Where(v => v.Flag == QcFlag.Good && month.Contains(v.Time))
            .GroupBy(v => SlotOf(programme, v.Time))
            .ToDictionary(g => g.Key, g => g.Sum(v => v.Value) / g.Count());

    private static long SlotOf(RiverProgramme programme, Instant time)
    {
        DateOnly day = Period.DayOf(time, programme.Zone);
        long sinceMidnight = time.UnixMilliseconds - Period.Midnight(day, programme.Zone).UnixMilliseconds;
        return (day.DayNumber * SlotsApart) + (sinceMidnight / (programme.IntervalHours * MillisecondsOfHour));
    }
}
