using System.Security.Cryptography;
using System.Text;
using Monitor.Domain.Readings;
using Monitor.Imagery;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Raster;
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
        SceneSource masked = scene with
        {
            Mask = scene.Mask is null ? null : scene.Mask with { Dilate = cover.DilatePixels },
            LeavesOutWater = cover.LeavesOutWater,
            Green = cover.LeavesOutWater ? scene.Green : null,
        };
        ZoneFigures figures = SceneZones.Compute(
            masked, [bank.Outline], Ends(cover), CoverageRule.Exact, Environment.ProcessorCount, cancellation)[0];
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
            Boot = BootOf(programme, bank, masked),
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
        List<StoredReading> stored = [.. record.Read(SeasonOf(programme, bank, taken, position))];
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

    /// <summary>The readings that a judgement on a scene looks at: the season's, up to the scene.</summary>
    internal static ReadingQuery SeasonOf(WetlandProgramme programme, WetlandBank bank, Instant taken, long position)
    {
        (Instant from, Instant to) = MilestoneJudgement.Season(programme, taken);
        return new ReadingQuery(bank.Id, Statistic.Instantaneous, from, to, position);
    }

    private static CoverEnds Ends(CoverTerms t) => new(
        (double)t.Soil[0], (double)t.Soil[1], (double)t.Soil[2],
        (double)t.Vegetation[0], (double)t.Vegetation[1], (double)t.Vegetation[2],
        t.IsSquared ? CoverModel.CarlsonRipley : CoverModel.Linear);

    // The scene's identity: its pixels' bytes, the terms and the algorithm. Another of any of them is another batch.
    private static string BootOf(WetlandProgramme programme, WetlandBank bank, SceneSource scene)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in scene.Files)
        {
            using FileStream stream = File.OpenRead(file);
            hash.AppendData(SHA256.HashData(stream));
        }
        // What the numbers mean is part of what they are: other scaling, other figures.
        FormattableString meaning = $"{scene.Scale:R} {scene.Offset:R} {scene.RedScaling} {scene.NirScaling} {scene.NoData}";
        hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant(meaning)));
        if (scene.LeavesOutWater) hash.AppendData(Encoding.UTF8.GetBytes($"green {scene.GreenScaling}"));
        hash.AppendData(Encoding.UTF8.GetBytes($"{programme.Text.Sha256} {bank.Id} {Algorithm}"));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Identifier.LengthMax];
    }
}
