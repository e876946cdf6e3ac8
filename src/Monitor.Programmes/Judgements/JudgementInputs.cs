using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Programmes.Definitions;
using Monitor.Programmes.Records;
using Monitor.Programmes.Registers;

namespace Monitor.Programmes.Judgements;

/// <summary>All that a judgement reads, up to one position.</summary>
/// <param name="Readings">The section's readings of the period.</param>
/// <param name="Records">Reviews of the section, calibrations, suspensions and liftings of the period, in order
/// of position.</param>
public sealed record JudgementInputs(IReadOnlyList<StoredReading> Readings, IReadOnlyList<StoredRecord> Records)
{
    /// <summary>
    /// SHA-256 of the register's lines of the agents that sent the readings, see <see cref="RegisterLines"/>; null in
    /// evidence of before it was sealed.
    /// </summary>
    public string? Devices { get; init; }

    /// <summary>
    /// The scenes whose figures are among the readings, with the hashes of their files; none of a river's, where the files
    /// were not at hand, and in evidence of before they were sealed.
    /// </summary>
    public IReadOnlyList<SceneManifest> Scenes { get; init; } = [];

    /// <summary>
    /// Whether readings of doubtful clocks, of instruments that failed a check, and QC samples stand apart; judgements
    /// sealed before there was this are recomputed without.
    /// </summary>
    public bool Quarantines => Devices is not null;

    /// <summary>
    /// Takes from the store what bears on a section's period: its reviews that touch the period, the checks of its
    /// instruments that bear on it, and the suspensions and liftings of the period or of the year it lies in.
    /// </summary>
    /// <param name="record">The readings.</param>
    /// <param name="registry">What stands beside them, in the same position sequence.</param>
    /// <param name="section">Section id.</param>
    /// <param name="statistic">The programme's statistic.</param>
    /// <param name="period">The period.</param>
    /// <param name="position">Last position that counts, inclusive.</param>
    public static JudgementInputs Read(
        IReadingStore record, IRegistryStore registry, string section, Statistic statistic, Period period, long position) =>
        Read([.. record.Read(new ReadingQuery(section, statistic, period.Start, period.End, position))],
            registry, section, period, position);

    /// <summary>The same for a judgement, which may need the year before as its baseline.</summary>
    /// <param name="record">The readings.</param>
    /// <param name="registry">What stands beside them, in the same position sequence.</param>
    /// <param name="programme">The terms.</param>
    /// <param name="section">A section of the programme.</param>
    /// <param name="period">The period.</param>
    /// <param name="position">Last position that counts, inclusive.</param>
    public static JudgementInputs Read(
        IReadingStore record, IRegistryStore registry, RiverProgramme programme, RiverSection section, Period period,
        long position)
    {
        Instant from = section.ReadsFrom(period);
        var query = new ReadingQuery(section.Id, programme.Statistic, from, period.End, position);
        return Read([.. record.Read(query)], registry, section.Id, period, position, from);
    }

    /// <summary>The same, for who has read the section's readings up to the position already.</summary>
    /// <param name="readings">The readings.</param>
    /// <param name="registry">What stands beside them, in the same position sequence.</param>
    /// <param name="section">Section id.</param>
    /// <param name="period">The period.</param>
    /// <param name="position">Last position that counts, inclusive.</param>
    /// <param name="from">First moment of the readings; null for the period's.</param>
    public static JudgementInputs Read(
        IReadOnlyList<StoredReading> readings, IRegistryStore registry, string section, Period period, long position,
        Instant? from = null)
    {
        Instant start = from ?? period.Start;
        IEnumerable<StoredRecord> reviews = registry
            .Read(new RecordQuery { Kind = RecordKind.Review, Subject = $"series/{section}", UpToPosition = position })
            .Where(r => Review.Read(r) is { } review && review.From < period.End && start < review.To);
        string[] labels = [.. new[] { Period.OfYear(period.Year, period.Zone).Label, period.Label }.Distinct()];
        // Exactly these periods: below a year's subject there is nothing, a month's stands beside it.
        IEnumerable<StoredRecord> suspensions = labels.SelectMany(label => registry
            .Read(new RecordQuery { Subject = Suspension.SubjectOf(section, label), UpToPosition = position })
            .Where(r => r.Kind is RecordKind.Suspension or RecordKind.Lifting));
        IEnumerable<StoredRecord> checks = registry.Read(
            new RecordQuery { Kind = RecordKind.Calibration, Subject = $"series/{section}", UpToPosition = position });
        IEnumerable<StoredRecord> calibrations = Calibration.Bearing(checks, start, period.End);
        return new JudgementInputs(
            readings,
            [.. reviews.Concat(suspensions).Concat(calibrations).OrderBy(r => r.Position)])
        {
            Devices = DevicesOf(readings, registry, position),
        };
    }

    /// <summary>See <see cref="Devices"/>.</summary>
    public static string DevicesOf(IReadOnlyList<StoredReading> readings, IRegistryStore registry, long position) =>
        RegisterLines.HashOf(RegisterLines.Agents(registry, readings.Select(r => r.Agent), position));

    /// <summary>The reviews, in order of position.</summary>
    public IReadOnlyList<Review> Reviews() =>
        [.. Records.Where(r => r.Kind == RecordKind.Review).Select(Review.Read).OrderBy(r => r.Position)];

    /// <summary>Checks of instruments, in order of position.</summary>
    public IReadOnlyList<Calibration> Calibrations() =>
        [.. Records.Where(r => r.Kind == RecordKind.Calibration).Select(Calibration.Read).OrderBy(c => c.Position)];

    /// <summary>The suspension in force, or null.</summary>
    public Suspension? SuspensionInForce() => Suspension.InForce(
        Records.Where(r => r.Kind is RecordKind.Suspension or RecordKind.Lifting).Select(Suspension.Read));
}
