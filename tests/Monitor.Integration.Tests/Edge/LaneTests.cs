using System.Collections.Concurrent;
using Monitor.Domain.Readings;
using Monitor.Edge;
using Monitor.Mqtt.Protocol;
using Xunit;

namespace Monitor.Integration.Tests.Edge;

/// <summary>What is fresh goes before what is old.</summary>
public sealed class LaneTests : IDisposable
{
    private readonly EdgeFolder folder = new();
    private readonly ConcurrentQueue<string> reports = [];

    public void Dispose() => folder.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fresh_batches_overtake_a_backlog_the_newest_first_and_nothing_is_left_behind()
    {
        const int Old = 200, Width = 8;
        var gate = new SemaphoreSlim(0);
        await using var server = new IntakeServer(async (_, _) =>
        {
            await gate.WaitAsync(Stop);
            return MqttPubAckReasonCode.Success;
        });
        using Outbox outbox = folder.Open();
        for (int n = 1; n <= Old; n++) outbox.Append([EdgeFolder.Reading(n)], "device", null);
        var ended = new TaskCompletionSource();
        Task running = Uplink(outbox, server, Width).RunAsync(ended.Task, Stop);
        // Half of the places are the backlog's, and stay so.
        await server.UntilAsync(() => server.Received.Count >= Width / 2);
        Assert.Equal([1L, 2, 3, 4], server.Received.Select(b => b.Sequence));

        for (int n = 1; n <= 6; n++) outbox.Append([FreshReading(n)], "device", null);
        // Four places are free, so four of the six go at once, whatever the backlog does.
        await server.UntilAsync(() => server.Received.Count >= Width);
        Assert.All(server.Received.Skip(4).Take(4), b => Assert.True(b.Sequence > Old, $"{b.Sequence}"));
        gate.Release(2 * Old);
        ended.SetResult();
        await running.WaitAsync(TimeSpan.FromSeconds(60), Stop);

        Assert.Equal(Old + 6, server.Stored.Count);
        Assert.Equal(Old + 6, server.Received.Count);
        // All fresh ones were there before a tenth of the backlog was.
        long[] order = [.. server.Received.Select(b => b.Sequence)];
        Assert.True(Array.FindLastIndex(order, s => s > Old) < 8 + (Old / 10), string.Join(' ', order));
        // And the backlog kept its order.
        Assert.Equal(Enumerable.Range(1, Old).Select(n => (long)n), order.Where(s => s <= Old));
    }

    [Fact]
    public async Task Of_several_fresh_batches_the_newest_goes_first()
    {
        await using var server = new IntakeServer((_, _) => ValueTask.FromResult(MqttPubAckReasonCode.Success));
        using Outbox outbox = folder.Open();
        for (int n = 1; n <= 10; n++) outbox.Append([FreshReading(n)], "device", null);

        await Uplink(outbox, server, 1).RunAsync(Task.CompletedTask, Stop).WaitAsync(TimeSpan.FromSeconds(60), Stop);

        Assert.Equal([10L, 9, 8, 7, 6, 5, 4, 3, 2, 1], server.Received.Select(b => b.Sequence));
    }

    [Fact]
    public async Task Put_off_by_the_server_the_backlog_begins_again_at_its_oldest()
    {
        int refusals = 0;
        await using var server = new IntakeServer((batch, _) => ValueTask.FromResult(
            batch.Sequence == 3 && Interlocked.Increment(ref refusals) <= 3
                ? MqttPubAckReasonCode.QuotaExceeded
                : MqttPubAckReasonCode.Success));
        using Outbox outbox = folder.Open();
        for (int n = 1; n <= 40; n++) outbox.Append([EdgeFolder.Reading(n)], "device", null);

        await Uplink(outbox, server, 2).RunAsync(Task.CompletedTask, Stop).WaitAsync(TimeSpan.FromSeconds(60), Stop);

        // One place for what is old: so the order in which the server took them is the order of the outbox.
        Assert.Equal(Enumerable.Range(1, 40).Select(n => (long)n),
            server.Received.Select(b => b.Sequence).Distinct());
        Assert.Equal(40 + 3, server.Received.Count);
    }

    // Sequence n is of so many seconds ago.
    private static Reading FreshReading(int n) => EdgeFolder.Reading(n) with
    {
        Time = Instant.From(TimeProvider.System.GetUtcNow() - TimeSpan.FromSeconds(100 - n)),
    };

    private Uplink Uplink(Outbox outbox, IntakeServer server, int width) => new(
        outbox, new UplinkOptions { Host = "127.0.0.1", Port = server.Port, Width = width }, new Random(1),
        TimeProvider.System, reports.Enqueue);
}
