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

    /// <summary>Runs until drained where that was asked, else until stopped.</summary>
    /// <returns>The outbox's counts at the end.</returns>
    /// <exception cref="Domain.InputException">The options or the replayed file are wrong.</exception>
    /// <exception cref="Domain.StoreUnavailableException">The disk does not let us.</exception>
    /// <exception cref="ServerRefusalException">The server refuses this agent.</exception>
    internal static async Task<OutboxCounts> RunAsync(
        EdgeOptions options, TimeProvider clock, Action<string> report, CancellationToken stop)
    {
        using Outbox outbox = Outbox.Open(options.Outbox, options.Agent, options.Section, () => NewBoot(clock), clock);
        if (outbox.SetAside is string aside)
        {
            report($"the outbox was damaged and is set aside as {aside}; boot {outbox.Boot} begins. "
                + "What was not sent from the old one is in that file only.");
        }
        outbox.Prune(Instant.From(clock.GetUtcNow() - KeptAfterReceipt));
        var source = new ReplaySource(options.Replay, options.Statistic, options.Batch, options.Rate, clock);
        var uplink = new Uplink(outbox, options.Host, options.Port, options.Window, new Random(), clock, report,
            options.RetryMax);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task sensing = Task.Run(() => TakeAllAsync(source, outbox, either.Token), CancellationToken.None);
        Task endless = new TaskCompletionSource().Task;
        Task sending = Task.Run(
            () => uplink.RunAsync(options.UntilDrained ? sensing : endless, either.Token), CancellationToken.None);
        try
        {
            // A fault of the source ends the run at once; its mere end does not.
            if (await Task.WhenAny(sensing, sending) == sensing) await sensing;
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
            await Task.WhenAll(sensing, sending).ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
        return outbox.Count();
    }

    /// <summary>Takes a source into the outbox, from where it was left to its end.</summary>
    internal static async Task TakeAllAsync(ISensorSource source, Outbox outbox, CancellationToken stop)
    {
        await foreach (SensedPortion portion in source.ReadAsync(outbox.ProgressOf(source.Name), stop))
        {
            outbox.Append(portion.Readings, source.Name, portion.Progress);
        }
    }

    private static string NewBoot(TimeProvider clock) =>
        BootId.From(clock.GetUtcNow(), RandomNumberGenerator.GetBytes(BootId.RandomBytes));
}
