namespace Monitor.Server.People;

/// <summary>
/// Slows the guessing of passwords: after <see cref="FailuresFree"/> wrong ones each further try must wait, twice as long each
/// time, at most <see cref="DelayMax"/>. Kept in memory, one count for each key that the caller names. A try counts as failed
/// from its beginning until it has succeeded, so that many at once gain nothing. A try that is turned away counts for nothing.
/// </summary>
internal sealed class PasswordThrottle(TimeProvider clock)
{
    /// <summary>Wrong passwords before the first delay.</summary>
    internal const int FailuresFree = 5;

    /// <summary>Counts kept at once; the one that rested longest goes.</summary>
    internal const int CountsMax = 4096;

    private static readonly TimeSpan DelayFirst = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Count> _counts = new(StringComparer.Ordinal);

    /// <summary>Longest wait between two tries.</summary>
    internal static TimeSpan DelayMax { get; } = TimeSpan.FromMinutes(1);

    /// <summary>After so long without a try all is forgotten.</summary>
    internal static TimeSpan Memory { get; } = TimeSpan.FromMinutes(15);

    /// <summary>Begins a try.</summary>
    /// <returns>How long to wait first; zero where the try may go on, which is then counted.</returns>
    internal TimeSpan Begin(string key)
    {
        lock (_gate)
        {
            long now = clock.GetTimestamp();
            Count before = _counts.GetValueOrDefault(key);
            TimeSpan since = before.Tries == 0 ? TimeSpan.Zero : clock.GetElapsedTime(before.Last, now);
            if (since >= Memory) before = default;
            TimeSpan wait = DelayAfter(before.Tries) - since;
            if (before.Tries > 0 && wait > TimeSpan.Zero) return wait;
            if (_counts.Count >= CountsMax && !_counts.ContainsKey(key))
            {
                _counts.Remove(_counts.MinBy(c => c.Value.Last).Key);
            }
            _counts[key] = new Count(before.Tries + 1, now);
            return TimeSpan.Zero;
        }
    }

    /// <summary>The password was right: nothing is held against the next.</summary>
    internal void Succeed(string key)
    {
        lock (_gate) _counts.Remove(key);
    }

    private static TimeSpan DelayAfter(int tries)
    {
        if (tries < FailuresFree) return TimeSpan.Zero;
        TimeSpan delay = DelayFirst;
        for (int i = FailuresFree; i < tries && delay < DelayMax; i++) delay *= 2;
        return delay < DelayMax ? delay : DelayMax;
    }

    private readonly record struct Count(int Tries, long Last);
}
