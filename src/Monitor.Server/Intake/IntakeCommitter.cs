using System.Collections.Concurrent;
using System.Threading.Channels;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Storage;

namespace Monitor.Server.Intake;

/// <summary>
/// The one writer between all connections and the record. Takes whatever waits, up to a bound, commits it in one
/// transaction, and only then tells each sender: under load a commit serves hundreds of messages, without load a
/// message waits for nobody.
/// </summary>
internal sealed class IntakeCommitter : IAsyncDisposable
{
    private static readonly TimeSpan LookMin = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LieHeadStart = TimeSpan.FromMilliseconds(100);
    private readonly IReadingStore _store;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly IntakeLimits _limits;
    private readonly bool _acknowledgeBeforeCommit;
    private readonly Action<ReadingBatch>? _stored;
    private readonly Channel<CommitWaiter> _queue;
    private readonly Task _running;
    private readonly ConcurrentQueue<CommitWaiter> _waiting = new();
    private readonly Lock _looking = new();
    private readonly ITimer _overdue;
    private long _queuedBytes;

    internal IntakeCommitter(
        IReadingStore store, TimeProvider clock, ILogger log, IntakeLimits limits, bool acknowledgeBeforeCommit = false,
        Action<ReadingBatch>? stored = null)
    {
        (_store, _clock, _log, _limits) = (store, clock, log, limits);
        (_acknowledgeBeforeCommit, _stored) = (acknowledgeBeforeCommit, stored);
        if (acknowledgeBeforeCommit)
        {
            log.LogCritical("TEST ONLY: messages are acknowledged BEFORE they are committed. Readings WILL be lost.");
        }
        _queue = Channel.CreateBounded<CommitWaiter>(new BoundedChannelOptions(limits.QueueMax) { SingleReader = true });
        _running = Task.Run(RunAsync);
        TimeSpan look = limits.CommitWaitMax / 20;
        look = look < LookMin ? LookMin : look;
        _overdue = clock.CreateTimer(_ => TellOverdue(), null, look, look);
    }

    /// <summary>What was done so far.</summary>
    internal IntakeTally Tally { get; } = new();

    /// <summary>
    /// Whether so many bytes would find room now; where not, that is counted as refused. Asked before a message is read:
    /// what is refused anyway must cost nothing.
    /// </summary>
    internal bool HasRoom(int bytes)
    {
        if (Interlocked.Read(ref _queuedBytes) + bytes <= _limits.QueueBytesMax) return true;
        Tally.Refuse();
        return false;
    }

    /// <summary>
    /// Waits until the arrival is durable. Null where the queue is full, the store does not take it, or the wait was
    /// too long; then it may still become durable, and sent again it is recognised.
    /// </summary>
    internal ValueTask<AppendOutcome?> CommitAsync(Arrival arrival, int bytes, TimeSpan waitMax) =>
        CommitAsync(new OutcomeWaiter(arrival, bytes), waitMax);

    /// <summary>The same, with an answer of the waiter's own.</summary>
    internal ValueTask<T> CommitAsync<T>(CommitWaiter<T> waiter, TimeSpan waitMax)
    {
        waiter.Deadline = _clock.GetTimestamp() + (long)(waitMax.TotalSeconds * _clock.TimestampFrequency);
        bool early = _acknowledgeBeforeCommit && waiter.TryComplete(AppendOutcome.Stored);
        if (!Enqueue(waiter) && !early) waiter.TryComplete(null);
        return waiter.Task;
    }

    /// <summary>
    /// Hands over something that nobody waits for. Without room it is left out, and counted as refused: what it tells of
    /// is not a reading, and comes again when it happens again.
    /// </summary>
    internal void Post(Arrival arrival, int bytes) => Enqueue(new OutcomeWaiter(arrival, bytes));

    /// <summary>Commits what still waits, then ends. Whoever comes later is refused.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _running;
        await _overdue.DisposeAsync();
    }

    private bool Enqueue(CommitWaiter waiter)
    {
        bool fits = Interlocked.Add(ref _queuedBytes, waiter.Bytes) <= _limits.QueueBytesMax;
        if (fits && _queue.Writer.TryWrite(waiter))
        {
            _waiting.Enqueue(waiter);
            return true;
        }
        Interlocked.Add(ref _queuedBytes, -waiter.Bytes);
        Tally.Refuse();
        return false;
    }

    /// <summary>Tells those who have waited too long to come again; one look for all of them, not a timer for each.</summary>
    private void TellOverdue()
    {
        lock (_looking)
        {
            long now = _clock.GetTimestamp();
            for (int left = _waiting.Count; left > 0 && _waiting.TryDequeue(out CommitWaiter? waiter); left--)
            {
                if (waiter.IsDone) continue;
                if (waiter.Deadline > now) _waiting.Enqueue(waiter);
                else if (waiter.TryComplete(null)) Tally.Refuse();
            }
        }
    }

    private async Task RunAsync()
    {
        var group = new List<CommitWaiter>(_limits.GroupMax);
        while (await _queue.Reader.WaitToReadAsync())
        {
            // As a slow disk would: on a quick one the lie would often be true before anybody could be killed over it.
            if (_acknowledgeBeforeCommit) await Task.Delay(LieHeadStart, _clock);
            group.Clear();
            while (group.Count < _limits.GroupMax && _queue.Reader.TryRead(out CommitWaiter? next)) group.Add(next);
            Commit(group);
        }
    }

    private void Commit(List<CommitWaiter> group)
    {
        IReadOnlyList<AppendOutcome>? outcomes = null;
        try
        {
            var arrivals = new Arrival[group.Count];
            for (int i = 0; i < arrivals.Length; i++) arrivals[i] = group[i].Arrival;
            CrashPoint.Reach("before-begin");
            outcomes = _store.Append(arrivals, Instant.From(_clock.GetUtcNow()));
            CrashPoint.Reach("after-commit-before-ack");
        }
        catch (StoreUnavailableException e)
        {
            _log.LogWarning("{Count} messages are to come again later: {Reason}", group.Count, e.Message);
        }
        catch (Exception e)
        {
            // Whatever it is, the senders keep what was not acknowledged, and the intake must outlive it.
            _log.LogError(e, "{Count} messages could not be stored.", group.Count);
        }
        for (int i = 0; i < group.Count; i++)
        {
            Interlocked.Add(ref _queuedBytes, -group[i].Bytes);
            if (outcomes is null) Tally.Refuse();
            else Tally.Add(group[i].Arrival, outcomes[i]);
            if (outcomes?[i] == AppendOutcome.Stored && group[i].Arrival is BatchArrival arrival)
            {
                _stored?.Invoke(arrival.Batch);
            }
            group[i].TryComplete(outcomes?[i]);
        }
        // What has its answer is let go now: at full speed a look would come too late for the memory.
        lock (_looking)
        {
            while (_waiting.TryPeek(out CommitWaiter? first) && first.IsDone) _waiting.TryDequeue(out _);
        }
    }
}
