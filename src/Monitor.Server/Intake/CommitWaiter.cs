using System.Threading.Tasks.Sources;
using Monitor.Domain.Readings;

namespace Monitor.Server.Intake;

/// <summary>
/// Somebody who waits for a commit. One object per message and no more: at tens of thousands of messages a second a task,
/// a timer and a state machine each would cost more than the commit.
/// </summary>
/// <param name="arrival">What is to be stored.</param>
/// <param name="bytes">Its size.</param>
internal abstract class CommitWaiter(Arrival arrival, int bytes)
{
    private int _isDone;

    internal Arrival Arrival => arrival;

    internal int Bytes => bytes;

    /// <summary>When the wait is over, by the clock's timestamps.</summary>
    internal long Deadline { get; set; } = long.MaxValue;

    /// <summary>Whether it has its answer.</summary>
    internal bool IsDone => Volatile.Read(ref _isDone) != 0;

    /// <summary>Answers; only the first answer counts.</summary>
    /// <param name="outcome">What became of the arrival; null where it is to come again later.</param>
    /// <returns>Whether it was the first.</returns>
    internal bool TryComplete(AppendOutcome? outcome)
    {
        if (Interlocked.Exchange(ref _isDone, 1) != 0) return false;
        Complete(outcome);
        return true;
    }

    /// <summary>Passes the answer on.</summary>
    protected abstract void Complete(AppendOutcome? outcome);
}

/// <summary>One who awaits the answer in a form of its own.</summary>
/// <param name="arrival">What is to be stored.</param>
/// <param name="bytes">Its size.</param>
internal abstract class CommitWaiter<T>(Arrival arrival, int bytes) : CommitWaiter(arrival, bytes), IValueTaskSource<T>
{
    // The sender's answer must not be written on the committer's thread.
    private ManualResetValueTaskSourceCore<T> _core = new() { RunContinuationsAsynchronously = true };

    /// <summary>To be awaited once.</summary>
    internal ValueTask<T> Task => new(this, _core.Version);

    public T GetResult(short token) => _core.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    /// <summary>What the answer is; called on the committer's thread, so it waits for nothing.</summary>
    protected abstract T AnswerTo(AppendOutcome? outcome);

    /// <inheritdoc/>
    protected override void Complete(AppendOutcome? outcome)
    {
        T answer;
        try
        {
            answer = AnswerTo(outcome);
        }
        catch (Exception e)
        {
            // It is this sender's affair, and must not end the committer.
            _core.SetException(e);
            return;
        }
        _core.SetResult(answer);
    }
}

/// <summary>One who wants the outcome as it is.</summary>
internal sealed class OutcomeWaiter(Arrival arrival, int bytes) : CommitWaiter<AppendOutcome?>(arrival, bytes)
{
    /// <inheritdoc/>
    protected override AppendOutcome? AnswerTo(AppendOutcome? outcome) => outcome;
}
