using System.Collections.Concurrent;
using Monitor.Domain.Readings;
using Monitor.Edge;
using Monitor.Mqtt.Protocol;
using Xunit;

namespace Monitor.Integration.Tests.Edge;

public sealed class UplinkTests : IDisposable
{
    private static readonly TimeSpan Ceiling = TimeSpan.FromSeconds(60);

    private readonly EdgeFolder folder = new();
    private readonly ConcurrentQueue<string> reports = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task All_batches_arrive_oldest_first_and_are_acknowledged()
    {
        await using var server = new IntakeServer((_, _) => ValueTask.FromResult(MqttPubAckReasonCode.Success));
        using Outbox outbox = Filled(100);

        await Drain(outbox, server.Port);

        Assert.Equal(Enumerable.Range(1, 100).Select(n => (long)n), server.Received.Select(b => b.Sequence));
        Assert.Equal(["monitor/v1/S/A/data"], server.Topics.Keys);
        Assert.Equal(new OutboxCounts("A", "BOOT-1", 100, 100, 0), outbox.Count());
        Assert.Empty(reports);
    }

    [Fact]
    public async Task Nothing_is_acknowledged_in_the_outbox_before_the_server_answered()
    {
        var arrived = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        await using var server = new IntakeServer(async (_, _) =>
        {
            arrived.TrySetResult();
            await answer.Task;
            return MqttPubAckReasonCode.Success;
        });
        using Outbox outbox = Filled(3);

        Task draining = Drain(outbox, server.Port);
        await arrived.Task.WaitAsync(Ceiling, TestContext.Current.CancellationToken);
        Assert.Equal(new OutboxCounts("A", "BOOT-1", 3, 0, 0), outbox.Count());
        answer.SetResult();
        await draining;

        Assert.Equal(3, outbox.Count().Acknowledged);
    }

    [Theory]
    [InlineData(16, 256, 8)] // half of our own window, since all of it is old
    [InlineData(16, 5, 2)] // half of the server's Receive Maximum
    [InlineData(1, 256, 1)]
    public async Task Never_more_is_in_flight_than_both_sides_allow(int own, int servers, int most)
    {
        int inFlight = 0, highest = 0;
        var full = new TaskCompletionSource();
        var answered = new TaskCompletionSource();
        await using var server = new IntakeServer(async (_, _) =>
        {
            int now = Interlocked.Increment(ref inFlight);
            InterlockedMax(ref highest, now);
            if (now == most) full.TrySetResult();
            await answered.Task;
            Interlocked.Decrement(ref inFlight);
            return MqttPubAckReasonCode.Success;
        }, (ushort)servers);
        using Outbox outbox = Filled(100);

        Task draining = Drain(outbox, server.Port, own);
        await full.Task.WaitAsync(Ceiling, TestContext.Current.CancellationToken);
        answered.SetResult();
        await draining;

        // The session itself refuses one above its Receive Maximum, and would have been reported.
        Assert.Equal(most, highest);
        Assert.Empty(reports);
    }

