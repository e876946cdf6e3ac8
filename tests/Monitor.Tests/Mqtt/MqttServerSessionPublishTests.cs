using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Mqtt.Sessions;
using Xunit;
using static Monitor.Tests.Mqtt.SessionUnderTest;

namespace Monitor.Tests.Mqtt;

public sealed class MqttServerSessionPublishTests
{
    [Fact]
    public async Task Answers_leave_in_the_order_of_arrival_whatever_the_order_of_the_commits() // [MQTT-4.6.0-2]
    {
        var log = new PublishLog();
        await using var it = new SessionUnderTest(log.Options);
        await it.ConnectAsync();
        await it.SendAsync(Publish(1), Publish(2), Publish(3));
        PublishLog.Call one = await log.NextAsync(), two = await log.NextAsync(), three = await log.NextAsync();

        three.Done();
        two.Done(MqttPubAckReasonCode.PayloadFormatInvalid);
        one.Done(MqttPubAckReasonCode.NoMatchingSubscribers);

        var got = new List<(ushort, MqttPubAckReasonCode)>();
        for (int i = 0; i < 3; i++)
        {
            var ack = await it.ReceiveAsync<MqttPubAckPacket>();
            got.Add((ack.PacketIdentifier, ack.ReasonCode));
        }
        Assert.Equal([
            (1, MqttPubAckReasonCode.NoMatchingSubscribers),
            (2, MqttPubAckReasonCode.PayloadFormatInvalid),
            (3, MqttPubAckReasonCode.Success)], got);
    }

    [Fact]
    public async Task No_answer_leaves_before_its_commit_and_a_ping_does_not_wait_for_it() // [MQTT-3.12.4-1]
    {
        var log = new PublishLog();
        await using var it = new SessionUnderTest(log.Options);
        await it.ConnectAsync();
        await it.SendAsync(Publish(1), new MqttPingReqPacket());
        var call = await log.NextAsync();

        await it.ReceiveAsync<MqttPingRespPacket>(); // had the PUBACK left before its commit, it would be first
        call.Done();
        Assert.Equal(1, (await it.ReceiveAsync<MqttPubAckPacket>()).PacketIdentifier);
    }

    [Fact]
    public async Task Commits_that_are_ready_together_leave_in_one_flush()
    {
        var log = new PublishLog();
        await using var it = new SessionUnderTest(log.Options);
        await it.ConnectAsync();
        await it.SendAsync([.. Enumerable.Range(1, 50).Select(i => Publish((ushort)i))]);
        var calls = new List<PublishLog.Call>();
        for (int i = 0; i < 50; i++) calls.Add(await log.NextAsync());

        foreach (var call in calls.Skip(1)) call.Done();
        calls[0].Done();
        // 50 answers of 40 02 id id, all in what one flush brings.
        Assert.Equal(50 * 4, (await it.ReceiveFlushAsync()).Length);
    }

    [Fact]
    public async Task A_client_of_5_that_exceeds_the_receive_maximum_is_closed_with_0x93() // [MQTT-3.3.4-9]
    {
        var log = new PublishLog();
        await using var it = new SessionUnderTest(log.Options with { ReceiveMaximum = 2 });
        var ack = await it.ConnectAsync();
        Assert.Equal((ushort)2, ack.Properties!.ReceiveMaximum);
        await it.SendAsync(Publish(1), Publish(2));
        PublishLog.Call one = await log.NextAsync(), two = await log.NextAsync();
        await it.SendAsync(Publish(3));

        var bye = await it.ReceiveAsync<MqttDisconnectPacket>();
        Assert.Equal(MqttDisconnectReasonCode.ReceiveMaximumExceeded, bye.ReasonCode);
        one.Done();
        two.Done();
        Assert.Equal(MqttSessionEndReason.ProtocolViolation, (await it.EndAsync()).Reason);
        Assert.Equal(2, log.Count);
    }

    [Fact]
    public async Task A_client_of_3_1_1_above_the_receive_maximum_is_held_back_and_loses_nothing()
    {
        var log = new PublishLog();
        await using var it = new SessionUnderTest(log.Options with { ReceiveMaximum = 2 }, MqttProtocolVersion.V311);
        await it.ConnectAsync();
        await it.SendAsync([.. Enumerable.Range(1, 10).Select(i => Publish((ushort)i))]);
        var waiting = new Queue<PublishLog.Call>([await log.NextAsync(), await log.NextAsync()]);
        for (ushort id = 1; id <= 10; id++)
        {
            Assert.True(log.Count <= id + 1, "at most two were handed over and not answered");
            waiting.Dequeue().Done();
            Assert.Equal(id, (await it.ReceiveAsync<MqttPubAckPacket>()).PacketIdentifier);
            if (id <= 8) waiting.Enqueue(await log.NextAsync());
        }
    }

