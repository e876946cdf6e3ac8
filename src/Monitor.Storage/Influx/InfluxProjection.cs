using Monitor.Domain;
using Monitor.Domain.Readings;

namespace Monitor.Storage.Influx;

/// <summary>How a step of the projection ended.</summary>
/// <param name="Written">Readings that are with the server now, refused ones too.</param>
/// <param name="Refused">Of these, refused for good.</param>
/// <param name="IsBehind">Whether more waits that could be written at once.</param>
/// <param name="Trouble">Why it is to be tried again later; null for no trouble.</param>
/// <param name="After">When, where the server said so.</param>
public sealed record ProjectionStep(
    int Written, int Refused, bool IsBehind, string? Trouble = null, TimeSpan? After = null);

/// <summary>
/// Copies the record to InfluxDB in the order of positions. A step reads what follows the kept position, writes it, and
/// only then moves on: what a crash interrupts is written again, to the same points. Nothing of the record waits for it.
/// </summary>
public sealed class InfluxProjection : IDisposable
{
    /// <summary>
    /// As many refused one by one and none taken: then it is not the points that are wrong, but the address or a proxy.
    /// </summary>
    private const int SuspiciousMin = 8;

    private readonly IReadingStore _record;
    private readonly InfluxTarget _target;
    private readonly InfluxClient _client;
    private readonly ProjectionFiles _files;

    /// <summary>A projection of a record, kept account of in its folder.</summary>
    /// <param name="record">The record.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="clock">For waits that a server names as a date.</param>
    public InfluxProjection(IReadingStore record, DataFolder folder, InfluxTarget target, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(target);
        (_record, _target) = (record, target);
        (_client, _files) = (new InfluxClient(target, clock), new ProjectionFiles(folder, target));
    }

    /// <summary>Position up to which all is projected, inclusive.</summary>
    public long Position => _files.Load();

    /// <summary>What the server never took, by position.</summary>
    public IReadOnlyList<RefusedPoint> Refused => _files.Refused();

    /// <summary>Writes the next readings, if there are any. Not for two threads at once.</summary>
    /// <exception cref="StoreUnavailableException">The record or its folder does not allow it now.</exception>
    public async Task<ProjectionStep> StepAsync(CancellationToken stop)
    {
        using IDisposable? hold = _files.TryLock();
        if (hold is null) return new ProjectionStep(0, 0, false, "Another process projects or verifies just now.");
        long position = _files.Load();
        List<StoredReading> readings = [.. _record.After(position, _target.PointsMax)];
        if (readings.Count == 0) return new ProjectionStep(0, 0, false);
        var batch = new PointBatch(readings);
        List<RefusedPoint> refused = [];
        InfluxAnswer answer = await WriteAsync(batch, 0, batch.Count, refused, stop);
        bool isWhole = refused.Count == batch.Count && batch.Count >= SuspiciousMin
            && !refused[0].Reason.Contains("dropped=", StringComparison.Ordinal);
        if (answer.Verdict == InfluxVerdict.Later || isWhole)
        {
            return new ProjectionStep(0, 0, true, isWhole ? refused[0].Reason : answer.Reason, answer.After);
        }
        CrashPoint.Reach("projected-before-cursor");
        _files.Add(refused);
        _files.Save(readings[^1].Position);
        return new ProjectionStep(batch.Count, refused.Count, readings.Count == _target.PointsMax);
    }

    /// <summary>Forgets what was projected, here and at the server; the next steps begin with the first reading.</summary>
    /// <exception cref="StoreUnavailableException">Another process projects, or the server does not do it.</exception>
    public async Task ResetAsync(CancellationToken stop)
    {
        using IDisposable hold = _files.TryLock()
            ?? throw new StoreUnavailableException("Another process projects or verifies just now. Try again in a moment.");
        await _client.DropAsync(stop);
        _files.Reset();
    }

    /// <summary>Compares the server's points with the record, up to the position that is projected.</summary>
    /// <exception cref="StoreUnavailableException">Another process projects, or the server cannot be asked.</exception>
    public async Task<ProjectionReport> VerifyAsync(CancellationToken stop)
    {
        using IDisposable hold = _files.TryLock()
            ?? throw new StoreUnavailableException("Another process projects or verifies just now. Try again in a moment.");
        return await new ProjectionCheck(_record, _client, _files.Load(), _files.Refused()).RunAsync(stop);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    // Halved until the one that is wrong stands alone. Points that were written already are written again: no harm.
    private async Task<InfluxAnswer> WriteAsync(
        PointBatch batch, int from, int count, List<RefusedPoint> refused, CancellationToken stop)
    {
        InfluxAnswer answer = await _client.WriteAsync(batch.Run(from, count), stop);
        if (answer.Verdict != InfluxVerdict.Refused) return answer;
        // It says itself that none of them was taken.
        bool none = answer.Reason.Contains(FormattableString.Invariant($"dropped={count}\""), StringComparison.Ordinal);
        if (count == 1 || none)
        {
            for (int at = from; at < from + count; at++)
            {
                refused.Add(new RefusedPoint(batch.PositionOf(at), answer.Reason, batch.LineOf(at)));
            }
            return InfluxAnswer.Taken;
        }
        InfluxAnswer first = await WriteAsync(batch, from, count / 2, refused, stop);
        return first.Verdict == InfluxVerdict.Later
            ? first
            : await WriteAsync(batch, from + (count / 2), count - (count / 2), refused, stop);
    }
}
