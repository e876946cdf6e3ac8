using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Xunit;
using static Monitor.Tests.Mqtt.SessionUnderTest;

namespace Monitor.Tests.Mqtt;

public sealed class MqttServerSessionSubscribeTests
{
    private static MqttApplicationMessage Message(int n, MqttQualityOfServiceLevel qos) => new()
    {
        Topic = "r/A", Payload = new byte[] { (byte)n }, QualityOfServiceLevel = qos,
    };

    [Fact]
    public async Task Every_filter_gets_its_own_code_in_order() // [MQTT-3.8.4-6], [MQTT-3.9.3-1]
    {
        await using var it = new SessionUnderTest(TakesAnyone with
        {
            Subscribe = (_, filter, _) => ValueTask.FromResult(
                filter.Topic.StartsWith("mine/", StringComparison.Ordinal)
                ? MqttSubscribeReasonCode.GrantedQoS2 : MqttSubscribeReasonCode.NotAuthorized),
        });
        await it.ConnectAsync();
        await it.SendAsync(new MqttSubscribePacket
        {
            PacketIdentifier = 3,
            TopicFilters =
            [
                new() { Topic = "mine/+", QualityOfServiceLevel = MqttQualityOfServiceLevel.ExactlyOnce },
                new() { Topic = "theirs/#" },
                new() { Topic = "$share/g/mine/x" },
                new() { Topic = "mine/low" },
            ],
        });
        var ack = await it.ReceiveAsync<MqttSubAckPacket>();
        Assert.Equal([
            MqttSubscribeReasonCode.GrantedQoS1, MqttSubscribeReasonCode.NotAuthorized,
            MqttSubscribeReasonCode.SharedSubscriptionsNotSupported,
            MqttSubscribeReasonCode.GrantedQoS0], ack.ReasonCodes);
        Assert.Equal(MqttQualityOfServiceLevel.AtLeastOnce, it.Session.SubscribedTo("mine/low"));
        Assert.Null(it.Session.SubscribedTo("theirs/x"));

        await it.SendAsync(new MqttUnsubscribePacket { PacketIdentifier = 4, TopicFilters = ["mine/+", "never"] });
        var gone = await it.ReceiveAsync<MqttUnsubAckPacket>();
        Assert.Equal(
            [MqttUnsubscribeReasonCode.Success, MqttUnsubscribeReasonCode.NoSubscriptionExisted], gone.ReasonCodes);
        Assert.Equal(MqttQualityOfServiceLevel.AtMostOnce, it.Session.SubscribedTo("mine/low"));
    }

    [Fact]
    public async Task Publishes_to_the_client_keep_within_its_receive_maximum() // [MQTT-3.3.4-7]
    {
        await using var it = new SessionUnderTest(TakesAnyone);
        await it.ConnectAsync(new() { ClientId = "A", Properties = new() { ReceiveMaximum = 2 } });
        var tasks = Enumerable.Range(1, 3).Select(n => it.Session.PublishAsync(
            Message(n, MqttQualityOfServiceLevel.AtLeastOnce), CancellationToken.None)).ToArray();
        Assert.True(it.Session.TryPublish(Message(9, MqttQualityOfServiceLevel.AtMostOnce)));

        var first = await it.ReceiveAsync<MqttPublishPacket>();
        var second = await it.ReceiveAsync<MqttPublishPacket>();
        var free = await it.ReceiveAsync<MqttPublishPacket>(); // QoS 0 does not count; the third waits
        Assert.Equal((1, 2, 9), (first.Payload.Span[0], second.Payload.Span[0], free.Payload.Span[0]));
        await it.SendAsync(new MqttPubAckPacket
        {
            PacketIdentifier = first.PacketIdentifier, ReasonCode = MqttPubAckReasonCode.NotAuthorized,
        });
        Assert.Equal(3, (await it.ReceiveAsync<MqttPublishPacket>()).Payload.Span[0]);
        Assert.Equal(MqttPubAckReasonCode.NotAuthorized, await tasks[0]);

        await it.CloseAsync();
        await Assert.ThrowsAsync<MqttConnectionLostException>(() => tasks[1]);
        await Assert.ThrowsAsync<MqttConnectionLostException>(() => tasks[2]);
    }

    [Fact]
    public async Task What_is_on_its_way_is_finished_after_the_subscription_ended() // [MQTT-3.10.4-3]
    {
        await using var it = new SessionUnderTest(TakesAnyone with
        {
            Subscribe = (_, _, _) => ValueTask.FromResult(MqttSubscribeReasonCode.GrantedQoS1),
        });
        await it.ConnectAsync();
        await it.SendAsync(new MqttSubscribePacket { PacketIdentifier = 1, TopicFilters = [new() { Topic = "r/A" }] });
        await it.ReceiveAsync<MqttSubAckPacket>();
        var sending = it.Session.PublishAsync(Message(1, MqttQualityOfServiceLevel.AtLeastOnce), CancellationToken.None);
        var message = await it.ReceiveAsync<MqttPublishPacket>();
        await it.SendAsync(new MqttUnsubscribePacket { PacketIdentifier = 2, TopicFilters = ["r/A"] });
        await it.ReceiveAsync<MqttUnsubAckPacket>();
        Assert.Null(it.Session.SubscribedTo("r/A"));
        Assert.False(sending.IsCompleted);
        await it.SendAsync(new MqttPubAckPacket { PacketIdentifier = message.PacketIdentifier });
        Assert.Equal(MqttPubAckReasonCode.Success, await sending);
    }

    [Fact]
    public async Task An_answer_to_nothing_is_a_protocol_error()
    {
        await using var it = new SessionUnderTest(TakesAnyone);
        await it.ConnectAsync();
        await it.SendAsync(new MqttPubAckPacket { PacketIdentifier = 77 });
        Assert.Equal(MqttDisconnectReasonCode.ProtocolError, await it.ByeAsync());
    }

    [Fact]
    public async Task A_message_larger_than_the_client_takes_is_not_sent() // [MQTT-3.1.2-24]
    {
        await using var it = new SessionUnderTest(TakesAnyone);
        await it.ConnectAsync(new() { ClientId = "A", Properties = new() { MaximumPacketSize = 100 } });
        var large = new MqttApplicationMessage { Topic = "r", Payload = new byte[100] };
        await Assert.ThrowsAsync<ArgumentException>(() => it.Session.PublishAsync(large, CancellationToken.None));
        // [MQTT-3.1.2-25] What nobody waits for counts as sent, and the session goes on.
        Assert.True(it.Session.TryPublish(large));
        await it.SendAsync(new MqttPingReqPacket());
        await it.ReceiveAsync<MqttPingRespPacket>();
    }

    [Fact]
    public async Task A_client_that_does_not_read_fills_its_own_queue_and_no_more()
    {
        await using var it = new SessionUnderTest(TakesAnyone);
        await it.ConnectAsync();
        var message = new MqttApplicationMessage { Topic = "r", Payload = new byte[10_000] };
        int taken = 0;
        while (it.Session.TryPublish(message)) Assert.True(++taken < 1000, "the queue has no bound");
        Assert.False(it.Session.Ended.IsCompleted);
    }
}
