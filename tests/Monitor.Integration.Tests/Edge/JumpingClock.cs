namespace Monitor.Integration.Tests.Edge;

/// <summary>A wall clock that can be set, beside a monotonic one that cannot.</summary>
internal sealed class JumpingClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset wall = start;
    private long ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => wall;

    public override long GetTimestamp() => ticks;

    /// <summary>Time passes, for both.</summary>
    internal void Pass(TimeSpan time)
    {
        wall += time;
        ticks += time.Ticks;
    }

    /// <summary>Somebody sets the wall clock.</summary>
    internal void Set(DateTimeOffset to) => wall = to;
}
