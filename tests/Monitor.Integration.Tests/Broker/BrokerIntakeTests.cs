using Microsoft.Data.Sqlite;
using Monitor.Domain.Readings;
using Monitor.Edge;
using Monitor.Integration.Tests.Edge;
using Monitor.Mqtt.Client;
using Monitor.Mqtt.Protocol;
using Monitor.Server;
using Monitor.Server.Intake.Broker;
using Xunit;

namespace Monitor.Integration.Tests.Broker;

/// <summary>The intake behind a real Mosquitto: what is stored, what is told to agents, and what sessions carry over.</summary>
public sealed class BrokerIntakeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_agent_behind_Mosquitto_drains_on_receipts_and_each_reading_is_stored_once()
    {
        await using BrokerField field = await BrokerField.StartAsync();
        MonitorServer service = await field.ServeAsync();
        using Outbox outbox = field.Edge.Open();
        for (int n = 1; n <= 200; n++) outbox.Append([EdgeFolder.Reading(n)], "test", null);

        await field.SendAsync(outbox, Task.CompletedTask, Stop).WaitAsync(Support.ProgramProcess.Ceiling, Stop);

        Assert.Equal(new OutboxCounts("A", "BOOT-1", 200, 200, 0), outbox.Count());
        StoreCounts stored = service.Record.Count("S");
        Assert.Equal((200L, 200L), (stored.Readings, stored.DistinctReadings));
        // The agent's birth and goodbye were kept too.
        Assert.Equal(["monitor/v1/S/A/state"], service.Record.Retained().Select(m => m.Topic));
    }

    [Fact]
    public async Task What_came_while_the_intake_was_away_waits_in_its_session_over_a_restart_of_the_broker()
    {
        await using BrokerField field = await BrokerField.StartAsync(f => "allow_anonymous true\n" + f.Persistent);
        await (await field.ServeAsync()).DisposeAsync();
        await using (MqttClient client = await field.ConnectAsync("publisher"))
        {
            for (int n = 1; n <= 50; n++)
            {
                Assert.Equal(MqttPubAckReasonCode.Success, await BrokerField.PublishAsync(
                    client, "monitor/v1/S/A/data", BrokerField.Payload("A", "S", n, n)));
            }
        }
        // SIGTERM, as an operator stops it: Mosquitto then writes what it has.
        await field.Broker.StopAsync(Stop);
        await field.Broker.RestartAsync(Stop);
        await using ReceiptEar ear = await ReceiptEar.ListenAsync(field);

        MonitorServer service = await field.ServeAsync();
        await ear.HearAsync(50);

        Assert.Equal(50, service.Record.Count("S").Readings);
        Assert.Equal(1, field.Log.Count("the session is the former one"));
    }

    [Fact]
    public async Task A_lost_session_makes_the_intake_ask_for_what_the_broker_had_promised_and_forgot()
    {
        await using BrokerField field = await BrokerField.StartAsync();
        MonitorServer first = await field.ServeAsync();
        using Outbox outbox = field.Edge.Open();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        // This agent trusts the broker: what the broker acknowledged it sends again only when it is asked.
        Task sending = field.SendAsync(outbox, new TaskCompletionSource().Task, end.Token, waitsForReceipt: false);
        await using (ReceiptEar ear = await ReceiptEar.ListenAsync(field))
        {
            outbox.Append([EdgeFolder.Reading(1)], "test", null);
            await ear.HearAsync(1);
        }
        await first.DisposeAsync();
        var drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        outbox.Settled += () =>
        {
            if (outbox.IsDrained) drained.TrySetResult();
        };
        for (int n = 2; n <= 40; n++) outbox.Append([EdgeFolder.Reading(n)], "test", null);
        await drained.Task.WaitAsync(Support.ProgramProcess.Ceiling, Stop);
        // Without persistence the broker forgets the session, and the 39 batches in it.
        field.Broker.Kill();
        await field.Broker.RestartAsync(Stop);
        await using ReceiptEar second = await ReceiptEar.ListenAsync(field);

        MonitorServer service = await field.ServeAsync();
        await second.HearAsync(39);

        Assert.Equal(40, service.Record.Count("S").DistinctReadings);
        Assert.Equal(2, field.Log.Count("the session is new"));
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    [Fact]
    public async Task While_the_store_is_held_by_another_nothing_is_acknowledged_and_afterwards_all_of_it_in_order()
    {
        await using BrokerField field = await BrokerField.StartAsync();
        await using var tap = new BrokerTap(field.Broker.Port);
        MonitorServer service = await field.ServeAsync(more: b => b with { Port = tap.Port });
        await using ReceiptEar ear = await ReceiptEar.ListenAsync(field);
        await using MqttClient client = await field.ConnectAsync("publisher");
        using (var other = new SqliteConnection($"Data Source={field.Data().Record};Pooling=False"))
        {
            other.Open();
            using SqliteTransaction held = other.BeginTransaction(deferred: false);
            for (int n = 1; n <= 30; n++)
            {
                await BrokerField.PublishAsync(client, "monitor/v1/S/A/data", BrokerField.Payload("A", "S", n, n));
            }
            await field.Log.SeeAsync("are to come again later", 2);
            Assert.Equal((30, 0), (tap.Delivered, tap.Acknowledged));
            held.Rollback();
        }
        await ear.HearAsync(30);
        await tap.SeeAcknowledgedAsync(30);

        Assert.Equal(30, service.Record.Count("S").DistinctReadings);
        Assert.Equal((0, 0), (tap.Stale, tap.OutOfOrder));
    }

    // Mosquitto 2.0 with max_inflight_messages 0 sends more unanswered messages than the Receive Maximum that it was told.
    [Fact]
    public async Task A_broker_that_sends_more_than_it_was_asked_to_is_held_back_and_not_left()
    {
        await using BrokerField field = await BrokerField.StartAsync();
        MonitorServer service = await field.ServeAsync(more: b => b with { InHandMax = 10 });
        await using ReceiptEar ear = await ReceiptEar.ListenAsync(field);
        await using MqttClient client = await field.ConnectAsync("publisher");
        using (var other = new SqliteConnection($"Data Source={field.Data().Record};Pooling=False"))
        {
            other.Open();
            using SqliteTransaction held = other.BeginTransaction(deferred: false);
            for (int n = 1; n <= 300; n++)
            {
                await BrokerField.PublishAsync(client, "monitor/v1/S/A/data", BrokerField.Payload("A", "S", n, n));
            }
            held.Rollback();
        }

        await ear.HearAsync(300);

        Assert.Equal(300, service.Record.Count("S").DistinctReadings);
        Assert.Equal(1, field.Log.Count("subscribed as"));
    }

    [Fact]
    public async Task Several_services_share_the_sections_and_none_is_left_out_or_taken_twice()
    {
        const int Sections = 24;
        await using BrokerField field = await BrokerField.StartAsync();
        MonitorServer[] services =
        [
            await field.ServeAsync("one", b => b with { Share = new BrokerShare(0, 3) }),
            await field.ServeAsync("two", b => b with { Share = new BrokerShare(1, 3) }),
            await field.ServeAsync("three", b => b with { Share = new BrokerShare(2, 3) }),
        ];
        await using ReceiptEar ear = await ReceiptEar.ListenAsync(field);
        await using MqttClient client = await field.ConnectAsync("publisher");
        for (int n = 1; n <= Sections; n++)
        {
            await BrokerField.PublishAsync(
                client, $"monitor/v1/S-{n}/A-{n}/data", BrokerField.Payload($"A-{n}", $"S-{n}", 1));
        }
        await ear.HearAsync(Sections);

        string[][] taken = [.. services.Select(s => s.Record.Sections().ToArray())];
        Assert.All(taken, Assert.NotEmpty);
        Assert.Equal(Sections, taken.Sum(sections => sections.Length));
        Assert.Equal(Sections, taken.SelectMany(sections => sections).Distinct().Count());
    }

    [Fact]
    public async Task Who_is_not_registered_or_says_something_else_a_second_time_is_kept_apart_and_told_so_only_for_good()
    {
        await using BrokerField field = await BrokerField.StartAsync();
        MonitorServer service = await field.ServeAsync();
        new Monitor.Server.People.AgentRegister(service.Registry, TimeProvider.System).Add(
            "A", ["S"], Monitor.Server.People.AgentPassword.Hash("x"), "");
        await using ReceiptEar ear = await ReceiptEar.ListenAsync(field);
        await using MqttClient client = await field.ConnectAsync("publisher");
        await BrokerField.PublishAsync(client, "monitor/v1/S/B/data", BrokerField.Payload("B", "S", 1));
        await BrokerField.PublishAsync(client, "monitor/v1/T/A/data", BrokerField.Payload("A", "T", 1));
        await BrokerField.PublishAsync(client, "monitor/v1/S/A/data", BrokerField.Payload("C", "S", 1));
        await BrokerField.PublishAsync(client, "monitor/v1/S/A/data", [0xFF]);
        await BrokerField.PublishAsync(client, "monitor/v1/S/A/data", BrokerField.Payload("A", "S", 1, 1));
        await BrokerField.PublishAsync(client, "monitor/v1/S/A/data", BrokerField.Payload("A", "S", 1, 2));

        await ear.HearAsync(stored: 1, refused: 1);

        StoreCounts counts = service.Record.Count();
        Assert.Equal((1L, 5L), (counts.Readings, counts.DeadLetters));
        Assert.Equal([("monitor/v1/S/A/receipt", 1L)], ear.Refused);
    }
}
