namespace Monitor.Mqtt.Client;

/// <summary>
/// Pings a quiet server and notices a silent one. Looked at every quarter of the keep-alive: after half of it without
/// a packet either way it pings; after one and a quarter without one from the server it takes the server for lost, so
/// that it is never later than one and a half. Time during which we ourselves did not read does not count.
/// </summary>
internal sealed class MqttClientKeepAlive : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _period;
    private readonly Func<long> _lastSent;
    private readonly Action _ping;
    private readonly Action _silent;
    private readonly ITimer? _timer;
    private long _lastReceived;
    private long _lastPing;
    private bool _held;

    internal MqttClientKeepAlive(TimeProvider clock, TimeSpan period, Func<long> lastSent, Action ping, Action silent)
    {
        (_clock, _period, _lastSent, _ping, _silent) = (clock, period, lastSent, ping, silent);
        _lastReceived = clock.GetTimestamp();
        if (period > TimeSpan.Zero) _timer = clock.CreateTimer(_ => Check(), null, period / 4, period / 4);
    }

    internal void Touch() => Volatile.Write(ref _lastReceived, _clock.GetTimestamp());

    internal void Hold() => Volatile.Write(ref _held, true);

    internal void Resume()
    {
        Touch();
        Volatile.Write(ref _held, false);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private void Check()
    {
        var received = _clock.GetElapsedTime(Volatile.Read(ref _lastReceived));
        if (!Volatile.Read(ref _held) && received >= _period * 1.25)
        {
            _silent();
            return;
        }
        var half = _period / 2;
        bool quiet = received >= half || _clock.GetElapsedTime(_lastSent()) >= half;
        // One ping is enough until half a period has passed over it.
        bool asked = _lastPing != 0 && _clock.GetElapsedTime(_lastPing) < half;
        if (!quiet || asked) return;
        _lastPing = _clock.GetTimestamp();
        _ping();
    }
}
