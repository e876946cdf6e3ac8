using System.Collections.Concurrent;
using System.Text;
using Monitor.Edge;
using Monitor.Integration.Tests.Support;
using Monitor.Mqtt.Protocol;
using Monitor.Wire.Envelope;
using Xunit;

namespace Monitor.Integration.Tests.Edge;

/// <summary>What the agent and the server say to each other beside the readings.</summary>
public sealed class ServerWordTests : IDisposable
{
    private readonly EdgeFolder folder = new();
    private readonly ConcurrentQueue<string> reports = [];

    public void Dispose() => folder.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_was_restored_from_an_old_backup_asks_for_what_it_misses_and_gets_the_same_bytes()
    {
        await using var server = Server();
        using Outbox outbox = Filled(20, server);
        var ended = new TaskCompletionSource();
        Task running = Uplink(outbox, server).RunAsync(ended.Task, Stop);
        await server.UntilAsync(() => outbox.Count().Acknowledged == 20);
        Dictionary<long, string> first = server.Received.ToDictionary(
            b => b.Sequence, b => Convert.ToHexString(b.Payload.Span));
        server.Stored.Clear();

        await server.TellAsync("A", "cmd", new ResendCommand("BOOT-1", new SequenceRange(6, 100)).ToBytes());
        await server.UntilAsync(() => server.Stored.Count == 15);
        ended.SetResult();
        await running.WaitAsync(TimeSpan.FromSeconds(60), Stop);

        Assert.Equal(Enumerable.Range(6, 15).Select(n => (long)n), server.Stored.Keys.Select(k => k.Sequence).Order());
        Assert.All(server.Received, b => Assert.Equal(first[b.Sequence], Convert.ToHexString(b.Payload.Span)));
        Assert.Contains(reports, line => line.EndsWith(": 15 are kept, 15 go out again", StringComparison.Ordinal));
        Assert.Equal(20, outbox.Count().Acknowledged);
    }

