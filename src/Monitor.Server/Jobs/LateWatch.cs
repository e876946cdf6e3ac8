using System.Collections.Concurrent;
using Monitor.Domain.Readings;

namespace Monitor.Server.Jobs;

/// <summary>
/// Counts readings that come after their period was judged. They are kept like any other and change no entry: a judged year
/// is judged again at midnight, into a revision.
/// </summary>
internal sealed class LateWatch(ILogger<LateWatch> log)
{
    private readonly ConcurrentDictionary<string, long> _judgedUntil = new(StringComparer.Ordinal);
    private long _readings;

    /// <summary>Late readings since the service started.</summary>
    internal long Readings => Interlocked.Read(ref _readings);

    /// <summary>A section is judged up to a moment, exclusive.</summary>
    internal void Judged(string section, Instant end) => _judgedUntil.AddOrUpdate(
        section, end.UnixMilliseconds, (_, known) => Math.Max(known, end.UnixMilliseconds));

    /// <summary>A batch was stored for the first time.</summary>
    internal void See(ReadingBatch batch)
    {
        if (!_judgedUntil.TryGetValue(batch.Section, out long until)) return;
        int late = batch.Readings.Count(r => r.Time.UnixMilliseconds < until);
        if (late == 0) return;
        Interlocked.Add(ref _readings, late);
        log.LogWarning(
            "{Count} readings of {Section} came after their period was judged; no entry changes.", late, batch.Section);
    }
}
