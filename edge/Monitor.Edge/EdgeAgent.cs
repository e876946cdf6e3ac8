using System.Security.Cryptography;
using Monitor.Domain.Readings;
using Monitor.Edge.Sensors;

namespace Monitor.Edge;

/// <summary>One run: the sources fill the outbox, the uplink empties it, side by side.</summary>
internal static class EdgeAgent
{
    /// <summary>
    /// How long acknowledged batches are kept, so that a server that lost its disk can be filled again.
    /// </summary>
    private static readonly TimeSpan KeptAfterReceipt = TimeSpan.FromDays(30);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);
    private const long LooksPerPrune = 60;
    private const long LooksPerCollection = 6;

    /// <summary>Runs until drained where that was asked, else until stopped.</summary>
    /// <returns>The outbox's counts at the end.</returns>
    /// <exception cref="Domain.InputException">The options, a device's settings or the replayed file are wrong.</exception>
    /// <exception cref="Domain.StoreUnavailableException">The disk does not let us.</exception>
    /// <exception cref="ServerRefusalException">The server refuses this agent.</exception>
    internal static async Task<OutboxCounts> RunAsync(
        EdgeOptions options, TimeProvider clock, Action<string> report, CancellationToken stop)
    {
        using AgentKey? key = options.SignKey is string file ? AgentKey.Load(file) : null;
        Outbox? opened = null;
        // Before anything is opened: what is wrong in the settings is told first.
        IReadOnlyList<ISensorSource> sources = Sources(options, new SensorPlace(
            clock, report, () => opened?.LookAtClock() ?? ClockState.Unknown));
        var sealing = new OutboxOptions
        {
            BytesMax = options.OutboxBytesMax, ReserveBytes = options.ReserveBytes, Sign = key is null ? null : key.Sign,
        };
        using Outbox outbox = Outbox.Open(
            options.Outbox, options.Agent, options.Section, () => NewBoot(clock), clock, sealing);
        opened = outbox;
        outbox.Alarmed += alarm => report($"ALARM {alarm.Code}: {alarm.Text}");
        if (outbox.SetAside is string aside)
        {
            outbox.Raise(Alarm.SetAside, $"The outbox was damaged and is set aside as {aside}; boot {outbox.Boot} begins. "
                + "What was not sent from the old one is in that file only.");
        }
        var uplink = new Uplink(outbox, options.Uplink, new Random(), clock, report);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task sensing = Task.Run(
            () => TakeEachAsync(sources, outbox, options.DropsWhenFull, either.Token), CancellationToken.None);
        Task keeping = Task.Run(() => KeepAsync(outbox, clock, either.Token), CancellationToken.None);
        Task endless = new TaskCompletionSource().Task;
        Task sending = Task.Run(
            () => uplink.RunAsync(options.UntilDrained ? sensing : endless, either.Token), CancellationToken.None);
        try
        {
            // A fault of the source ends the run at once; its mere end does not.
            Task first = await Task.WhenAny(sensing, sending, keeping);
            if (first != sending) await first;
            await sending;
            await sensing;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            report("stopped");
        }
        finally
        {
            // Both have let go of the outbox before it closes; what they say now is the echo of the first fault.
            await either.CancelAsync();
            await Task.WhenAll(sensing, sending, keeping).ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
        return outbox.Count();
    }

    private static List<ISensorSource> Sources(EdgeOptions options, SensorPlace place)
    {
        List<ISensorSource> sources = [.. SensorFamilies.Open(options.Sensors, place)];
        if (options.Replay is string file)
        {
            sources.Add(new ReplaySource(file, options.Statistic, options.Batch, options.Rate, place.Clock));
        }
        return sources;
    }

    // All of them side by side; a fault of one ends the others at once.
    private static async Task TakeEachAsync(
        IReadOnlyList<ISensorSource> sources, Outbox outbox, bool mayDrop, CancellationToken stop)
    {
        using var faulted = CancellationTokenSource.CreateLinkedTokenSource(stop);
        List<Task> taking = [.. sources.Select(source => TakeAllAsync(source, outbox, faulted.Token, mayDrop))];
        Task all = Task.WhenAll(taking);
        while (taking.Count > 0)
        {
            Task ended = await Task.WhenAny(taking);
            taking.Remove(ended);
            if (ended.IsCompletedSuccessfully) continue;
            await faulted.CancelAsync();
            await all.ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            await ended;
        }
    }

    /// <summary>Takes a source into the outbox, from where it was left to its end.</summary>
    /// <param name="source">The source.</param>
    /// <param name="outbox">The outbox.</param>
    /// <param name="stop">Ends it.</param>
    /// <param name="mayDrop">Whether a full outbox drops its oldest; otherwise the source waits.</param>
    internal static async Task TakeAllAsync(
        ISensorSource source, Outbox outbox, CancellationToken stop, bool mayDrop = false)
    {
        await foreach (SensedPortion portion in source.ReadAsync(outbox.ProgressOf(source.Name), stop))
        {
            while (!TryTake(source, outbox, portion, mayDrop, out Task room)) await room.WaitAsync(stop);
        }
    }

    private static bool TryTake(
        ISensorSource source, Outbox outbox, SensedPortion portion, bool mayDrop, out Task room)
    {
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Room() => settled.TrySetResult();
        room = settled.Task;
        // Listened for before it is tried: room that comes in between is not missed.
        outbox.Settled += Room;
        try
        {
            outbox.Append(portion.Readings, source.Name, portion.Progress, mayDrop || !source.CanWait);
            outbox.Settled -= Room;
            return true;
        }
        catch (OutboxFullException e)
        {
            _ = settled.Task.ContinueWith(
                _ => outbox.Settled -= Room, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            outbox.Raise(Alarm.Filling, e.Message);
            return false;
        }
    }

    // What must be looked at though nothing comes in: the clock, what may be pruned, and the disk.
    private static async Task KeepAsync(Outbox outbox, TimeProvider clock, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Look, clock);
        long looks = 0;
        do
        {
            outbox.LookAtClock();
            if (looks % LooksPerPrune == 0) outbox.Prune(Instant.From(clock.GetUtcNow() - KeptAfterReceipt));
            // So little comes in that the collector would not stir for hours, and the box has other things to run.
            if (looks++ % LooksPerCollection == 0) GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    private static string NewBoot(TimeProvider clock) =>
        BootId.From(clock.GetUtcNow(), RandomNumberGenerator.GetBytes(BootId.RandomBytes));
}
