using System.Collections.Concurrent;
using System.Diagnostics;
using Monitor.Domain.Readings;
using Monitor.Edge;
using Monitor.Mqtt.Protocol;
using Xunit;

namespace Monitor.Integration.Tests.Edge;

/// <summary>
/// The network between agent and server, cut, silent, slow and lossy: nothing is lost, doubled or promised in vain.
/// </summary>
public sealed class NetworkFaultTests : IAsyncDisposable
{
    private readonly EdgeFolder folder = new();
    private readonly ConcurrentQueue<string> reports = [];
    private readonly IntakeServer server =
        new((_, _) => ValueTask.FromResult(MqttPubAckReasonCode.Success), grants: true);
    private readonly TcpProxy network;

    public NetworkFaultTests() => network = new TcpProxy(server.Port, seed: 2025);

    public async ValueTask DisposeAsync()
    {
        await network.DisposeAsync();
        await server.DisposeAsync();
        folder.Dispose();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cut_ten_times_while_it_sends()
    {
        const int Cuts = 10, PerCut = 30;
        using Outbox outbox = Open();
        var ended = new TaskCompletionSource();
        Task running = Run(outbox, ended.Task);
        int made = 0;
        for (int cut = 1; cut <= Cuts; cut++)
        {
            for (int n = 0; n < PerCut; n++) outbox.Append([EdgeFolder.Reading(++made)], "test", null);
            int reached = made - (PerCut / 2);
            await server.UntilAsync(() => server.Stored.Count >= reached);
            network.Cut();
        }
        ended.SetResult();
        await running.WaitAsync(TimeSpan.FromSeconds(60), Stop);

        RequireAll(outbox, made);
        Assert.True(network.Accepted > Cuts, $"{network.Accepted} connections");
    }

    [Fact]
    public async Task Half_open_it_is_noticed_by_the_silence_and_the_next_connection_goes_on()
    {
        var keepAlive = TimeSpan.FromSeconds(2);
        using Outbox outbox = Open();
        outbox.Append([EdgeFolder.Reading(1)], "test", null);
        var ended = new TaskCompletionSource();
        Task running = Run(outbox, ended.Task, keepAlive);
        await server.UntilAsync(() => server.Stored.Count == 1);

        // Nothing tells the agent: no FIN, no RST, its bytes are taken and lead nowhere.
        network.Hold();
        Task reconnected = network.NextAccepted();
        long held = Stopwatch.GetTimestamp();
        for (int n = 2; n <= 50; n++) outbox.Append([EdgeFolder.Reading(n)], "test", null);
        await reconnected.WaitAsync(TimeSpan.FromSeconds(60), Stop);
        TimeSpan noticed = Stopwatch.GetElapsedTime(held);
        network.Heal();
        network.Cut();
        ended.SetResult();
        await running.WaitAsync(TimeSpan.FromSeconds(60), Stop);

        RequireAll(outbox, 50);
        Assert.Contains(reports, line => line.Contains("The server was silent for", StringComparison.Ordinal));
        // The bound itself is tested against a clock of the tests; here, that it is not the patience for one answer.
        Assert.True(noticed < TimeSpan.FromSeconds(30), $"noticed after {noticed}");
        TestContext.Current.SendDiagnosticMessage($"half-open noticed after {noticed.TotalSeconds:0.0} s of keep-alive 2 s");
    }

    [Fact]
    public async Task Two_seconds_slow_and_nothing_is_given_up()
    {
        network.Latency = TimeSpan.FromSeconds(1);
        using Outbox outbox = Open();
        for (int n = 1; n <= 40; n++) outbox.Append([EdgeFolder.Reading(n)], "test", null);

        await Run(outbox, Task.CompletedTask).WaitAsync(TimeSpan.FromSeconds(60), Stop);

        RequireAll(outbox, 40);
        Assert.Empty(reports);
        Assert.Equal(40, server.Received.Count);
    }

    [Fact]
    public async Task Thirty_percent_lost_on_the_way_and_a_cut_now_and_then()
    {
        network.Loss = 0.3;
        using Outbox outbox = Open();
        var ended = new TaskCompletionSource();
        Task running = Run(outbox, ended.Task);
        for (int n = 1; n <= 200; n++)
        {
            outbox.Append([EdgeFolder.Reading(n)], "test", null);
            if (n % 70 != 0) continue;
            await server.UntilAsync(() => server.Stored.Count > n - 60);
            network.Cut();
        }
        ended.SetResult();
        await running.WaitAsync(TimeSpan.FromSeconds(60), Stop);

        RequireAll(outbox, 200);
    }

    [Fact]
    public async Task After_a_month_offline_fresh_readings_arrive_within_seconds_while_the_backlog_drains()
    {
        // A thirtieth of a month of 5-minute values in the short form; the long form takes the whole.
        const int Backlog = 288, Fresh = 40;
        network.Latency = TimeSpan.FromMilliseconds(20);
        using Outbox outbox = Open();
        for (int n = 1; n <= Backlog; n++)
        {
            outbox.Append([.. Enumerable.Range(1, 9).Select(EdgeFolder.Reading)], "device", null);
        }
        var ended = new TaskCompletionSource();
        Task running = Run(outbox, ended.Task);
        await server.UntilAsync(() => server.Stored.Count > 10);
        List<double> seconds = [];
        for (int n = 1; n <= Fresh; n++)
        {
            long sequence = Backlog + n, at = Stopwatch.GetTimestamp();
            Reading now = EdgeFolder.Reading(n) with { Time = Instant.From(TimeProvider.System.GetUtcNow()) };
            outbox.Append([now], "device", null);
            await server.UntilAsync(() => server.Stored.ContainsKey(("BOOT-1", sequence)));
            seconds.Add(Stopwatch.GetElapsedTime(at).TotalSeconds);
        }
        int backlogThen = server.Stored.Count - Fresh;
        ended.SetResult();
        await running.WaitAsync(TimeSpan.FromSeconds(60), Stop);

        Assert.Equal(Backlog + Fresh, server.Stored.Count);
        Assert.Equal(outbox.Count().Published, outbox.Count().Acknowledged);
        seconds.Sort();
        double p95 = seconds[(int)Math.Ceiling(0.95 * Fresh) - 1];
        Assert.True(p95 <= 5, $"p95 {p95:0.00} s");
        TestContext.Current.SendDiagnosticMessage($"fresh p95 {p95 * 1000:0} ms, {backlogThen} of {Backlog} drained then");
    }

    private Outbox Open()
    {
        Outbox outbox = folder.Open();
        server.Watch(outbox);
        return outbox;
    }

    private Task Run(Outbox outbox, Task ended, TimeSpan? keepAlive = null) => new Uplink(
        outbox,
        new UplinkOptions
        {
            Host = "127.0.0.1", Port = network.Port, Width = 16, KeepAlive = keepAlive ?? TimeSpan.FromSeconds(30),
            RetryMax = TimeSpan.FromSeconds(1),
        },
        new Random(1), TimeProvider.System, reports.Enqueue).RunAsync(ended, Stop);

    // Sampled = stored = acknowledged, each once, to the digit.
    private void RequireAll(Outbox outbox, int made)
    {
        Assert.Equal(Enumerable.Range(1, made).Select(n => (long)n), server.StoredValues);
        Assert.Equal(new OutboxCounts("A", "BOOT-1", made, made, 0), outbox.Count());
    }
}
