using Microsoft.Data.Sqlite;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Edge.Sensors;
using Monitor.Wire.Envelope;

namespace Monitor.Edge;

/// <summary>
/// The durable queue between the sensors and the server. A batch is on the disk before it is sent, is sent until it is
/// answered, and stays for a while after. One process at a time writes to it; its members may be called from any
/// thread.
/// </summary>
internal sealed partial class Outbox : IDisposable
{
    private const int SqliteFull = 13;

    // A tombstone batch stays far below the most readings of one.
    private const int TombstonesInBatch = 100;

    private readonly Lock gate = new();
    private readonly FileStream claim;
    private readonly SqliteConnection db;
    private readonly TimeProvider clock;
    private readonly OutboxOptions options;
    private readonly OutboxReserve reserve;
    private readonly string path;
    private BatchComposer composer = null!;
    private ClockWatch watch = null!;
    private BatchComposer.ChainEnd chain = new(0, "");
    private ClockEpoch? kept;
    private readonly HashSet<string> raised = [];
    private readonly HashSet<long> underWay = [];
    private long watchedEpoch;
    private bool diskFull;

    private Outbox(string path, FileStream claim, SqliteConnection db, TimeProvider clock, OutboxOptions options)
    {
        (this.path, this.claim, this.db, this.clock, this.options) = (path, claim, db, clock, options);
        reserve = new OutboxReserve(path, options.ReserveBytes);
    }

    /// <summary>Whose outbox.</summary>
    internal string Agent { get; private init; } = "";

    /// <summary>Where its readings come from.</summary>
    internal string Section { get; private init; } = "";

    /// <summary>This generation: one file has one.</summary>
    internal string Boot { get; private init; } = "";

    /// <summary>Name of the damaged file that was set aside when this one began; null where none was.</summary>
    internal string? SetAside { get; private init; }

    /// <summary>Raised when something became pending, outside of the lock.</summary>
    internal event Action? Appended;

    /// <summary>Raised when batches were settled or pruned, so that there may be room again; outside of the lock.</summary>
    internal event Action? Settled;

    /// <summary>Raised with each new alarm, outside of the lock.</summary>
    internal event Action<Alarm>? Alarmed;

    /// <summary>
    /// Takes readings in, as one batch or, where they are too large for one envelope, as several; with the source's
    /// progress in the same transaction. When it returns they are durable; when it throws nothing was taken.
    /// </summary>
    /// <param name="readings">The readings.</param>
    /// <param name="source">The source's name.</param>
    /// <param name="progress">How far it is then read; null for sources that cannot be read again.</param>
    /// <param name="mayDrop">
    /// Whether the oldest batches that nobody has may be dropped for these, where the outbox is full. A tombstone in the
    /// same transaction then says what was lost.
    /// </param>
    /// <exception cref="OutboxFullException">The outbox is full, and nothing may be dropped.</exception>
    /// <exception cref="StoreUnavailableException">Disk full, or the file is gone or damaged.</exception>
    internal void Append(
        IReadOnlyList<Reading> readings, string source, SourceProgress? progress, bool mayDrop = false)
    {
        (List<LostRange> lost, bool filling) = Guarded(() =>
        {
            bool crowded = MakeRoom(readings.Count);
            return (Write(readings, source, progress, mayDrop), crowded);
        });
        if (filling) Raise(Alarm.Filling, "The outbox is filled to four fifths with what the server does not have. "
            + "See that the server can be reached, or give the outbox more room.");
        else Clear(Alarm.Filling);
        if (lost.Count > 0) Raise(Alarm.Dropped, $"The outbox was full: {lost.Sum(range => range.Readings)} readings in "
            + $"{lost.Sum(r => r.Sequences.To - r.Sequences.From + 1)} batches up to batch {lost[^1].Sequences.To} were "
            + "dropped. A tombstone says which.");
        Appended?.Invoke();
    }

    /// <summary>How far a source was read when its last readings came in; null where none did.</summary>
    internal SourceProgress? ProgressOf(string source) => Guarded(() => OutboxRows.ProgressOf(db, source));

