using System.Collections.Concurrent;
using System.Text.Json;
using Monitor.Domain.Readings;
using Monitor.Edge;
using Monitor.Edge.Sensors;
using Monitor.Integration.Tests.Edge;

namespace Monitor.Integration.Tests.Sensors;

/// <summary>A source of a configuration, running into an outbox of its own.</summary>
internal sealed class SensorRun : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Outbox outbox;
    private readonly Task running;
    private readonly Lock gate = new();
    private TaskCompletionSource change = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal SensorRun(EdgeFolder folder, string json, TimeProvider? clock = null)
    {
        Folder = folder;
        outbox = folder.Open(clock);
        outbox.Appended += Changed;
        Source = Open(json, new SensorPlace(clock ?? TimeProvider.System, Say, () => new ClockState("ntp")));
        running = Task.Run(() => EdgeAgent.TakeAllAsync(Source, outbox, stop.Token, true));
    }

    internal EdgeFolder Folder { get; }

    internal ISensorSource Source { get; }

    internal ConcurrentQueue<string> Said { get; } = [];

    /// <summary>Ends when the source ends.</summary>
    internal Task Running => running;

    internal static ISensorSource Open(string json, SensorPlace? place = null)
    {
        using var document = JsonDocument.Parse(json);
        var said = new SensorSettings(document.RootElement.Clone(), "edge.json", "sensors[0]");
        return SensorFamilies.Open(
            [said], place ?? new SensorPlace(TimeProvider.System, _ => { }, () => ClockState.Unknown))[0];
    }

    /// <summary>What is in the outbox, in order.</summary>
    internal IReadOnlyList<Reading> Readings => [.. Folder.Batches().SelectMany(batch => batch.Readings)];

    /// <summary>Waits until something holds, looking when something came in or was said.</summary>
    internal async Task UntilAsync(Func<bool> holds)
    {
        using var ceiling = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            Task next;
            lock (gate) next = change.Task;
            if (holds()) return;
            Task first = await Task.WhenAny(next, running, Task.Delay(Timeout.Infinite, ceiling.Token));
            if (holds()) return;
            if (first == running) await running;
            ceiling.Token.ThrowIfCancellationRequested();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ContinueWith(
            static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        outbox.Dispose();
        stop.Dispose();
    }

    private void Say(string line)
    {
        Said.Enqueue(line);
        Changed();
    }

    private void Changed()
    {
        lock (gate)
        {
            change.TrySetResult();
            change = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
