using System.Collections.Concurrent;
using System.Text;
using Monitor.Domain.Readings;
using Monitor.Edge;
using Monitor.Edge.Sensors;
using Xunit;

namespace Monitor.Integration.Tests.Edge;

public sealed class UplinkOnMosquittoTests : IDisposable
{
    private readonly EdgeFolder folder = new();
    private readonly ConcurrentDictionary<long, ReadingBatch> arrived = [];
    private readonly ConcurrentQueue<string> reports = [];
    private readonly SemaphoreSlim arrivals = new(0);

    public void Dispose()
    {
        arrivals.Dispose();
        folder.Dispose();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_rows_reach_a_subscriber_though_the_broker_falls_silent_is_killed_and_comes_back()
    {
        const int Batch = 10, First = 30, Second = 70;
        using Mosquitto broker = await Mosquitto.StartAsync(folder, Stop);
        await broker.SubscribeAsync(Take, Stop);
        using Outbox outbox = folder.Open();
        var ended = new TaskCompletionSource();
        var uplink = new Uplink(
            outbox, new UplinkOptions { Host = "127.0.0.1", Port = broker.Port, Width = 16 }, new Random(1),
            TimeProvider.System, reports.Enqueue);
        Task sending = Task.Run(() => uplink.RunAsync(ended.Task, Stop), Stop);

        string file = folder.WriteRows(First * Batch);
        await TakeIn(outbox, file, Batch);
        await Arrived(First);

        // Held, the broker takes bytes and answers nothing; killed, it forgets them.
        broker.Hold();
        File.AppendAllText(
            file, string.Concat(Enumerable.Range((First * Batch) + 1, Second * Batch).Select(EdgeFolder.Row)));
        await TakeIn(outbox, file, Batch);
        broker.Kill();
        await broker.RestartAsync(Stop);
        await broker.SubscribeAsync(Take, Stop);
        await Arrived(First + Second);
        ended.SetResult();
        await sending.WaitAsync(TimeSpan.FromSeconds(60), Stop);

        const int Rows = (First + Second) * Batch;
        Assert.Equal(Enumerable.Range(1, Rows).Select(n => (long)n),
            arrived.OrderBy(b => b.Key).SelectMany(b => b.Value.Readings).Select(r => r.Value.Mantissa));
        Assert.Equal(new OutboxCounts("A", "BOOT-1", Rows, Rows, 0), outbox.Count());
        // The connection was lost at least once, and said so.
        Assert.Contains(reports, line => line.Contains("Next attempt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_nobody_is_subscribed_at_the_broker_nothing_counts_as_acknowledged()
    {
        using Mosquitto broker = await Mosquitto.StartAsync(folder, Stop);
        using Outbox outbox = folder.Open();
        outbox.Append([EdgeFolder.Reading(1)], "test", null);
        var putOff = new TaskCompletionSource();
        var uplink = new Uplink(
            outbox, new UplinkOptions { Host = "127.0.0.1", Port = broker.Port, Width = 16 }, new Random(1),
            TimeProvider.System, _ => putOff.TrySetResult());
        Task sending = Task.Run(() => uplink.RunAsync(Task.CompletedTask, Stop), Stop);
        await putOff.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop);
        Assert.Equal(0, outbox.Count().Acknowledged);

        await broker.SubscribeAsync(Take, Stop);
        await Arrived(1);
        await sending.WaitAsync(TimeSpan.FromSeconds(60), Stop);

        Assert.Equal(1, outbox.Count().Acknowledged);
    }

    private static async Task TakeIn(Outbox outbox, string file, int batch)
    {
        var source = new ReplaySource(file, Statistic.Instantaneous, batch, null, TimeProvider.System);
        await EdgeAgent.TakeAllAsync(source, outbox, Stop);
    }

    private void Take(string line)
    {
        ReadingBatch batch = EdgeFolder.Decode(Encoding.UTF8.GetBytes(line));
        if (arrived.TryAdd(batch.Sequence, batch)) arrivals.Release();
    }

    // Until so many different batches have arrived in all.
    private async Task Arrived(int batches)
    {
        while (arrived.Count < batches)
        {
            Assert.True(await arrivals.WaitAsync(TimeSpan.FromSeconds(60), Stop),
                $"{arrived.Count} of {batches} batches arrived; {string.Join(" | ", reports)}");
        }
    }
}