    /// <summary>Numbers of pending batches, oldest first.</summary>
    internal IReadOnlyList<long> PendingSequences(int most) => Guarded(() => OutboxRows.PendingSequences(db, most));

    /// <summary>Numbers of pending batches that hold a reading of after a moment, the newest first.</summary>
    internal IReadOnlyList<long> LiveSequences(Instant after, int most) =>
        Guarded(() => OutboxRows.LiveSequences(db, after, most));

    /// <summary>Takes a batch for sending: until it has landed it is not dropped. Null where it is gone.</summary>
    internal OutboxBatch? Depart(long sequence) => Guarded(() =>
    {
        OutboxBatch? batch = OutboxRows.Find(db, sequence);
        if (batch is not null) underWay.Add(sequence);
        return batch;
    });

    /// <summary>Batches were answered and settled, or their connection ended.</summary>
    internal void Land(IEnumerable<long> sequences)
    {
        lock (gate) underWay.ExceptWith(sequences);
    }

    /// <summary>Whether nothing is pending.</summary>
    internal bool IsDrained => Guarded(() =>
        OutboxFile.Scalar(db, "SELECT 1 FROM reading_batch WHERE state = 0 LIMIT 1") is null);

    /// <summary>
    /// Marks batches that the server has taken over, in one transaction. Those already settled stay as they are.
    /// </summary>
    internal void MarkAcknowledged(IReadOnlyList<long> sequences) => Settle(sequences, BatchState.Acknowledged, null);

    /// <summary>Marks a batch that the server refuses for good: it is kept, and never sent again.</summary>
    internal void Park(long sequence, string reason) => Settle([sequence], BatchState.Parked, reason);

    /// <summary>Marks what a receipt says is stored, whatever else was answered.</summary>
    internal void MarkStored(IReadOnlyList<SequenceRange> ranges) => SettleAll(now =>
    {
        foreach (SequenceRange range in ranges) OutboxRows.SettleRange(db, range, now);
    });

    /// <summary>Makes settled batches pending again: a server that lost its disk asks for them.</summary>
    /// <param name="boot">Which boot; of another, nothing is here.</param>
    /// <param name="range">Which batches.</param>
    /// <returns>How many of them are kept, and how many of those will go out again.</returns>
    internal (int Kept, int Again) Resend(string boot, SequenceRange range)
    {
        if (boot != Boot) return (0, 0);
        (int Kept, int Again) done = Guarded(() =>
        {
            using SqliteTransaction transaction = db.BeginTransaction();
            (int, int) counted = OutboxRows.Unsettle(db, range);
            CrashPoint.Reach("before-resend");
            transaction.Commit();
            return counted;
        });
        Appended?.Invoke();
        return done;
    }

    /// <summary>Counts over the outbox's whole life.</summary>
    internal OutboxCounts Count() => Guarded(() => OutboxRows.Count(db));

