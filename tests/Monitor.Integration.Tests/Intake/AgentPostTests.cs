using System.Text;
using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Storage;
using Monitor.Mqtt.Client;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Server.Intake;
using Xunit;

namespace Monitor.Integration.Tests.Intake;

/// <summary>What agents are sent, and what is kept for them: receipts, commands, states, wills; and their allowance.</summary>
public sealed class AgentPostTests
{
    private const string Own = "monitor/v1/S-03/A-017/";

    private static CancellationToken Ceiling => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_receipt_follows_the_commit()
    {
        await using AgentService service = await AgentService.StartAsync();
        await using MqttClient agent = await service.ConnectAsync("A-017");
        await SubscribeAsync(agent, Own + "receipt");
        Assert.Equal(MqttPubAckReasonCode.Success, await AgentService.PublishAsync(agent, SampleBatch.Hourly(7)));
        Assert.Equal(2, service.Server.Record.LastPosition);
        Assert.Equal("{\"v\":1,\"boot\":\"boot1\",\"stored\":[[7,7]]}", await TakeAsync(agent));
        // What comes again is stored still; what is kept apart is not.
        await AgentService.PublishAsync(agent, Own + "data", "{}"u8.ToArray());
        await AgentService.PublishAsync(agent, SampleBatch.Hourly(7));
        Assert.Equal("{\"v\":1,\"boot\":\"boot1\",\"stored\":[[7,7]]}", await TakeAsync(agent));
    }

    [Fact]
    public async Task Whoever_listens_for_commands_is_asked_for_what_is_missing()
    {
        await using AgentService service = await AgentService.StartAsync();
        await using MqttClient agent = await service.ConnectAsync("A-017");
        foreach (int sequence in new[] { 1, 4, 5, 9 }) await AgentService.PublishAsync(agent, SampleBatch.Hourly(sequence));
        await SubscribeAsync(agent, Own + "cmd");
        Assert.Equal("{\"cmd\":\"resend\",\"boot\":\"boot1\",\"from\":2,\"to\":3}", await TakeAsync(agent));
        Assert.Equal("{\"cmd\":\"resend\",\"boot\":\"boot1\",\"from\":6,\"to\":8}", await TakeAsync(agent));
    }

    [Theory]
    [InlineData("monitor/v1/S-03/A-018/receipt")] // another's
    [InlineData("monitor/v1/S-04/A-017/receipt")] // a section that is not the agent's
    [InlineData("monitor/v1/+/A-017/receipt")]
    [InlineData("monitor/v1/S-03/A-017/#")]
    [InlineData("monitor/v1/S-03/A-017/data")]
    [InlineData("#")]
    public async Task Other_topics_are_nobodys_to_listen_to(string filter)
    {
        await using AgentService service = await AgentService.StartAsync();
        await using MqttClient agent = await service.ConnectAsync("A-017", service.Register("A-017"));
        Assert.Equal([MqttSubscribeReasonCode.NotAuthorized], await agent.SubscribeAsync([new() { Topic = filter }], Ceiling));
    }

