using System.Security.Cryptography;
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
internal sealed class Outbox : IDisposable
{
    private readonly Lock gate = new();
    private readonly FileStream claim;
    private readonly SqliteConnection db;
    private readonly TimeProvider clock;
    private readonly string path;
    private long lastSequence;
    private string lastHash = "";

    private Outbox(string path, FileStream claim, SqliteConnection db, TimeProvider clock)
    {
        (this.path, this.claim, this.db, this.clock) = (path, claim, db, clock);
    }

    /// <summary>Whose outbox.</summary>
    internal string Agent { get; private init; } = "";

    /// <summary>Where its readings come from.</summary>
    internal string Section { get; private init; } = "";

    /// <summary>This generation: one file has one.</summary>
    internal string Boot { get; private init; } = "";

    /// <summary>Name of the damaged file that was set aside when this one began; null where none was.</summary>
    internal string? SetAside { get; private init; }

    /// <summary>Raised after readings came in, outside of the lock.</summary>
    internal event Action? Appended;

    /// <summary>
    /// Opens the outbox, or begins one. A damaged file is renamed, never deleted, and a new boot begins in its place.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="agent">Agent id; must be the one that the file began with.</param>
    /// <param name="section">Section id; as well.</param>
    /// <param name="newBoot">Makes the boot id, should a new one begin.</param>
    /// <param name="clock">Stamps batches and settlements.</param>
    /// <exception cref="InputException">The file is another agent's, or another program writes to it.</exception>
    /// <exception cref="StoreUnavailableException">The disk does not let us.</exception>
    internal static Outbox Open(string path, string agent, string section, Func<string> newBoot, TimeProvider clock)
    {
        FileStream claim = Claim(path);
        try
        {
            try
            {
                return OpenClaimed(path, agent, section, newBoot, clock, claim, setAside: null);
            }
            catch (Exception e) when (IsDamage(e))
            {
                string aside = OutboxFile.SetAside(path, newBoot());
                return OpenClaimed(path, agent, section, newBoot, clock, claim, aside);
            }
        }
        catch (SqliteException e)
        {
            claim.Dispose();
            throw Unavailable(path, e);
        }
        catch
        {
            claim.Dispose();
            throw;
        }
    }

    /// <summary>Counts of an outbox that another program may be writing to.</summary>
    /// <exception cref="InputException">There is no such file, or it is no outbox.</exception>
    /// <exception cref="StoreUnavailableException">It is damaged, or cannot be read.</exception>
    internal static OutboxCounts Look(string path)
    {
        try
        {
            using SqliteConnection db = OutboxFile.OpenForReading(path);
            return OutboxRows.Count(db);
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new StoreUnavailableException($"The outbox {path} is damaged. The next run sets it aside.", e);
        }
        catch (SqliteException e)
        {
            throw Unavailable(path, e);
        }
    }

    /// <summary>
    /// Takes readings in, as one batch or, where they are too large for one envelope, as several; with the source's
    /// progress in the same transaction. When it returns they are durable; when it throws nothing was taken.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Disk full, or the file is gone or damaged.</exception>
    internal void Append(IReadOnlyList<Reading> readings, string source, SourceProgress? progress)
    {
        lock (gate)
        {
            (long sequence, string hash) = (lastSequence, lastHash);
            try
            {
                // A command takes part in its connection's open transaction: all of it or nothing.
                using SqliteTransaction transaction = db.BeginTransaction();
                foreach (ReadingBatch batch in Compose(readings, sequence, hash))
                {
                    OutboxRows.Insert(db, batch);
                    (sequence, hash) = (batch.Sequence, Hash(batch.Payload.Span));
                }
                if (progress is not null) OutboxRows.Keep(db, source, progress);
                CrashPoint.Reach("before-persist");
                transaction.Commit();
                CrashPoint.Reach("after-persist");
            }
            catch (SqliteException e)
            {
                throw Unavailable(path, e);
            }
            (lastSequence, lastHash) = (sequence, hash);
        }
        Appended?.Invoke();
    }

    /// <summary>How far a source was read when its last readings came in; null where none did.</summary>
    internal SourceProgress? ProgressOf(string source) => Guarded(() => OutboxRows.ProgressOf(db, source));

    /// <summary>Pending batches after a sequence, oldest first.</summary>
    internal IReadOnlyList<OutboxBatch> Pending(long after, int most) =>
        Guarded(() => OutboxRows.Pending(db, after, most));

    /// <summary>Whether nothing is pending.</summary>
    internal bool IsDrained => Guarded(() =>
        OutboxFile.Scalar(db, "SELECT 1 FROM reading_batch WHERE state = 0 LIMIT 1") is null);

    /// <summary>
    /// Marks batches that the server has taken over, in one transaction. Those already settled stay as they are.
    /// </summary>
    internal void MarkAcknowledged(IReadOnlyList<long> sequences) => Settle(sequences, BatchState.Acknowledged, null);

