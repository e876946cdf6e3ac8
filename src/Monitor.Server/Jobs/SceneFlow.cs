using Monitor.Domain;
using Monitor.Domain.Places;
using Monitor.Domain.Readings;
using Monitor.Imagery;
using Monitor.Ledger;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Judgements;
using Monitor.Raster.Zones;
using Monitor.Storage;

namespace Monitor.Server.Jobs;

/// <summary>What a scene led to.</summary>
/// <param name="Readings">Readings that the satellite sensor handed on.</param>
/// <param name="Proposals">Proposals sealed; none where no milestone passed.</param>
public sealed record SceneOutcome(int Readings, IReadOnlyList<LedgerEntry> Proposals);

/// <summary>
/// From a scene to a sealed proposal: the site's figures, and where the programme says so those of the season's composite
/// up to the scene, become readings of the satellite sensor, go through the same append as any device's, and are judged as
/// they then lie in the record.
/// </summary>
/// <param name="record">The readings.</param>
/// <param name="append">Appends an arrival as the intake does; returns when it is durable.</param>
/// <param name="desk">Where judgements are sealed.</param>
/// <param name="folder">Where the scenes lie that were taken before.</param>
public sealed class SceneFlow(
    IReadingStore record, Func<Arrival, AppendOutcome> append, SealingDesk desk, DataFolder folder)
{
    // A scene that comes in while another is being put into a composite would be in neither.
    private readonly Lock gate = new();
    private readonly SeasonPixels pixels = new(folder);

    /// <summary>
    /// Takes a scene for a bank and judges its cover milestones. The same files again change nothing.
    /// </summary>
    /// <exception cref="InputException">
    /// The scene cannot be read, does not fit the season's others, or one of those is missing; nothing of it was stored.
    /// </exception>
    /// <exception cref="SceneConflictException">The same scene gave other figures than before.</exception>
    public SceneOutcome Take(
        WetlandProgramme programme, WetlandBank bank, SceneSource scene, Instant taken, CancellationToken cancellation)
    {
        lock (gate)
        {
            SceneSource masked = programme.Cover.Masked(scene);
            Polygon outline = SiteOutline.In(bank.Outline, bank.Crs, masked.Red);
            ZoneFigures figures = SceneZones.Compute(
                masked, [outline], programme.Cover.Ends(), CoverageRule.Exact, Environment.ProcessorCount, cancellation)[0];
            string identity = pixels.IdentityOf(programme, bank, masked);
            if (SiteFigures.OfScene(programme, bank, taken, figures, identity) is not ReadingBatch own)
                return new SceneOutcome(0, Judge(programme, bank, taken, masked, _ => false));
            // Before anything is stored: a scene that no composite can hold is refused whole.
            ReadingBatch? composite = Composite(programme, bank, taken, (own, masked), cancellation);
            Append(own);
            if (composite is not null) Append(composite);
            return new SceneOutcome(
                own.Readings.Count + (composite?.Readings.Count ?? MadeBefore(programme, bank, taken)),
                Judge(programme, bank, taken, masked, _ => false));
        }
    }

    /// <summary>
    /// Judges the cover milestones on every scene of a bank that the record holds; what is judged already is not judged
    /// again. A composite that a service was killed before storing is made now.
    /// </summary>
    /// <returns>Proposals that this call sealed.</returns>
    /// <exception cref="InputException">A composite is to be made, and a scene of it is missing.</exception>
    public IReadOnlyList<LedgerEntry> JudgeAll(
        WetlandProgramme programme, WetlandBank bank, CancellationToken cancellation = default)
    {
        lock (gate)
        {
            var all = new ReadingQuery(
                bank.Id, Statistic.Instantaneous, new Instant(0), new Instant(long.MaxValue), record.LastPosition);
            // A clear fraction belongs to every scene that was taken, also to one under cloud.
            Instant[] scenes = [.. record.Read(all).Where(r => r.Reading.Measurand == Measurands.ClearFraction)
                .Select(r => r.Reading.Time).Distinct().Order()];
            List<LedgerEntry> proposals = [];
            foreach (Instant taken in scenes)
            {
                bool IsDone(MilestonePart part) => desk.IsSettled(programme, bank, part, taken);
                if (!Open(programme, bank, IsDone).Any()) continue;
                if (Composite(programme, bank, taken, null, cancellation) is ReadingBatch composite) Append(composite);
                proposals.AddRange(Judge(programme, bank, taken, null, IsDone));
            }
            return proposals;
        }
    }

    // The season's composite up to a scene; null where none is asked for, it is made already, or dates are too few.
    private ReadingBatch? Composite(
        WetlandProgramme programme, WetlandBank bank, Instant time, (ReadingBatch Batch, SceneSource Masked)? own,
        CancellationToken cancellation)
    {
        if (programme.Composite is not CompositeTerms terms || !terms.Holds(time, programme.Zone)) return null;
        List<StoredReading> stored =
            [.. record.Read(MilestoneJudgement.SeasonQuery(programme, bank, time, record.LastPosition))];
        List<Reading> season = [.. stored.Select(s => s.Reading), .. own?.Batch.Readings ?? []];
        if (SeasonComposite.IsMade(time, season)) return null;
        IReadOnlyList<Instant> scenes = SeasonComposite.Scenes(programme, time, season);
        if (scenes.Count < terms.DatesMin) return null;
        ILookup<Instant, string> identities = stored.Where(s => s.Reading.Measurand == Measurands.ClearFraction)
            .ToLookup(s => s.Reading.Time, s => s.Boot);
        List<(Instant Time, SceneSource Source, string Identity)> dates = [.. pixels.Find(
            programme, bank,
            [.. scenes.Where(t => own is null || t != time).Select(t => (t, (IReadOnlySet<string>)identities[t].ToHashSet()))])];
        if (own is (ReadingBatch batch, SceneSource masked) && scenes.Contains(time)) dates.Add((time, masked, batch.Boot));
        Polygon outline = SiteOutline.In(bank.Outline, bank.Crs, dates[0].Source.Red);
        ZoneFigures figures = CompositeZones.Compute(
            [.. dates.Select(d => d.Source)], terms.DatesMin, [outline], programme.Cover.Ends(), CoverageRule.Exact,
            Environment.ProcessorCount, cancellation)[0];
        return SiteFigures.OfComposite(programme, bank, time, figures, [.. dates.Select(d => (d.Time, d.Identity))]);
    }

    // Readings of the composite that was made of the same scene before, as by a run that was cut off.
    private int MadeBefore(WetlandProgramme programme, WetlandBank bank, Instant time)
    {
        List<StoredReading> stored =
            [.. record.Read(MilestoneJudgement.SeasonQuery(programme, bank, time, record.LastPosition))];
        StoredReading? made = stored.Find(s => s.Reading.Measurand == Measurands.EnoughFraction && s.Reading.Time == time);
        return made is null ? 0 : stored.Count(s => s.Boot == made.Boot);
    }

    private void Append(ReadingBatch batch)
    {
        if (append(new BatchArrival(batch)) != AppendOutcome.Conflict) return;
        string algorithm = batch.Readings[0].Instrument;
        throw new SceneConflictException($"The scene of {batch.Sent} gave other figures than before under {algorithm}.");
    }

    private List<LedgerEntry> Judge(
        WetlandProgramme programme, WetlandBank bank, Instant taken, SceneSource? masked,
        Func<MilestonePart, bool> isSettled)
    {
        long position = record.LastPosition;
        List<StoredReading> stored = [.. record.Read(MilestoneJudgement.SeasonQuery(programme, bank, taken, position))];
        List<LedgerEntry> proposals = [];
        IReadOnlyList<SceneManifest>? scenes = null;
        foreach (MilestonePart part in Open(programme, bank, isSettled))
        {
            MilestoneAssessment? assessment = MilestoneJudgement.Assess(
                programme, bank, part, taken, stored.Select(s => s.Reading));
            if (assessment is null) continue;
            scenes ??= pixels.Manifests(programme, bank, stored, masked is null ? null : (taken, masked));
            var inputs = new JudgementInputs(stored, []) { Scenes = scenes };
            if (desk.Seal(assessment, inputs, position) is LedgerEntry proposal) proposals.Add(proposal);
        }
        return proposals;
    }

    // A milestone that is released is judged again only where the terms look for its regress; the figures stay in any case.
    private IEnumerable<MilestonePart> Open(
        WetlandProgramme programme, WetlandBank bank, Func<MilestonePart, bool> isSettled) =>
        programme.Parts.Where(p =>
            p.Criterion is ByCover && !isSettled(p)
            && (programme.Compliance.Regression is not null || !desk.IsReleased(programme, bank, p.Milestone)));
}
