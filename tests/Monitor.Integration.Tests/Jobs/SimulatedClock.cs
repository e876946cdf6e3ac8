namespace Monitor.Integration.Tests.Jobs;

/// <summary>A clock that moves only when told, and fires each timer that it passes, in the order of their moments.</summary>
/// <param name="start">Where it stands at first.</param>
/// <param name="isForDaysOnly">
/// Whether how long something took is still measured by the machine: a disk is not quicker because a test skips a year, and a
/// wait for it that is over by the test's clock would be given up.
/// </param>
internal sealed class SimulatedClock(DateTimeOffset start, bool isForDaysOnly = false) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<SimulatedTimer> _timers = [];
    private DateTimeOffset _now = start;

    public override long TimestampFrequency => isForDaysOnly ? base.TimestampFrequency : TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    public override long GetTimestamp() => isForDaysOnly ? base.GetTimestamp() : GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on to a moment; back never.</summary>
    public void MoveTo(DateTimeOffset target)
    {
        while (true)
        {
            SimulatedTimer? next;
            lock (_gate)
            {
                next = _timers.Where(t => t.Due <= target).MinBy(t => t.Due);
                DateTimeOffset to = next?.Due ?? target;
                if (to > _now) _now = to;
                next?.Rearm();
            }
            if (next is null) return;
            next.Fire();
        }
    }

    private sealed class SimulatedTimer(SimulatedClock clock, Action fire) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset Due { get; private set; } = DateTimeOffset.MaxValue;

        public void Fire() => fire();

        // A repeating timer that was passed many times fires once: nobody can count the beats of a clock that jumps.
        public void Rearm() => Due = _period > TimeSpan.Zero ? clock._now + _period : DateTimeOffset.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                if (!clock._timers.Contains(this)) clock._timers.Add(this);
                Due = dueTime < TimeSpan.Zero ? DateTimeOffset.MaxValue : clock._now + dueTime;
                _period = period < TimeSpan.Zero ? TimeSpan.Zero : period;
            }
            return true;
        }

        public void Dispose()
        {
            lock (clock._gate) clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