    [Fact]
    public async Task What_the_server_has_no_room_for_is_sent_again_later()
    {
        int refusals = 0;
        await using var server = new IntakeServer((batch, _) => ValueTask.FromResult(
            batch.Sequence is 2 or 3 && Interlocked.Increment(ref refusals) <= 5
                ? MqttPubAckReasonCode.QuotaExceeded
                : MqttPubAckReasonCode.Success));
        using Outbox outbox = Filled(20);

        await Drain(outbox, server.Port);

        Assert.Equal(20, outbox.Count().Acknowledged);
        Assert.Equal(20 + 5, server.Received.Count);
        Assert.Equal(5, reports.Count);
        Assert.All(reports, line => Assert.Contains("0x97", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_broker_gave_to_nobody_is_not_acknowledged_but_sent_again()
    {
        int asked = 0;
        await using var server = new IntakeServer((_, _) => ValueTask.FromResult(
            Interlocked.Increment(ref asked) == 1
                ? MqttPubAckReasonCode.NoMatchingSubscribers
                : MqttPubAckReasonCode.Success));
        using Outbox outbox = Filled(1);

        await Drain(outbox, server.Port);

        Assert.Equal([1L, 1L], server.Received.Select(b => b.Sequence));
        Assert.Equal(1, outbox.Count().Acknowledged);
    }

    [Fact]
    public async Task What_the_server_cannot_read_is_parked_reported_and_never_sent_again()
    {
        await using var server = new IntakeServer((batch, _) => ValueTask.FromResult(
            batch.Sequence == 2 ? MqttPubAckReasonCode.PayloadFormatInvalid : MqttPubAckReasonCode.Success));
        using Outbox outbox = Filled(5);

        await Drain(outbox, server.Port);
        await Drain(outbox, server.Port);

        Assert.Equal(new OutboxCounts("A", "BOOT-1", 5, 4, 1), outbox.Count());
        Assert.Equal(1, server.Received.Count(b => b.Sequence == 2));
        Assert.Contains("batch 2 is parked", Assert.Single(reports), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_refuses_the_agent_ends_the_run_and_nothing_is_lost()
    {
        await using var publishing = new IntakeServer(
            (_, _) => ValueTask.FromResult(MqttPubAckReasonCode.NotAuthorized));
        await using var connecting = new IntakeServer(
            (_, _) => ValueTask.FromResult(MqttPubAckReasonCode.Success), connect: MqttConnectReasonCode.NotAuthorized);
        using Outbox outbox = Filled(3);

        await Assert.ThrowsAsync<ServerRefusalException>(() => Drain(outbox, publishing.Port));
        await Assert.ThrowsAsync<ServerRefusalException>(() => Drain(outbox, connecting.Port));

        Assert.Equal(3, outbox.Count().Pending);
    }

    [Fact]
    public async Task Whenever_the_connection_breaks_the_next_one_brings_what_was_not_answered()
    {
        // Every seventh message is stored, and its connection broken before the answer: the worst moment.
        int count = 0;
        await using var server = new IntakeServer((_, session) =>
        {
            if (Interlocked.Increment(ref count) % 7 == 0) session.Disconnect(MqttDisconnectReasonCode.ServerBusy);
            return ValueTask.FromResult(MqttPubAckReasonCode.Success);
        });
        using Outbox outbox = Filled(60);

        await Drain(outbox, server.Port, width: 4);

        Assert.Equal(new OutboxCounts("A", "BOOT-1", 60, 60, 0), outbox.Count());
        Assert.Equal(Enumerable.Range(1, 60).Select(n => (long)n), server.StoredValues);
        Assert.True(server.Received.Count > 60, "no connection was broken in flight");
        // A repeat is the same batch byte for byte.
        foreach (IGrouping<long, ReadingBatch> copies in server.Received.GroupBy(b => b.Sequence))
        {
            Assert.All(copies, copy => Assert.True(copy.Payload.Span.SequenceEqual(copies.First().Payload.Span)));
        }
    }

    [Fact]
    public async Task What_comes_in_while_the_uplink_waits_is_sent_at_once()
    {
        await using var server = new IntakeServer((_, _) => ValueTask.FromResult(MqttPubAckReasonCode.Success));
        using Outbox outbox = Filled(1);
        var ended = new TaskCompletionSource();
        Task running = Uplink(outbox, server.Port, 8).RunAsync(ended.Task, TestContext.Current.CancellationToken);
        for (int n = 2; n <= 10; n++) outbox.Append([EdgeFolder.Reading(n)], "test", null);

        ended.SetResult();
        await running.WaitAsync(Ceiling, TestContext.Current.CancellationToken);

        Assert.Equal(10, server.Stored.Count);
    }

    private Outbox Filled(int batches)
    {
        Outbox outbox = folder.Open();
        for (int n = 1; n <= batches; n++) outbox.Append([EdgeFolder.Reading(n)], "test", null);
        return outbox;
    }

    private Uplink Uplink(Outbox outbox, int port, int width) =>
        new(outbox, new UplinkOptions { Host = "127.0.0.1", Port = port, Width = width }, new Random(1),
            TimeProvider.System, reports.Enqueue);

    private Task Drain(Outbox outbox, int port, int width = 16) => Uplink(outbox, port, width)
        .RunAsync(Task.CompletedTask, TestContext.Current.CancellationToken)
        .WaitAsync(Ceiling, TestContext.Current.CancellationToken);

    private static void InterlockedMax(ref int highest, int now)
    {
        int seen = highest;
        while (now > seen) seen = Interlocked.CompareExchange(ref highest, now, seen);
    }
}