    [Fact]
    public async Task The_state_is_kept_over_connections_and_over_the_service_and_the_will_replaces_it()
    {
        await using AgentService service = await AgentService.StartAsync();
        var will = new MqttApplicationMessage { Topic = Own + "state", Payload = "gone"u8.ToArray(), Retain = true };
        MqttClient agent = await service.ConnectAsync("A-017", null, o => o with { Will = will });
        await AgentService.PublishAsync(agent, Own + "state", "here"u8.ToArray(), retain: true);
        await SubscribeAsync(agent, Own + "state");
        Assert.Equal("here", await TakeAsync(agent));
        Assert.Equal("here", Encoding.UTF8.GetString(Assert.Single(service.Server.Record.Retained()).Payload.Span));

        // Gone without a word: a second CONNECT is no word of the standard, and the server cuts the line.
        (MqttClient again, _) = await AgentService.TryConnectAsync(service.Server.MqttPort, "A-017");
        await agent.Disconnected.WaitAsync(TimeSpan.FromSeconds(60), Ceiling);
        await agent.DisposeAsync();
        await again.DisposeAsync(); // with a word, and without a will: taken over, so the first one's will is void
        Assert.Equal("here", Encoding.UTF8.GetString(Assert.Single(service.Server.Record.Retained()).Payload.Span));
        await using MqttClient revoked =
            await service.ConnectAsync("A-017", service.Register("A-017"), o => o with { Will = will });
        service.Register(r => r.Revoke("A-017", "test"));
        while (Encoding.UTF8.GetString(service.Server.Record.Retained()[0].Payload.Span) != "gone")
        {
            Ceiling.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Fact]
    public async Task A_state_is_kept_only_with_its_flag_and_an_empty_one_clears_it()
    {
        await using AgentService service = await AgentService.StartAsync();
        MqttClient agent = await service.ConnectAsync("A-017");
        Assert.Equal(MqttPubAckReasonCode.NoMatchingSubscribers,
            await AgentService.PublishAsync(agent, Own + "state", "no"u8.ToArray()));
        Assert.Empty(service.Server.Record.Retained());
        await AgentService.PublishAsync(agent, Own + "state", "here"u8.ToArray(), retain: true);
        await AgentService.PublishAsync(agent, Own + "state", "no"u8.ToArray());
        await SubscribeAsync(agent, Own + "state");
        Assert.Equal("here", await TakeAsync(agent));
        await AgentService.PublishAsync(agent, Own + "state", default, retain: true);
        Assert.Empty(service.Server.Record.Retained());
        await agent.DisposeAsync();

        // A will without the flag leaves nothing; one with it, by another agent later, does.
        await LeaveWithWillAsync(service, "A-017", delay: 0, retain: false);
        await LeaveWithWillAsync(service, "A-018", delay: 0, retain: true);
        await StateAsync(service, "A-018", "gone");
        Assert.Single(service.Server.Record.Retained());
    }

    [Theory]
    [InlineData(MqttRetainHandling.SendAtSubscribe, true, true)]
    [InlineData(MqttRetainHandling.SendAtSubscribeIfNewSubscriptionOnly, true, false)]
    [InlineData(MqttRetainHandling.DoNotSendOnSubscribe, false, false)]
    public async Task A_kept_state_is_sent_as_Retain_Handling_says(MqttRetainHandling handling, bool first, bool again)
    {
        await using AgentService service = await AgentService.StartAsync();
        await using MqttClient agent = await service.ConnectAsync("A-017");
        await AgentService.PublishAsync(agent, Own + "state", "here"u8.ToArray(), retain: true);
        foreach (bool isSent in new[] { first, again })
        {
            await agent.SubscribeAsync([new() { Topic = Own + "state", RetainHandling = handling }], Ceiling);
            // Asked for in the same breath, its receipt comes behind what the subscription sends.
            await SubscribeAsync(agent, Own + "receipt");
            await AgentService.PublishAsync(agent, SampleBatch.Hourly(1));
            MqttReceivedMessage message = await agent.ReceivedMessages.ReadAsync(Ceiling);
            Assert.Equal((isSent, Own + (isSent ? "state" : "receipt")),
                (message.ApplicationMessage.Retain, message.ApplicationMessage.Topic));
            if (isSent) await agent.ReceivedMessages.ReadAsync(Ceiling);
        }
    }

    [Fact]
    public async Task A_will_that_waits_is_not_published_where_the_agent_is_back_by_then()
    {
        await using AgentService service = await AgentService.StartAsync();
        await LeaveWithWillAsync(service, "A-017", delay: 1, retain: true);
        await using MqttClient back = await service.ConnectAsync("A-017");
        // One that waits as long and left later; once it is there, the first one's time is over.
        await LeaveWithWillAsync(service, "A-018", delay: 1, retain: true);
        await StateAsync(service, "A-018", "gone");
        Assert.Single(service.Server.Record.Retained());
    }

    [Fact]
    public async Task A_receipt_that_an_agent_is_too_small_for_is_left_out()
    {
        await using AgentService service = await AgentService.StartAsync();
        await using MqttClient agent = await service.ConnectAsync("A-017", null, o => o with { MaximumPacketSize = 40 });
        await SubscribeAsync(agent, Own + "receipt");
        Assert.Equal(MqttPubAckReasonCode.Success, await AgentService.PublishAsync(agent, SampleBatch.Hourly(1)));
        Assert.Equal(MqttPubAckReasonCode.Success, await AgentService.PublishAsync(agent, SampleBatch.Hourly(2)));
    }

    [Fact]
    public async Task A_state_that_is_too_large_is_kept_apart_and_a_shelf_that_is_full_asks_to_come_later()
    {
        await using AgentService service = await AgentService.StartAsync(new IntakeLimits
        {
            RetainedMax = 1, RetainedBytesMax = 4,
        });
        await using MqttClient agent = await service.ConnectAsync("A-017");
        Assert.Equal(MqttPubAckReasonCode.PayloadFormatInvalid,
            await AgentService.PublishAsync(agent, Own + "state", "12345"u8.ToArray(), retain: true));
        Assert.Equal(MqttPubAckReasonCode.Success,
            await AgentService.PublishAsync(agent, Own + "state", "1234"u8.ToArray(), retain: true));
        Assert.Equal(MqttPubAckReasonCode.QuotaExceeded,
            await AgentService.PublishAsync(agent, Own + "meta", "1234"u8.ToArray(), retain: true));
        Assert.Equal(new StoreCounts(0, 0, 0, 0, 1), service.Server.Record.Count());
    }

    [Fact]
    public async Task An_agent_over_its_allowance_waits_and_loses_nothing()
    {
        await using AgentService service = await AgentService.StartAsync(new IntakeLimits
        {
            AgentMessagesReserve = 5, AgentMessagesPerSecond = 100,
        });
        await using MqttClient agent = await service.ConnectAsync("A-017");
        long started = TimeProvider.System.GetTimestamp();
        MqttPubAckReasonCode[] answers = await Task.WhenAll(
            Enumerable.Range(1, 35).Select(i => AgentService.PublishAsync(agent, SampleBatch.Hourly(i))));
        Assert.All(answers, a => Assert.Equal(MqttPubAckReasonCode.Success, a));
        Assert.Equal(35, service.Server.Record.Count().Batches);
        // 30 messages above the reserve at 100 a second.
        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromSeconds(0.29));
    }

