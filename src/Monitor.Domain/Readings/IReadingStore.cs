namespace Monitor.Domain.Readings;

/// <summary>
/// The record: readings as they came, in one order of commit. Bodies: SQLite, PostgreSQL; one contract suite for both.
/// Appending is for one writer at a time; reading is safe beside it from any thread.
/// </summary>
public interface IReadingStore : IDisposable
{
    /// <summary>
    /// Appends in one transaction. When it returns, everything in it is durable; when it throws, nothing of it is
    /// stored. Idempotent: a batch already stored gives <see cref="AppendOutcome.Repeat"/> and changes nothing but the
    /// count of repeats; the same identity with other bytes gives <see cref="AppendOutcome.Conflict"/> and is kept
    /// apart as a dead letter.
    /// </summary>
    /// <returns>One outcome for each arrival, in order.</returns>
    /// <exception cref="StoreUnavailableException">Disk full, locked, or down: try again later.</exception>
    IReadOnlyList<AppendOutcome> Append(IReadOnlyList<Arrival> arrivals, Instant receivedAt);

    /// <summary>
    /// The position of the newest record; 0 where there is none. Positions begin at 1, in order of commit.
    /// </summary>
    long LastPosition { get; }

    /// <summary>
    /// The readings of one section, one statistic and a half-open span of time, up to a position inclusive; in the
    /// order of measurand code (ordinal), time, position.
    /// </summary>
    IEnumerable<StoredReading> Read(ReadingQuery query);

    /// <summary>
    /// The readings after a position, of all sections, in the order of position; at most so many. What has a position and
    /// is no reading is passed over.
    /// </summary>
    IEnumerable<StoredReading> After(long position, int most);

    /// <summary>
    /// Whether a batch that touches the span came after a position, whatever the statistic of its readings. Cheap where the
    /// store has an index; by default the readings themselves are looked through.
    /// </summary>
    bool HasNewer(ReadingQuery query, long after) => Enum.GetValues<Statistic>()
        .Any(statistic => Read(query with { Statistic = statistic }).Any(r => r.Position > after));

    /// <summary>
    /// The batches, as they travelled, that hold at least one reading of the query; in the order of position.
    /// </summary>
    IEnumerable<StoredEnvelope> Envelopes(ReadingQuery query);

    /// <summary>Sections that have readings, in ordinal order.</summary>
    IReadOnlyList<string> Sections();

    /// <summary>
    /// The latest time that a reading of the store or of one section has; null where there are none. Found by index,
    /// whatever the store's size.
    /// </summary>
    Instant? NewestTime(string? section = null);

    /// <summary>Counts over the whole store or one section.</summary>
    StoreCounts Count(string? section = null);

    /// <summary>What the store can account for of one section and a half-open span of time.</summary>
    SectionAccount Account(string section, Instant from, Instant to);

    /// <summary>
    /// What is stored of each boot of an agent, the newest first; with at most <paramref name="gapsMax"/> gaps of each,
    /// the lowest.
    /// </summary>
    IReadOnlyList<BootAccount> Boots(string agent, int gapsMax);

    /// <summary>The retained message of every topic that has one, in ordinal order of the topics.</summary>
    IReadOnlyList<RetainedMessage> Retained();
}

/// <summary>What to read.</summary>
/// <param name="Section">Section id.</param>
/// <param name="Statistic">The one statistic.</param>
/// <param name="From">First moment.</param>
/// <param name="To">First moment after.</param>
/// <param name="UpToPosition">Last position that counts, inclusive.</param>
public sealed record ReadingQuery(string Section, Statistic Statistic, Instant From, Instant To, long UpToPosition)
{
    /// <summary>The readings of one moment alone, as of one scene.</summary>
    public static ReadingQuery At(string section, Statistic statistic, Instant moment, long upToPosition) =>
        new(section, statistic, moment, new Instant(moment.UnixMilliseconds + 1), upToPosition);
}

/// <summary>A reading with its place in the record.</summary>
/// <param name="Position">Its position.</param>
/// <param name="Agent">Who sent it.</param>
/// <param name="Boot">The agent's outbox generation.</param>
/// <param name="Sequence">The batch in that generation.</param>
/// <param name="Section">Its section.</param>
/// <param name="Reading">The reading.</param>
public sealed record StoredReading(
    long Position, string Agent, string Boot, long Sequence, string Section, Reading Reading)
{
    /// <summary>Why its time is doubtful, see <see cref="ClockDoubt"/>, as found when it came in; null where it is not.</summary>
    public string? Doubt { get; init; }
}

/// <summary>A batch as it travelled, with its place in the record.</summary>
/// <param name="First">Position of its first reading; the others follow without a gap.</param>
/// <param name="Agent">Who sent it.</param>
/// <param name="Boot">The agent's outbox generation.</param>
/// <param name="Sequence">The batch in that generation.</param>
/// <param name="Payload">Its bytes.</param>
public sealed record StoredEnvelope(
    long First, string Agent, string Boot, long Sequence, ReadOnlyMemory<byte> Payload);

/// <summary>Counts of a store.</summary>
/// <param name="Readings">Readings stored.</param>
/// <param name="DistinctReadings">Distinct identities among them; less than <paramref name="Readings"/> would be a
/// duplicate.</param>
/// <param name="Batches">Batches stored.</param>
/// <param name="Repeats">Batches that came again and were discarded.</param>
/// <param name="DeadLetters">Arrivals kept apart.</param>
public sealed record StoreCounts(long Readings, long DistinctReadings, long Batches, long Repeats, long DeadLetters);
