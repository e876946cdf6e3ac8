using System.Text.Json;
using System.Text.Json.Serialization;
using Monitor.Domain.Readings;

namespace Monitor.Server.Intake;

/// <summary>
/// The account of one section and civil day, in readings: what its agents sampled, and what became of it on every step.
/// <c>Received</c> is counted from the payloads as they travelled and <c>Stored</c> row by row, so that the two prove each
/// other: received = stored + duplicates + dead-lettered, or <c>Balanced</c> is false.
/// </summary>
/// <param name="Section">Section id.</param>
/// <param name="Day">The civil day, <c>YYYY-MM-DD</c>.</param>
/// <param name="Zone">The zone of the day: the programme's, UTC for a section that no programme has.</param>
/// <param name="Sampled">Sent, and what the agents say they had to drop (see <c>Lost</c>) wholly within the day.</param>
/// <param name="Sent">Different readings that arrived; what is in <c>Gaps</c> was sent too and is not known yet.</param>
/// <param name="Received">All that arrived, again and again counted.</param>
/// <param name="Stored">Rows in the store.</param>
/// <param name="Duplicates">Arrived again and discarded.</param>
/// <param name="DeadLettered">Kept apart; what could not be read counts as one, on the day it came.</param>
/// <param name="JudgedIn">Ledger entries of the judgements whose period holds the day.</param>
/// <param name="Gaps">Sequences that are missing beside the day's batches, until they are filled.</param>
/// <param name="Lost">What agents dropped before anybody had it.</param>
/// <param name="Balanced">Whether the counts agree.</param>
/// <param name="DeadLetters">What was kept apart, and why.</param>
/// <param name="Doubtful">Batches whose agent's clock is not to be believed.</param>
/// <param name="Alarms">What happened to the section's agents on that day.</param>
public sealed record DayReconciliation(
    string Section, string Day, string Zone, long Sampled, long Sent, long Received, long Stored, long Duplicates,
    long DeadLettered, IReadOnlyList<long> JudgedIn, IReadOnlyList<SequenceGap> Gaps, IReadOnlyList<LostBatches> Lost,
    bool Balanced, IReadOnlyList<DeadLetterNote> DeadLetters, IReadOnlyList<DoubtfulBatch> Doubtful,
    IReadOnlyList<AlarmNote> Alarms)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
    };

    /// <summary>One JSON object, its members in the order of the parameters.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options);
}

/// <summary>Batches that an agent dropped, by its own word.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Boot">Its boot.</param>
/// <param name="From">First sequence.</param>
/// <param name="To">Last sequence, inclusive.</param>
/// <param name="Readings">Readings in them.</param>
public sealed record LostBatches(string Agent, string Boot, long From, long To, long Readings);

/// <summary>Something kept apart.</summary>
/// <param name="ReceivedAt">When it came first, UTC.</param>
/// <param name="Agent">Who sent it.</param>
/// <param name="Topic">Where it was published.</param>
/// <param name="Reason">Why it is kept apart.</param>
/// <param name="Times">How often it came.</param>
/// <param name="Readings">Readings in it; 0 where it could not be read.</param>
public sealed record DeadLetterNote(
    string ReceivedAt, string Agent, string Topic, string Reason, long Times, int Readings);

/// <summary>A batch whose times deserve no belief.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Boot">Its boot.</param>
/// <param name="Sequence">The batch.</param>
/// <param name="Why">Why, in a sentence.</param>
public sealed record DoubtfulBatch(string Agent, string Boot, long Sequence, string Why);

/// <summary>An alarm.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Kind">One of <see cref="AlarmKinds"/>.</param>
/// <param name="First">When it happened first on its UTC day.</param>
/// <param name="Last">When it happened last.</param>
/// <param name="Times">How often.</param>
/// <param name="Detail">What was said last.</param>
public sealed record AlarmNote(string Agent, string Kind, string First, string Last, long Times, string Detail);
