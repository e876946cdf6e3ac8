using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Mqtt.Sessions;
using Xunit;
using static Monitor.Tests.Mqtt.SessionUnderTest;

namespace Monitor.Tests.Mqtt;

public sealed class MqttServerSessionLimitsTests
{
    [Fact]
    public async Task A_throttled_message_waits_and_nothing_more_is_read()
    {
        var log = new PublishLog();
        var clock = new ManualClock();
        var throttled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int asked = 0;
        await using var it = new SessionUnderTest(log.Options with
        {
            TimeProvider = clock,
            Throttle = (_, _) =>
            {
                throttled.TrySetResult();
                return ++asked == 1 ? TimeSpan.FromHours(1) : TimeSpan.Zero;
            },
        });
        await it.ConnectAsync();
        await it.SendAsync(Publish(1), Publish(2));
        await throttled.Task;
        Assert.Equal((0, 1), (log.Count, asked));
        Task<PublishLog.Call> first = log.NextAsync();
        while (!first.IsCompleted)
        {
            // The wait begins on the session's own thread: the clock goes on until it has.
            clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }
        (await first).Done();
        (await log.NextAsync()).Done();
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task A_session_that_ends_does_not_wait_for_its_throttled_message()
    {
        await using var it = new SessionUnderTest(new PublishLog().Options with
        {
            TimeProvider = new ManualClock(), Throttle = (_, _) => TimeSpan.FromHours(1),
        });
        await it.ConnectAsync();
        await it.SendAsync(Publish(1));
        it.Session.Disconnect(MqttDisconnectReasonCode.NotAuthorized);
        Assert.Equal(MqttDisconnectReasonCode.NotAuthorized, await it.ByeAsync());
        Assert.Equal(MqttSessionEndReason.ServerDisconnected, (await it.EndAsync()).Reason);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task A_client_without_a_keep_alive_is_cut_when_it_is_silent_too_long(MqttProtocolVersion version)
    {
        var clock = new ManualClock();
        await using var it = new SessionUnderTest(TakesAnyone with { TimeProvider = clock, SilenceMaximum = 100 }, version);
        await it.ConnectAsync(new() { ClientId = "A", KeepAlivePeriod = 0 });
        clock.Advance(TimeSpan.FromSeconds(99));
        await it.SendAsync(new MqttPingReqPacket());
        await it.ReceiveAsync<MqttPingRespPacket>();
        clock.Advance(TimeSpan.FromSeconds(99));
        Assert.False(it.Run.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(MqttSessionEndReason.KeepAliveTimeout, (await it.EndAsync()).Reason);
    }

    [Fact]
    public async Task What_is_retained_follows_its_suback() // [MQTT-3.8.4-4]: allowed before, and clients expect it after
    {
        List<(string Filter, bool IsNew)> begun = [];
        await using var it = new SessionUnderTest(TakesAnyone with
        {
            Subscribe = (_, f, _) => new(f.Topic == "no"
                ? MqttSubscribeReasonCode.NotAuthorized
                : MqttSubscribeReasonCode.GrantedQoS0),
            Subscribed = (session, filter, isNew) =>
            {
                begun.Add((filter.Topic, isNew));
                session.TryPublish(new() { Topic = filter.Topic, Payload = "kept"u8.ToArray(), Retain = true });
            },
        });
        await it.ConnectAsync();
        for (ushort id = 1; id <= 2; id++)
        {
            await it.SendAsync(new MqttSubscribePacket
            {
                PacketIdentifier = id, TopicFilters = [new() { Topic = "a/state" }, new() { Topic = "no" }],
            });
            await it.ReceiveAsync<MqttSubAckPacket>();
            Assert.True((await it.ReceiveAsync<MqttPublishPacket>()).Retain);
        }
        Assert.Equal([("a/state", true), ("a/state", false)], begun);
    }

    [Fact]
    public async Task A_client_cannot_name_filters_without_end()
    {
        await using var it = new SessionUnderTest(TakesAnyone with
        {
            SubscriptionsMaximum = 2, Subscribe = (_, _, _) => new(MqttSubscribeReasonCode.GrantedQoS0),
        });
        await it.ConnectAsync();
        await it.SendAsync(new MqttSubscribePacket
        {
            PacketIdentifier = 1,
            TopicFilters = [new() { Topic = "a" }, new() { Topic = "b" }, new() { Topic = "c" }, new() { Topic = "a" }],
        });
        Assert.Equal(
            [MqttSubscribeReasonCode.GrantedQoS0, MqttSubscribeReasonCode.GrantedQoS0,
                MqttSubscribeReasonCode.QuotaExceeded, MqttSubscribeReasonCode.GrantedQoS0],
            (await it.ReceiveAsync<MqttSubAckPacket>()).ReasonCodes);
    }
}