    [Fact]
    public async Task QoS_0_is_handed_over_and_never_answered()
    {
        var log = new PublishLog();
        await using var it = new SessionUnderTest(log.Options);
        await it.ConnectAsync();
        await it.SendAsync(Publish(0, qos: 0), Publish(7));
        (await log.NextAsync()).Done(MqttPubAckReasonCode.QuotaExceeded);
        (await log.NextAsync()).Done();
        Assert.Equal(7, (await it.ReceiveAsync<MqttPubAckPacket>()).PacketIdentifier);
    }

    [Theory]
    [InlineData(MqttPubAckReasonCode.QuotaExceeded)]
    [InlineData(MqttPubAckReasonCode.NotAuthorized)]
    [InlineData(MqttPubAckReasonCode.PayloadFormatInvalid)]
    public async Task In_5_a_refusal_is_an_answer_and_the_connection_stays(MqttPubAckReasonCode code)
    {
        var log = new PublishLog();
        await using var it = new SessionUnderTest(log.Options);
        await it.ConnectAsync();
        await it.SendAsync(Publish(1));
        (await log.NextAsync()).Done(code);
        Assert.Equal(code, (await it.ReceiveAsync<MqttPubAckPacket>()).ReasonCode);
        await it.SendAsync(new MqttPingReqPacket());
        await it.ReceiveAsync<MqttPingRespPacket>();
    }

    [Fact]
    public async Task In_3_1_1_busy_closes_without_an_answer()
    {
        var log = new PublishLog();
        await using var it = new SessionUnderTest(log.Options, MqttProtocolVersion.V311);
        await it.ConnectAsync();
        await it.SendAsync(Publish(1), Publish(2));
        PublishLog.Call one = await log.NextAsync(), two = await log.NextAsync();
        two.Done();
        one.Done(MqttPubAckReasonCode.QuotaExceeded);
        Assert.Null(await it.ReceiveAsync());
        Assert.Equal(MqttSessionEndReason.Busy, (await it.EndAsync()).Reason);
    }

    [Fact]
    public async Task In_3_1_1_a_dead_letter_is_answered_as_taken()
    {
        var log = new PublishLog();
        await using var it = new SessionUnderTest(log.Options, MqttProtocolVersion.V311);
        await it.ConnectAsync();
        await it.SendAsync(Publish(9));
        (await log.NextAsync()).Done(MqttPubAckReasonCode.PayloadFormatInvalid);
        Assert.Equal([0x40, 2, 0, 9], await it.ReceiveFlushAsync());
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task A_callback_that_throws_closes_without_an_answer(MqttProtocolVersion version)
    {
        var log = new PublishLog();
        await using var it = new SessionUnderTest(log.Options, version);
        await it.ConnectAsync();
        await it.SendAsync(Publish(1), Publish(2));
        PublishLog.Call one = await log.NextAsync(), two = await log.NextAsync();
        two.Done();
        var fault = new IOException("disk");
        one.Answer.SetException(fault);
        if (version == MqttProtocolVersion.V500)
            Assert.Equal(MqttDisconnectReasonCode.ImplementationSpecificError,
                await it.ByeAsync());
        Assert.Null(await it.ReceiveAsync());
        var end = await it.EndAsync();
        Assert.Equal(MqttSessionEndReason.CallbackFailed, end.Reason);
        Assert.Same(fault, end.Exception);
    }

    [Fact]
    public async Task The_payload_stays_valid_while_the_pipe_goes_on()
    {
        var log = new PublishLog();
        await using var it = new SessionUnderTest(log.Options);
        await it.ConnectAsync();
        await it.SendAsync([.. Enumerable.Range(1, 200).Select(i => Publish((ushort)i))]);
        for (int i = 1; i <= 200; i++)
        {
            var call = await log.NextAsync();
            Assert.Equal([(byte)i], call.Packet.Payload.ToArray());
            call.Done();
        }
    }

    [Fact]
    public async Task The_session_ends_only_after_the_callbacks_of_a_client_that_left()
    {
        var log = new PublishLog();
        await using var it = new SessionUnderTest(log.Options);
        await it.ConnectAsync();
        await it.SendAsync(Publish(1), new MqttDisconnectPacket());
        var call = await log.NextAsync();
        Assert.Equal(MqttSessionEndReason.ClientDisconnected, (await it.Session.Ended).Reason);
        Assert.False(it.Run.IsCompleted);
        call.Done();
        await it.EndAsync();
    }
}
