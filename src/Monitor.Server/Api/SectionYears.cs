using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;

namespace Monitor.Server.Api;

/// <summary>
/// A section's year as it was read up to a position. Each part is made when it is first asked for, once for all who ask;
/// one that failed is made again.
/// </summary>
/// <param name="programme">The terms.</param>
/// <param name="section">A section of the programme.</param>
/// <param name="year">The year.</param>
/// <param name="position">Last position that counts.</param>
/// <param name="record">The readings.</param>
/// <param name="registry">Reviews and suspensions.</param>
internal sealed class SectionYear(
    RiverProgramme programme, RiverSection section, Period year, long position, IReadingStore record,
    IRegistryStore registry)
{
    private object? readGate, judgedGate, figuresGate, monthsGate, readingsGate, alternativesGate, aheadGate;
    private JudgementInputs? inputs;
    private RiverAssessment? judged;
    private IReadOnlyList<AlternativeAnswer>? alternatives;
    private AheadAnswer? ahead;
    private IReadOnlyList<MeasurandAnswer>? figures;
    private IReadOnlyList<MonthAnswer>? months;
    private IReadOnlyList<ShownReading>? readings;

    /// <summary>The position.</summary>
    internal long Position => position;

    /// <summary>Figures of the year.</summary>
    internal IReadOnlyList<MeasurandAnswer> Figures => Once(ref figures, ref figuresGate,
        () => [.. Judged.Figures.Select(f => SectionAnswers.FigureOf(Judged, f))]);

    /// <summary>The year in the other ways that somebody may hold against it.</summary>
    internal IReadOnlyList<AlternativeAnswer> OtherWays => Once(ref alternatives, ref alternativesGate,
        () => [.. Alternatives.Of(Judged, Inputs).Select(AlternativeAnswer.Of)]);

    /// <summary>What the rest of the year may still bring, as far as its readings go.</summary>
    internal AheadAnswer Ahead => Once(ref ahead, ref aheadGate, () => AheadAnswer.Of(
        AheadJudgement.Of(
            Judged, AheadJudgement.Until(programme, year, Inputs.Readings.Select(r => r.Reading)) ?? year.Start),
        Judged));

    /// <summary>Preliminary judgements of its months.</summary>
    internal IReadOnlyList<MonthAnswer> Months => Once(ref months, ref monthsGate, JudgeMonths);

    /// <summary>Every reading with its flag, in the order of measurand, time and position.</summary>
    internal IReadOnlyList<ShownReading> Readings =>
        Once(ref readings, ref readingsGate, () => ShownReading.Of(
            programme, Inputs with { Readings = [.. Inputs.Readings.Where(r => year.Contains(r.Reading.Time))] }));

    private RiverAssessment Judged => Once(ref judged, ref judgedGate,
        () => RiverJudgement.Assess(programme, section, year, Inputs));

    private JudgementInputs Inputs => Once(ref inputs, ref readGate, () => JudgementInputs.Read(
        record, registry, programme, section, year, position));

    private static T Once<T>(ref T? part, ref object? gate, Func<T> make)
        where T : class => LazyInitializer.EnsureInitialized(ref part, ref gate, make);

    private IReadOnlyList<MonthAnswer> JudgeMonths()
    {
        ILookup<bool, StoredReading> inYear = Inputs.Readings.ToLookup(r => year.Contains(r.Reading.Time));
        ILookup<int, StoredReading> byMonth =
            inYear[true].ToLookup(r => Period.DayOf(r.Reading.Time, programme.Zone).Month);
        // Months without any reading are not judged: a year that is still running has no future.
        return [.. year.Months()
            .Where(month => byMonth.Contains(month.Month!.Value))
            .Select(month => SectionAnswers.MonthOf(RiverJudgement.Assess(
                programme, section, month, JudgementInputs.Read(
                    [.. inYear[false], .. byMonth[month.Month!.Value]], registry, section.Id, month, position,
                    section.ReadsFrom(month))))),
        ];
    }
}

/// <summary>
/// Reads a section's year once for all requests until the record moves on: screening a year is the dear part of every answer.
/// </summary>
internal sealed class SectionYears
{
    // Seven sections of a basin, and one more whose year is turned back.
    private const int KeptMax = 8;

    private readonly Lock gate = new();
    private readonly Dictionary<(string Section, string Year), SectionYear> kept = [];
    private readonly LinkedList<(string Section, string Year)> order = [];
    private long keptPosition = -1;

    internal SectionYear Read(
        RiverProgramme programme, RiverSection section, Period year, long position, IReadingStore record,
        IRegistryStore registry)
    {
        lock (gate)
        {
            if (position < keptPosition)
            {
                // A question about the past: it must not push out what everyone looks at.
                return new SectionYear(programme, section, year, position, record, registry);
            }
            if (position > keptPosition)
            {
                kept.Clear();
                order.Clear();
                keptPosition = position;
            }
            (string, string) key = (section.Id, year.Label);
            if (kept.TryGetValue(key, out SectionYear? known)) return known;
            var answer = new SectionYear(programme, section, year, position, record, registry);
            kept.Add(key, answer);
            order.AddLast(key);
            if (order.Count > KeptMax)
            {
                kept.Remove(order.First!.Value);
                order.RemoveFirst();
            }
            return answer;
        }
    }
}