    [Fact]
    public async Task What_is_no_command_or_names_another_boot_changes_nothing_and_is_reported()
    {
        await using var server = Server();
        using Outbox outbox = Filled(3, server);
        var ended = new TaskCompletionSource();
        Task running = Uplink(outbox, server).RunAsync(ended.Task, Stop);
        await server.UntilAsync(() => outbox.Count().Acknowledged == 3);

        await server.TellAsync("A", "cmd", Encoding.UTF8.GetBytes("""{"cmd":"erase"}"""));
        await server.TellAsync("A", "cmd", new ResendCommand("BOOT-0", new SequenceRange(1, 3)).ToBytes());
        await server.TellAsync("A", "cmd", new ResendCommand("BOOT-1", new SequenceRange(4, 9)).ToBytes());
        ended.SetResult();
        await running.WaitAsync(TimeSpan.FromSeconds(60), Stop);

        Assert.Equal(3, server.Received.Count);
        Assert.Contains(reports, line => line.StartsWith("a command cannot be read: The command is unknown",
            StringComparison.Ordinal));
        Assert.Equal(2, reports.Count(line => line.EndsWith(": 0 are kept, 0 go out again", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Where_only_receipts_count_a_brokers_own_word_is_not_enough()
    {
        await using var server = Server();
        using Outbox outbox = Filled(5, server);
        Task running = Uplink(outbox, server, receipts: true).RunAsync(Task.CompletedTask, Stop);
        await server.UntilAsync(() => server.Stored.Count == 4);
        Assert.Equal(0, outbox.Count().Acknowledged);

        await server.TellAsync("A", "receipt", Encoding.UTF8.GetBytes("no receipt"));
        await server.TellAsync("A", "receipt", new StoredReceipt("BOOT-0", [new SequenceRange(1, 5)]).ToBytes());
        await server.TellAsync("A", "receipt", new StoredReceipt(
            "BOOT-1", [new SequenceRange(4, 4), new SequenceRange(1, 2)]).ToBytes());
        // Three places are free again: the fifth batch goes out.
        await server.UntilAsync(() => server.Stored.Count == 5);
        Assert.Equal(3, outbox.Count().Acknowledged);
        await server.TellAsync("A", "receipt", new StoredReceipt("BOOT-1", [new SequenceRange(1, 5)]).ToBytes());
        await running.WaitAsync(TimeSpan.FromSeconds(60), Stop);

        Assert.Equal(5, outbox.Count().Acknowledged);
        Assert.Contains(reports, line => line.StartsWith("a receipt cannot be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_server_asks_for_goes_out_again_without_waiting_for_a_receipt_and_what_one_refuses_is_parked()
    {
        await using var server = Server();
        using Outbox outbox = Filled(3, server);
        Task running = Uplink(outbox, server, receipts: true).RunAsync(Task.CompletedTask, Stop);
        await server.UntilAsync(() => server.Received.Count == 3);

        await server.TellAsync("A", "cmd", new ResendCommand("BOOT-1", new SequenceRange(1, long.MaxValue)).ToBytes());
        await server.UntilAsync(() => server.Received.Count == 6);
        await server.TellAsync("A", "receipt", new StoredReceipt("BOOT-1", [new SequenceRange(1, 1), new SequenceRange(3, 3)])
        {
            Refused = [new SequenceRange(2, 2)],
        }.ToBytes());
        await running.WaitAsync(TimeSpan.FromSeconds(60), Stop);

        Assert.Equal((2, 1), (outbox.Count().Acknowledged, outbox.Count().Parked));
    }

    [Fact]
    public async Task A_server_that_grants_no_receipts_is_told_from_one_that_is_slow()
    {
        await using var server = new IntakeServer((_, _) => ValueTask.FromResult(MqttPubAckReasonCode.Success));
        using Outbox outbox = Filled(1, server);

        ServerRefusalException refusal = await Assert.ThrowsAsync<ServerRefusalException>(() =>
            Uplink(outbox, server, receipts: true).RunAsync(Task.CompletedTask, Stop));

        Assert.Contains("monitor/v1/S/A/receipt", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_agent_says_that_it_is_there_what_is_wrong_and_that_it_goes()
    {
        await using var server = Server();
        using Outbox outbox = Filled(3, server);
        var ended = new TaskCompletionSource();
        Task running = Uplink(outbox, server).RunAsync(ended.Task, Stop);
        await server.UntilAsync(() => outbox.Count().Acknowledged == 3);
        outbox.Raise(Alarm.DiskFull, "The disk is full.");
        await server.UntilAsync(() => server.States.Any(s => s.Alarms.Count > 0));
        outbox.Append([EdgeFolder.Reading(4)], "test", null);
        await server.UntilAsync(() => outbox.Count().Acknowledged == 4);
        ended.SetResult();
        await running.WaitAsync(TimeSpan.FromSeconds(60), Stop);

        AgentState last = server.States.Last();
        Assert.True(server.States.First().Online);
        Assert.Equal((3L, "A", "BOOT-1"), (server.States.First().Pending, last.Agent, last.Boot));
        Assert.Contains(server.States, s => s.Online && s.Alarms.SequenceEqual([Alarm.DiskFull]));
        Assert.Equal((false, 0L), (last.Online, last.Pending));
    }

    [Fact]
    public async Task Killed_the_agent_is_said_to_be_gone_by_its_will_from_its_very_first_run_on()
    {
        await using var server = Server();
        using ProgramProcess process = ProgramProcess.Start("monitor-edge",
        [
            "run", "--agent", "A", "--section", "S", "--server", server.Address, "--outbox", folder.Outbox,
            "--replay", folder.WriteRows(3),
        ]);
        // Once to learn that states are taken, and once more with the will.
        await server.UntilAsync(() => server.Stored.Count == 1 && server.States.Count(s => s.Online) >= 2);

        Assert.Empty(server.Wills);
        process.Kill();
        await server.UntilAsync(() => !server.Wills.IsEmpty);

        (AgentState will, TimeSpan delay) = Assert.Single(server.Wills);
        Assert.Equal(("A", false, (long?)null), (will.Agent, will.Online, will.Pending));
        // A reconnect within this is no news to anybody.
        Assert.Equal(TimeSpan.FromSeconds(30), delay);
        Assert.Equal(3, server.StoredValues.Count());
    }

    [Fact]
    public async Task Two_programs_with_one_name_do_not_fight_and_the_one_that_was_ended_raises_the_alarm()
    {
        await using var server = Server();
        using Outbox outbox = Filled(3, server);
        using var other = new EdgeFolder();
        using Outbox twin = other.Open();
        server.Watch(twin);
        twin.Append([EdgeFolder.Reading(1)], "test", null);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var never = new TaskCompletionSource();
        Task running = Uplink(outbox, server).RunAsync(never.Task, stop.Token);
        await server.UntilAsync(() => outbox.Count().Acknowledged == 3);

        Task twins = Uplink(twin, server).RunAsync(never.Task, stop.Token);
        await server.UntilAsync(() => twin.Count().Acknowledged == 1 && outbox.Alarms.Count > 0);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => twins);

        Assert.Equal(Alarm.TakenOver, Assert.Single(outbox.Alarms).Code);
        Assert.Empty(twin.Alarms);
        // Both are kept, though they number alike: their boots differ only where their outboxes do.
        Assert.Contains(reports, line => line.Contains("Another program connected as agent A", StringComparison.Ordinal));
    }

    private static IntakeServer Server() =>
        new((_, _) => ValueTask.FromResult(MqttPubAckReasonCode.Success), grants: true);

    private Outbox Filled(int batches, IntakeServer server)
    {
        Outbox outbox = folder.Open();
        server.Watch(outbox);
        for (int n = 1; n <= batches; n++) outbox.Append([EdgeFolder.Reading(n)], "test", null);
        return outbox;
    }

    private Uplink Uplink(Outbox outbox, IntakeServer server, bool receipts = false) => new(
        outbox,
        new UplinkOptions { Host = "127.0.0.1", Port = server.Port, Width = 8, WaitsForReceipt = receipts },
        new Random(1), TimeProvider.System, reports.Enqueue);
}
