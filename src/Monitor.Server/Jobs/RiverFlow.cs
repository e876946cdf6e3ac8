using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;

namespace Monitor.Server.Jobs;

/// <summary>From the record to a sealed draft notice: read the period up to a position, judge, seal.</summary>
/// <param name="record">The readings.</param>
/// <param name="desk">Where judgements are sealed.</param>
public sealed class RiverFlow(IReadingStore record, SealingDesk desk)
{
    /// <summary>Judges and seals every section of a programme over a period, in the order of the programme.</summary>
    /// <param name="programme">The terms.</param>
    /// <param name="period">A closed period.</param>
    /// <param name="caution">Says that the data are made up, where they are.</param>
    public IReadOnlyList<SealedNotice> Judge(RiverProgramme programme, Period period, Bilingual? caution = null)
    {
        long position = record.LastPosition;
        return [.. programme.Sections.Select(section =>
        {
            IReadOnlyList<StoredReading> readings = Read(record, programme, section, period, position);
            RiverAssessment assessment = RiverJudgement.Assess(
                programme, section, period, readings.Select(r => r.Reading));
            return desk.Seal(assessment, readings, position, caution);
        })];
    }

    /// <summary>What a judgement reads: the section's readings of the period, up to a position inclusive.</summary>
    public static IReadOnlyList<StoredReading> Read(
        IReadingStore record, RiverProgramme programme, RiverSection section, Period period, long position) =>
        [.. record.Read(new ReadingQuery(section.Id, programme.Statistic, period.Start, period.End, position))];
}
