namespace Monitor.Mqtt.Sessions;

/// <summary>
/// Calls once when no packet came for a given time. Time during which the session itself did not read, because its
/// callbacks were busy, does not count against the client.
/// </summary>
internal sealed class MqttKeepAlive
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _limit;
    private readonly Action _silent;
    private readonly ITimer? _timer;
    private long _last;
    private bool _held;

    /// <param name="clock">The clock.</param>
    /// <param name="limit">How long silence may last; zero for ever.</param>
    /// <param name="silent">Called when it lasted longer.</param>
    internal MqttKeepAlive(TimeProvider clock, TimeSpan limit, Action silent)
    {
        (_clock, _limit, _silent, _last) = (clock, limit, silent, clock.GetTimestamp());
        if (limit > TimeSpan.Zero) _timer = clock.CreateTimer(_ => Check(), null, limit, Timeout.InfiniteTimeSpan);
    }

    internal void Touch() => Volatile.Write(ref _last, _clock.GetTimestamp());

    internal void Hold() => Volatile.Write(ref _held, true);

    internal void Resume()
    {
        Touch();
        Volatile.Write(ref _held, false);
    }

    internal void Stop() => _timer?.Dispose();

    private void Check()
    {
        if (Volatile.Read(ref _held))
        {
            _timer?.Change(_limit, Timeout.InfiniteTimeSpan);
            return;
        }
        var left = _limit - _clock.GetElapsedTime(Volatile.Read(ref _last));
        if (left <= TimeSpan.Zero) _silent();
        else _timer?.Change(left, Timeout.InfiniteTimeSpan);
    }
}
