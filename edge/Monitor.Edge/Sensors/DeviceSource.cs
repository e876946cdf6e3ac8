using System.Runtime.CompilerServices;
using Monitor.Domain.Readings;

namespace Monitor.Edge.Sensors;

/// <summary>
/// A source that is a device at the other end of a connection: what it says goes through a queue into the outbox, and the
/// device hears of it when it is kept. What the families share.
/// </summary>
internal abstract class DeviceSource(string name, Instant? until) : ISensorSource
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <summary>Talks to the device until it is stopped.</summary>
    /// <param name="queue">Takes what the device says.</param>
    /// <param name="from">How far the source was when its last readings were kept.</param>
    /// <param name="stop">Ends it.</param>
    protected abstract Task ServeAsync(SensedQueue queue, DeviceMark from, CancellationToken stop);

    /// <inheritdoc/>
    public async IAsyncEnumerable<SensedPortion> ReadAsync(
        SourceProgress? from, [EnumeratorCancellation] CancellationToken stop)
    {
        DeviceMark mark = DeviceMark.Read(from);
        if (IsDone(mark)) yield break;
        var queue = new SensedQueue();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task serving = Task.Run(() => RunAsync(queue, mark, over.Token), CancellationToken.None);
        try
        {
            while (await queue.TakeAsync(stop) is { Count: > 0 } taken)
            {
                SourceProgress reached = taken[^1].Progress;
                yield return new SensedPortion([.. taken.SelectMany(sensed => sensed.Readings)], reached);
                // Asked for the next portion: this one is on the disk.
                foreach (Sensed sensed in taken) sensed.Keep();
                if (IsDone(DeviceMark.Read(reached))) break;
            }
        }
        finally
        {
            await over.CancelAsync();
            await serving;
        }
    }

    private bool IsDone(DeviceMark mark) => until is Instant end && mark.Time is Instant time && time >= end;

    private async Task RunAsync(SensedQueue queue, DeviceMark mark, CancellationToken stop)
    {
        try
        {
            await ServeAsync(queue, mark, stop);
            queue.End(null);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            queue.End(null);
        }
        catch (Exception fault)
        {
            // Whoever reads the queue learns of it, and with them the run.
            queue.End(fault);
        }
    }
}
