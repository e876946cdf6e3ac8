using Monitor.Domain.Readings;
using Monitor.Imagery;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Raster.Zones;
using Monitor.Wire.Envelope;

namespace Monitor.Server.Jobs;

/// <summary>What a scene led to.</summary>
/// <param name="Readings">Readings that the satellite sensor handed on.</param>
/// <param name="Proposals">Proposals sealed; none where no milestone passed.</param>
public sealed record SceneOutcome(int Readings, IReadOnlyList<LedgerEntry> Proposals);

/// <summary>
/// From a scene to a sealed proposal: the site's figures become readings of the satellite sensor, go through the same
/// append as any device's, and are judged as they then lie in the record.
/// </summary>
/// <param name="record">The readings.</param>
/// <param name="append">Appends an arrival as the intake does; returns when it is durable.</param>
/// <param name="desk">Where judgements are sealed.</param>
public sealed class SceneFlow(
    IReadingStore record, Func<Arrival, AppendOutcome> append, SealingDesk desk)
{
    /// <summary>
    /// Version of the way from pixels to figures, and so the instrument of the series: a new one begins a new series.
    /// </summary>
    public const string Algorithm = "ndvi-1";

    /// <summary>
    /// Takes a scene for a bank and judges its cover milestones on it. The same files again change nothing.
    /// </summary>
    public SceneOutcome Take(
        WetlandProgramme programme, WetlandBank bank, SceneSource scene, Instant taken, CancellationToken cancellation)
    {
        int readings = Append(programme, bank, scene, taken, cancellation);
        return new SceneOutcome(readings, Judge(programme, bank, taken, _ => false));
    }

    /// <summary>
    /// Judges the cover milestones on every scene of a bank that the record holds; what is judged already is not judged
    /// again.
    /// </summary>
    /// <returns>Proposals that this call sealed.</returns>
    public IReadOnlyList<LedgerEntry> JudgeAll(WetlandProgramme programme, WetlandBank bank)
    {
        var all = new ReadingQuery(
            bank.Id, Statistic.Instantaneous, new Instant(0), new Instant(long.MaxValue), record.LastPosition);
        // A clear fraction belongs to every scene that was taken, also to one under cloud.
        Instant[] scenes = [.. record.Read(all).Where(r => r.Reading.Measurand == Measurands.ClearFraction)
            .Select(r => r.Reading.Time).Distinct().Order()];
        return [.. scenes.SelectMany(
            taken => Judge(programme, bank, taken, m => desk.IsSettled(programme, bank, m, taken)))];
    }

    private int Append(
        WetlandProgramme programme, WetlandBank bank, SceneSource scene, Instant taken, CancellationToken cancellation)
    {
        CoverTerms cover = programme.Cover;
        SceneSource masked = cover.Masked(scene);
        ZoneFigures figures = SceneZones.Compute(
            masked, [bank.Outline], cover.Ends(), CoverageRule.Exact, Environment.ProcessorCount, cancellation)[0];
        List<Reading> readings = [];
        void Add(string measurand, double? figure)
        {
            if (figure is not double value) return;
            // The one place where a raster's figure becomes a number that judges.
            decimal rounded = decimal.Round((decimal)value, programme.SensorDigits, MidpointRounding.ToEven);
            if (!ReportedValue.TryFrom(rounded, Qualifier.None, out ReportedValue reported))
            {
                throw new InvalidOperationException($"{measurand} of {bank.Id} is {value}, which no reading can hold.");
            }
            readings.Add(new Reading
            {
                Index = readings.Count,
                Measurand = measurand,
                Time = taken,
                Value = reported,
                Statistic = Statistic.Instantaneous,
                Unit = "1",
                Instrument = Algorithm,
            });
        }
        Add(Measurands.ClearFraction, figures.ClearFraction);
        Add(Measurands.Ndvi, figures.Mean);
        Add(Measurands.CoverLow, figures.Cover?.Low);
        Add(Measurands.Cover, figures.Cover?.Central);
        Add(Measurands.CoverHigh, figures.Cover?.High);
        if (readings.Count == 0) return 0;
        var batch = new ReadingBatch
        {
            Agent = programme.SensorAgent,
            Section = bank.Id,
            Boot = SceneIdentity.Of(programme, bank, masked, SceneIdentity.Digest),
            Sequence = 1,
            // The scene's own time, not the clock's: the same scene makes the same bytes, and is stored once.
            Sent = taken,
            Readings = readings,
            Payload = default,
        };
        AppendOutcome outcome = append(new BatchArrival(batch with { Payload = EnvelopeCodec.Encode(batch) }));
        if (outcome == AppendOutcome.Conflict)
        {
            throw new SceneConflictException($"The scene of {taken} gave other figures than before under {Algorithm}.");
        }
        return readings.Count;
    }

    private List<LedgerEntry> Judge(
        WetlandProgramme programme, WetlandBank bank, Instant taken, Func<Milestone, bool> isSettled)
    {
        long position = record.LastPosition;
        List<StoredReading> stored = [.. record.Read(MilestoneJudgement.SeasonQuery(programme, bank, taken, position))];
        List<LedgerEntry> proposals = [];
        foreach (Milestone milestone in programme.Milestones.Where(m => m.CoverAtLeast is not null))
        {
            // A milestone that is released is not judged again; the figures stay in the record all the same.
            if (desk.IsReleased(programme, bank, milestone) || isSettled(milestone)) continue;
            MilestoneAssessment? assessment = MilestoneJudgement.Assess(
                programme, bank, milestone, taken, stored.Select(s => s.Reading));
            if (assessment is null) continue;
            if (desk.Seal(assessment, stored, position) is LedgerEntry proposal) proposals.Add(proposal);
        }
        return proposals;
    }
}