    [Fact]
    public async Task One_connection_too_many_is_closed_before_a_word()
    {
        await using AgentService service = await AgentService.StartAsync(new IntakeLimits { ConnectionsMax = 1 });
        await using MqttClient first = await service.ConnectAsync("A-017");
        await Assert.ThrowsAnyAsync<Exception>(() => AgentService.TryConnectAsync(service.Server.MqttPort, "A-018"));
        Assert.Equal(MqttPubAckReasonCode.Success, await AgentService.PublishAsync(first, SampleBatch.Hourly(1)));
    }

    private static async Task LeaveWithWillAsync(AgentService service, string id, uint delay, bool retain)
    {
        await using MqttClient agent = await service.ConnectAsync(id, null, o => o with
        {
            WillDelayInterval = delay,
            Will = new() { Topic = $"monitor/v1/S-03/{id}/state", Payload = "gone"u8.ToArray(), Retain = retain },
        });
        await agent.DisconnectAsync(MqttDisconnectReasonCode.DisconnectWithWillMessage);
    }

    private static async Task StateAsync(AgentService service, string id, string state)
    {
        while (!service.Server.Record.Retained().Any(m => m.Agent == id && Encoding.UTF8.GetString(m.Payload.Span) == state))
        {
            Ceiling.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task SubscribeAsync(MqttClient client, string topic) => Assert.Equal(
        [MqttSubscribeReasonCode.GrantedQoS0], await client.SubscribeAsync([new() { Topic = topic }], Ceiling));

    private static async Task<string> TakeAsync(MqttClient client)
    {
        MqttReceivedMessage message = await client.ReceivedMessages.ReadAsync(Ceiling)
            .AsTask().WaitAsync(TimeSpan.FromSeconds(60), Ceiling);
        return Encoding.UTF8.GetString(message.ApplicationMessage.Payload.Span);
    }
}
