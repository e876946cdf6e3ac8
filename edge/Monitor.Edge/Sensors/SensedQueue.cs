using System.Threading.Channels;
using Monitor.Domain.Readings;

namespace Monitor.Edge.Sensors;

/// <summary>
/// What a device said at once. <see cref="Kept"/> completes when it is on the disk: only then may the device be told that
/// it was taken.
/// </summary>
/// <param name="Readings">The readings.</param>
/// <param name="Progress">How far the source is with them.</param>
internal sealed record Sensed(IReadOnlyList<Reading> Readings, SourceProgress Progress)
{
    private readonly TaskCompletionSource kept = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when it is on the disk; never where the source ended before.</summary>
    internal Task Kept => kept.Task;

    /// <summary>It is on the disk.</summary>
    internal void Keep() => kept.TrySetResult();
}

/// <summary>
/// Between a device's connections and the outbox: bounded, so that a device that sends faster than the disk takes is slowed
/// down by its own connection. What has come together meanwhile goes into the outbox as one batch.
/// </summary>
internal sealed class SensedQueue
{
    private const int WaitingMax = 64;

    private readonly Channel<Sensed> waiting = Channel.CreateBounded<Sensed>(
        new BoundedChannelOptions(WaitingMax) { SingleReader = true });

    /// <summary>Hands over, when there is room.</summary>
    internal ValueTask AddAsync(Sensed sensed, CancellationToken stop) => waiting.Writer.WriteAsync(sensed, stop);

    /// <summary>Nothing more will come; with a fault, the reader is told.</summary>
    internal void End(Exception? fault) => waiting.Writer.TryComplete(fault);

    /// <summary>What waits, as much as one batch takes; empty at the end.</summary>
    internal async ValueTask<IReadOnlyList<Sensed>> TakeAsync(CancellationToken stop)
    {
        List<Sensed> taken = [];
        if (!await waiting.Reader.WaitToReadAsync(stop)) return taken;
        int readings = 0;
        while (waiting.Reader.TryPeek(out Sensed? next)
            && (taken.Count == 0 || readings + next.Readings.Count <= ReadingBatch.ReadingsMax))
        {
            waiting.Reader.TryRead(out _);
            taken.Add(next);
            readings += next.Readings.Count;
        }
        return taken;
    }
}
