using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;

namespace Monitor.Server.Api;

/// <summary>A section's year as it was read up to a position.</summary>
/// <param name="Position">The position.</param>
/// <param name="Figures">Figures of the year.</param>
/// <param name="Months">Preliminary judgements of its months.</param>
/// <param name="Readings">Every reading with its flag, in the order of measurand and time.</param>
internal sealed record SectionYear(
    long Position, IReadOnlyList<MeasurandAnswer> Figures, IReadOnlyList<MonthAnswer> Months,
    IReadOnlyList<ShownReading> Readings);

/// <summary>
/// Reads a section's year once for all requests until the record moves on: screening a year is the dear part of every answer.
/// </summary>
internal sealed class SectionYears
{
    // Seven sections of a basin, and one more whose year is turned back.
    private const int KeptMax = 8;

    private readonly Lock gate = new();
    private readonly Dictionary<(string Section, string Year), Lazy<SectionYear>> kept = [];
    private readonly LinkedList<(string Section, string Year)> order = [];
    private long keptPosition = -1;

    internal SectionYear Read(
        RiverProgramme programme, RiverSection section, Period year, long position, IReadingStore record,
        IRegistryStore registry)
    {
        Lazy<SectionYear> answer;
        lock (gate)
        {
            if (position != keptPosition)
            {
                kept.Clear();
                order.Clear();
                keptPosition = position;
            }
            (string, string) key = (section.Id, year.Label);
            if (!kept.TryGetValue(key, out answer!))
            {
                answer = new Lazy<SectionYear>(() => Make(programme, section, year, position, record, registry));
                kept[key] = answer;
                order.AddLast(key);
                if (order.Count > KeptMax)
                {
                    kept.Remove(order.First!.Value);
                    order.RemoveFirst();
                }
            }
        }
        try
        {
            return answer.Value;
        }
        catch
        {
            // A store that did not answer once must be asked again.
            lock (gate)
            {
                if (kept.Remove((section.Id, year.Label))) order.Remove((section.Id, year.Label));
            }
            throw;
        }
    }

    private static SectionYear Make(
        RiverProgramme programme, RiverSection section, Period year, long position, IReadingStore record,
        IRegistryStore registry)
    {
        JudgementInputs inputs = JudgementInputs.Read(record, registry, section.Id, programme.Statistic, year, position);
        RiverAssessment assessment = RiverJudgement.Assess(programme, section, year, inputs);
        // Months without any reading are not judged: a year that is still running has no future.
        ILookup<int, StoredReading> byMonth =
            inputs.Readings.ToLookup(r => Period.DayOf(r.Reading.Time, programme.Zone).Month);
        List<MonthAnswer> months = [.. year.Months()
            .Where(month => byMonth.Contains(month.Month!.Value))
            .Select(month => SectionAnswers.MonthOf(RiverJudgement.Assess(
                programme, section, month, JudgementInputs.Read(
                    [.. byMonth[month.Month!.Value]], registry, section.Id, month, position)))),
        ];
        return new SectionYear(
            position, [.. assessment.Figures.Select(f => SectionAnswers.FigureOf(assessment, f))], months,
            ShownReading.Of(programme, inputs));
    }
}