    /// <summary>
    /// Deletes batches that were acknowledged before a moment, and takes the reserve of the disk again where there is
    /// room. The newest batch stays, since the next continues its chain; parked ones stay until a person decided.
    /// </summary>
    /// <returns>How many were deleted.</returns>
    internal int Prune(Instant before)
    {
        int pruned = Guarded(() =>
        {
            using SqliteTransaction transaction = db.BeginTransaction();
            int deleted = OutboxRoom.Prune(db, before);
            transaction.Commit();
            if (reserve.Take()) diskFull = false;
            return deleted;
        });
        if (!diskFull) Clear(Alarm.DiskFull);
        if (pruned > 0) Settled?.Invoke();
        return pruned;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate) db.Dispose();
        reserve.Dispose();
        claim.Dispose();
    }

    // From four fifths on, what the server has makes way. True where that is not enough to stay below.
    private bool MakeRoom(int readings)
    {
        long crowded = Missing(readings, options.BytesMax / 5 * 4), missing = Missing(readings, Bound);
        while (crowded > 0 || missing > 0)
        {
            using SqliteTransaction transaction = db.BeginTransaction();
            int freed = OutboxRoom.FreeSpent(db, Math.Max(Math.Max(crowded, missing), Chunk));
            transaction.Commit();
            if (freed == 0) break;
            (crowded, missing) = (Missing(readings, options.BytesMax / 5 * 4), Missing(readings, Bound));
        }
        return crowded > 0;
    }

    private List<LostRange> Write(
        IReadOnlyList<Reading> readings, string source, SourceProgress? progress, bool mayDrop)
    {
        // A command takes part in its connection's open transaction: all of it or nothing.
        using SqliteTransaction transaction = db.BeginTransaction();
        (Instant Now, ClockState State) at = watch.Look();
        KeepEpoch(at.Now);
        BatchComposer.ChainEnd end = chain;
        List<LostRange> lost = [];
        while (Missing(readings.Count, Bound) is > 0 and long missing)
        {
            List<LostRange> more = mayDrop ? OutboxRoom.FreeUnsent(db, Math.Max(missing, Chunk), underWay) : [];
            if (more.Count == 0) throw new OutboxFullException(
                $"The outbox {path} is full with what the server does not have. It goes on when the server takes it.");
            lost.AddRange(more);
        }
        List<ComposedBatch> batches = [];
        foreach (LostRange[] some in lost.Chunk(TombstonesInBatch))
        {
            batches.AddRange(composer.Compose(
                BatchKind.Tombstone, [.. some.SelectMany(range => range.ToReadings())], at, ref end));
            foreach (LostRange range in some) OutboxRoom.Keep(db, range, end.Sequence);
        }
        batches.AddRange(composer.Compose(BatchKind.Sensed, readings, at, ref end));
        foreach (ComposedBatch batch in batches) OutboxRows.Insert(db, batch);
        if (progress is not null) OutboxRows.Keep(db, source, progress);
        if (lost.Count > 0) CrashPoint.Reach("before-drop");
        CrashPoint.Reach("before-persist");
        transaction.Commit();
        CrashPoint.Reach("after-persist");
        (chain, kept) = (end, watch.Epoch);
        return lost;
    }

    // On a full disk the file cannot grow: what it has is all there is.
    private long Bound => diskFull
        ? Math.Min(options.BytesMax,
            (long)OutboxFile.Scalar(db, "PRAGMA page_count")! * (long)OutboxFile.Scalar(db, "PRAGMA page_size")!)
        : options.BytesMax;

    private long Chunk => Bound / 16;

    // A reading takes some 90 bytes, at the very most 250; the rest is for rows, indexes and the signature.
    private long Missing(int readings, long bound) => OutboxRoom.Used(db) + (readings * 160L) + (16 * 1024) - bound;

    private void Settle(IReadOnlyList<long> sequences, BatchState state, string? reason) => SettleAll(now =>
    {
        foreach (long sequence in sequences) OutboxRows.Settle(db, sequence, state, reason, now);
    });

    private void SettleAll(Action<Instant> settle)
    {
        Guarded(() =>
        {
            using SqliteTransaction transaction = db.BeginTransaction();
            settle(Instant.From(clock.GetUtcNow()));
            transaction.Commit();
            return 0;
        });
        Settled?.Invoke();
    }

    // Where the disk is full the reserve is given back and the work done once more: it was rolled back as a whole.
    private T Guarded<T>(Func<T> work)
    {
        bool released = false;
        try
        {
            lock (gate)
            {
                try
                {
                    return work();
                }
                catch (SqliteException e) when (e.SqliteErrorCode == SqliteFull && reserve.Release())
                {
                    diskFull = released = true;
                    return work();
                }
            }
        }
        catch (SqliteException e)
        {
            throw Unavailable(path, e);
        }
        finally
        {
            if (released) Raise(Alarm.DiskFull, "The disk is full: the outbox lives on what it has. Free some of it.");
        }
    }

    private static StoreUnavailableException Unavailable(string path, SqliteException e) =>
        new($"The outbox {path} cannot be used: {e.Message} Check the disk's free space and permissions; "
            + "a damaged file is set aside at the next start.", e);
}
