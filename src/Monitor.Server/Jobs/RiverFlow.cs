using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Documents;
using Monitor.Programmes.Judgements;

namespace Monitor.Server.Jobs;

/// <summary>From the record to a sealed draft notice: read the period up to a position, judge, seal.</summary>
/// <param name="record">The readings.</param>
/// <param name="registry">Reviews and suspensions, in the same position sequence.</param>
/// <param name="desk">Where judgements are sealed.</param>
public sealed class RiverFlow(IReadingStore record, IRegistryStore registry, SealingDesk desk)
{
    /// <summary>Judges and seals every section of a programme over a period, in the order of the programme.</summary>
    /// <param name="programme">The terms.</param>
    /// <param name="period">A closed period.</param>
    /// <param name="caution">Says that the data are made up, where they are.</param>
    public IReadOnlyList<SealedNotice> Judge(RiverProgramme programme, Period period, Bilingual? caution = null)
    {
        long position = record.LastPosition;
        return [.. programme.Sections.Select(section => Judge(programme, section, period, position, caution))];
    }

    /// <summary>Judges and seals one section; a section whose draft is sealed already is not judged again.</summary>
    /// <param name="programme">The terms.</param>
    /// <param name="section">A section of the programme.</param>
    /// <param name="period">A closed period.</param>
    /// <param name="position">Last position that counts, inclusive.</param>
    /// <param name="caution">Says that the data are made up, where they are.</param>
    public SealedNotice Judge(
        RiverProgramme programme, RiverSection section, Period period, long position, Bilingual? caution)
    {
        if (desk.Drafted(programme, section, period) is SealedNotice drafted) return drafted;
        JudgementInputs inputs = JudgementInputs.Read(
            record, registry, programme, section, period, position);
        RiverAssessment assessment = RiverJudgement.Assess(programme, section, period, inputs);
        return desk.Seal(assessment, inputs, position, caution);
    }
}
