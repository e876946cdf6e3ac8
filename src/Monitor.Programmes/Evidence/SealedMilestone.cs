using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;

namespace Monitor.Programmes.Evidence;

/// <summary>What a milestone's judgement on readings was sealed by.</summary>
/// <param name="Programme">The terms, read from the sealed text.</param>
/// <param name="Bank">The bank.</param>
/// <param name="Part">The milestone, or the part of a yearly one.</param>
public abstract record SealedMilestone(WetlandProgramme Programme, WetlandBank Bank, MilestonePart Part)
{
    /// <summary>The canonical bytes of the judgement made again; none where the inputs give nothing to judge.</summary>
    /// <param name="judged">The sealed judgement.</param>
    /// <param name="inputs">What it read.</param>
    /// <param name="before">The ledger's entries before it; asked for where the judgement rests on entries too.</param>
    public abstract byte[] Judge(LedgerEntry judged, JudgementInputs inputs, IEnumerable<LedgerEntry> before);

    /// <summary>The readings that the judgement looked at.</summary>
    /// <param name="judged">The sealed judgement.</param>
    /// <param name="position">Position up to which it read.</param>
    public abstract ReadingQuery Query(LedgerEntry judged, long position);

    /// <summary>What it reads, taken from the stores again.</summary>
    /// <param name="judged">The sealed judgement.</param>
    /// <param name="record">The readings.</param>
    /// <param name="registry">What stands beside them, in the same position sequence.</param>
    /// <param name="position">Position up to which it read.</param>
    public abstract JudgementInputs Inputs(
        LedgerEntry judged, IReadingStore record, IRegistryStore registry, long position);
}

/// <summary>A judgement on a scene, or on the composite of the season up to it.</summary>
/// <param name="Programme">The terms, read from the sealed text.</param>
/// <param name="Bank">The bank.</param>
/// <param name="Part">The milestone, or the part of a yearly one.</param>
/// <param name="Taken">When the scene was taken.</param>
public sealed record SealedScene(WetlandProgramme Programme, WetlandBank Bank, MilestonePart Part, Instant Taken)
    : SealedMilestone(Programme, Bank, Part)
{
    /// <inheritdoc/>
    public override byte[] Judge(LedgerEntry judged, JudgementInputs inputs, IEnumerable<LedgerEntry> before)
    {
        MilestoneAssessment? again = MilestoneJudgement.Assess(
            Programme, Bank, Part, Taken, inputs.Readings.Select(r => r.Reading));
        return again is null ? [] : MilestoneJudgement.Write(again, MilestoneJudgement.ListsScenes(judged.Body));
    }

    /// <summary>The season's up to the scene; before such judgements listed their scenes, they read the one alone.</summary>
    public override ReadingQuery Query(LedgerEntry judged, long position) =>
        MilestoneJudgement.ListsScenes(judged.Body)
            ? MilestoneJudgement.SeasonQuery(Programme, Bank, Taken, position)
            : ReadingQuery.At(Bank.Id, Statistic.Instantaneous, Taken, position);

    /// <inheritdoc/>
    public override JudgementInputs Inputs(
        LedgerEntry judged, IReadingStore record, IRegistryStore registry, long position)
    {
        List<StoredReading> readings = [.. record.Read(Query(judged, position))];
        return new JudgementInputs(readings, [])
        {
            Devices = JudgementInputs.DevicesOf(readings, registry, position),
        };
    }
}

/// <summary>A judgement on a season of a bank's wells.</summary>
/// <param name="Programme">The terms, read from the sealed text.</param>
/// <param name="Bank">The bank.</param>
/// <param name="Part">The milestone, or the part of a yearly one; its criterion is hydrology.</param>
/// <param name="Year">The season's civil year.</param>
public sealed record SealedHydrology(WetlandProgramme Programme, WetlandBank Bank, MilestonePart Part, int Year)
    : SealedMilestone(Programme, Bank, Part)
{
    /// <inheritdoc/>
    public override byte[] Judge(LedgerEntry judged, JudgementInputs inputs, IEnumerable<LedgerEntry> before) =>
        Judge(inputs);

    /// <summary>The canonical bytes of the judgement; none where no well sent anything.</summary>
    public byte[] Judge(JudgementInputs inputs) =>
        HydrologyJudgement.Assess(Programme, Bank, Part, Year, inputs) is HydrologyAssessment again
            ? HydrologyJudgement.Write(again)
            : [];

    /// <summary>The whole civil year, so that what is said of the year's rain after the season is in it.</summary>
    public override ReadingQuery Query(LedgerEntry judged, long position) => Query(position);

    /// <inheritdoc cref="Query(LedgerEntry, long)"/>
    public ReadingQuery Query(long position) =>
        new(Bank.Id, Asked.Statistic, Period.Start, Period.End, position);

    /// <inheritdoc/>
    public override JudgementInputs Inputs(
        LedgerEntry judged, IReadingStore record, IRegistryStore registry, long position) =>
        Inputs(record, registry, position);

    /// <inheritdoc cref="Inputs(LedgerEntry, IReadingStore, IRegistryStore, long)"/>
    public JudgementInputs Inputs(IReadingStore record, IRegistryStore registry, long position) =>
        JudgementInputs.Read(record, registry, Bank.Id, Asked.Statistic, Period, position);

    private ByHydrology Asked => (ByHydrology)Part.Criterion;

    private Period Period => Period.OfYear(Year, Programme.Zone);
}

/// <summary>
/// A judgement on a year, from the entries of its parts. Its evidence is that of its wells, so that these are judged again
/// from their readings; what else it names are entries of the same ledger.
/// </summary>
/// <param name="Programme">The terms, read from the sealed text.</param>
/// <param name="Bank">The bank.</param>
/// <param name="Part">The milestone, whole; its criterion is yearly.</param>
/// <param name="Wells">The part that the evidence is of.</param>
public sealed record SealedYear(WetlandProgramme Programme, WetlandBank Bank, MilestonePart Part, SealedHydrology Wells)
    : SealedMilestone(Programme, Bank, Part)
{
    /// <inheritdoc/>
    public override byte[] Judge(LedgerEntry judged, JudgementInputs inputs, IEnumerable<LedgerEntry> before)
    {
        YearAssessment? again = YearJudgement.Again(judged, Programme, Bank, Part.Milestone, [.. before]);
        bool areWellsTheSame = again?.Wells?.Entry is LedgerEntry wells && wells.Evidence == judged.Evidence
            && wells.Body.Span.SequenceEqual(Wells.Judge(inputs));
        return areWellsTheSame ? YearJudgement.Write(again!) : [];
    }

    /// <inheritdoc/>
    public override ReadingQuery Query(LedgerEntry judged, long position) => Wells.Query(position);

    /// <inheritdoc/>
    public override JudgementInputs Inputs(
        LedgerEntry judged, IReadingStore record, IRegistryStore registry, long position) =>
        Wells.Inputs(record, registry, position);
}