    /// <summary>Marks a batch that the server refuses for good: it is kept, and never sent again.</summary>
    internal void Park(long sequence, string reason) => Settle([sequence], BatchState.Parked, reason);

    /// <summary>Counts over the outbox's whole life.</summary>
    internal OutboxCounts Count() => Guarded(() => OutboxRows.Count(db));

    /// <summary>
    /// Deletes batches that were acknowledged before a moment. The newest batch stays, since the next continues its
    /// chain; parked ones stay until a person decided.
    /// </summary>
    /// <returns>How many were deleted.</returns>
    internal int Prune(Instant before) => Guarded(() =>
    {
        using SqliteTransaction transaction = db.BeginTransaction();
        int deleted = OutboxRows.Prune(db, before);
        transaction.Commit();
        return deleted;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate) db.Dispose();
        claim.Dispose();
    }

    private static Outbox OpenClaimed(
        string path, string agent, string section, Func<string> newBoot, TimeProvider clock, FileStream claim,
        string? setAside)
    {
        SqliteConnection db = OutboxFile.OpenForWriting(path);
        try
        {
            if (!OutboxRows.HasBegun(db)) OutboxRows.Begin(db, agent, section, newBoot());
            RequireSame(db, "agent", agent, path);
            RequireSame(db, "section", section, path);
            var outbox = new Outbox(path, claim, db, clock)
            {
                Agent = agent,
                Section = section,
                Boot = OutboxRows.Meta(db, "boot"),
                SetAside = setAside,
            };
            if (OutboxRows.Last(db) is OutboxBatch last)
            {
                (outbox.lastSequence, outbox.lastHash) = (last.Sequence, Hash(last.Payload));
            }
            return outbox;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    // A second writer would number batches of its own: kept out by a lock that ends with the process, however it ends.
    private static FileStream Claim(string path)
    {
        try
        {
            string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
            if (folder is not null) Directory.CreateDirectory(folder);
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new StoreUnavailableException(
                $"The outbox {path} cannot be written: {e.Message} Check permissions.", e);
        }
        catch (IOException e)
        {
            throw new StoreUnavailableException($"The outbox {path} cannot be claimed: {e.Message} "
                + "Check the folder, and whether another program runs with the same outbox.", e);
        }
    }

    private static void RequireSame(SqliteConnection db, string key, string given, string path)
    {
        string kept = OutboxRows.Meta(db, key);
        if (kept == given) return;
        throw new InputException($"the outbox belongs to {key} {kept}, not {given}.",
            "Give each agent an outbox of its own.", path, 0, "--" + key);
    }

    private List<ReadingBatch> Compose(IReadOnlyList<Reading> readings, long after, string previous)
    {
        List<ReadingBatch> batches = [];
        var left = new Stack<IReadOnlyList<Reading>>([readings]);
        while (left.TryPop(out IReadOnlyList<Reading>? next))
        {
            var batch = new ReadingBatch
            {
                Agent = Agent,
                Section = Section,
                Boot = Boot,
                Sequence = after + 1,
                Sent = Instant.From(clock.GetUtcNow()),
                Previous = previous,
                Readings = [.. next.Select((reading, index) => reading with { Index = index })],
                Payload = default,
            };
            if (EnvelopeCodec.TryEncode(batch, out byte[]? payload))
            {
                batches.Add(batch with { Payload = payload });
                (after, previous) = (after + 1, Hash(payload));
                continue;
            }
            // A single reading is far below 64 KiB, so that halving ends.
            left.Push([.. next.Skip(next.Count / 2)]);
            left.Push([.. next.Take(next.Count / 2)]);
        }
        return batches;
    }

    private void Settle(IReadOnlyList<long> sequences, BatchState state, string? reason) => Guarded(() =>
    {
        var now = Instant.From(clock.GetUtcNow());
        using SqliteTransaction transaction = db.BeginTransaction();
        foreach (long sequence in sequences) OutboxRows.Settle(db, sequence, state, reason, now);
        transaction.Commit();
        return sequences.Count;
    });

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            lock (gate) return work();
        }
        catch (SqliteException e)
        {
            throw Unavailable(path, e);
        }
    }

    private static string Hash(ReadOnlySpan<byte> payload) => Convert.ToHexStringLower(SHA256.HashData(payload));

    // SQLITE_CORRUPT and SQLITE_NOTADB.
    private static bool IsDamage(Exception e) =>
        e is OutboxDamagedException or SqliteException { SqliteErrorCode: 11 or 26 };

    private static StoreUnavailableException Unavailable(string path, SqliteException e) =>
        new($"The outbox {path} cannot be used: {e.Message} Check the disk's free space and permissions; "
            + "a damaged file is set aside at the next start.", e);
}
