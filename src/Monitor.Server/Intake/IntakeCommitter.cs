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
    private readonly IReadingStore _store;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly IntakeLimits _limits;
    private readonly bool _acknowledgeBeforeCommit;
    private readonly Action<ReadingBatch>? _stored;
    private readonly Channel<Waiting> _queue;
    private readonly Task _running;
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
        _queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(limits.QueueMax) { SingleReader = true });
        _running = Task.Run(RunAsync);
    }

    /// <summary>What was done so far.</summary>
    internal IntakeTally Tally { get; } = new();

    /// <summary>
    /// Waits until the arrival is durable. Null where the queue is full, the store does not take it, or the wait was
    /// too
    /// long; then it may still become durable, and sent again it is recognised.
    /// </summary>
    internal async ValueTask<AppendOutcome?> CommitAsync(Arrival arrival, int bytes, TimeSpan waitMax)
    {
        var waiting = new Waiting(arrival, bytes);
        if (Interlocked.Add(ref _queuedBytes, bytes) > _limits.QueueBytesMax || !_queue.Writer.TryWrite(waiting))
        {
            Interlocked.Add(ref _queuedBytes, -bytes);
            Tally.Refuse();
            return null;
        }
        if (_acknowledgeBeforeCommit) return AppendOutcome.Stored;
        try
        {
            return await waiting.Done.Task.WaitAsync(waitMax, _clock);
        }
        catch (TimeoutException)
        {
            Tally.Refuse();
            return null;
        }
    }

    /// <summary>
    /// Hands over something that nobody waits for. Without room it is left out, and counted as refused: what it tells of
    /// is not a reading, and comes again when it happens again.
    /// </summary>
    internal void Post(Arrival arrival, int bytes)
    {
        if (Interlocked.Add(ref _queuedBytes, bytes) <= _limits.QueueBytesMax
            && _queue.Writer.TryWrite(new Waiting(arrival, bytes))) return;
        Interlocked.Add(ref _queuedBytes, -bytes);
        Tally.Refuse();
    }

    /// <summary>Commits what still waits, then ends. Whoever comes later is refused.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _running;
    }

    private async Task RunAsync()
    {
        var group = new List<Waiting>(_limits.GroupMax);
        while (await _queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < _limits.GroupMax && _queue.Reader.TryRead(out Waiting? next)) group.Add(next);
            Commit(group);
        }
    }

    private void Commit(List<Waiting> group)
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
            group[i].Done.TrySetResult(outcomes?[i]);
        }
    }

    private sealed class Waiting(Arrival arrival, int bytes)
    {
        internal Arrival Arrival { get; } = arrival;

        internal int Bytes { get; } = bytes;

        // The sender's answer must not be written on the committer's thread.
        internal TaskCompletionSource<AppendOutcome?> Done { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
