using Monitor.Mqtt.Client;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Xunit;

namespace Monitor.Tests.Mqtt;

public sealed class MqttClientTests
{
    private static readonly MqttApplicationMessage Message = new()
    {
        Topic = "a/b", QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce, ContentType = "text/plain",
    };

    private static Task<MqttPubAckReasonCode> Publish(ClientUnderTest it) =>
        it.Client.PublishAsync(Message, CancellationToken.None);

    [Fact]
    public async Task The_window_is_the_smaller_of_own_and_the_servers_receive_maximum() // [MQTT-3.3.4-7]
    {
        await using var it = new ClientUnderTest();
        var result = await it.ConnectAsync(new() { Properties = new() { ReceiveMaximum = 2 } });
        Assert.Equal(2, result.ReceiveMaximum);
        Task<MqttPubAckReasonCode> one = Publish(it), two = Publish(it), three = Publish(it);
        var first = await it.ReceiveAsync<MqttPublishPacket>();
        await it.ReceiveAsync<MqttPublishPacket>();
        Assert.Equal("text/plain", first.Properties!.ContentType);
        await it.SendAsync(new MqttPubAckPacket
        {
            PacketIdentifier = first.PacketIdentifier, ReasonCode = MqttPubAckReasonCode.QuotaExceeded,
        });
        Assert.Equal(MqttPubAckReasonCode.QuotaExceeded, await one);
        await it.ReceiveAsync<MqttPublishPacket>();
        var leaving = it.Client.DisconnectAsync();
        Assert.Equal(MqttDisconnectReasonCode.NormalDisconnection, await it.ByeAsync());
        await leaving;
        await Assert.ThrowsAsync<MqttConnectionLostException>(() => two);
        await Assert.ThrowsAsync<MqttConnectionLostException>(() => three);
    }

    [Fact]
    public async Task What_the_server_does_not_take_is_not_sent() // [MQTT-3.2.2-11], [MQTT-3.2.2-14], [MQTT-3.2.2-15]
    {
        await using var it = new ClientUnderTest();
        await it.ConnectAsync(new()
        {
            Properties = new()
            {
                MaximumQoS = MqttQualityOfServiceLevel.AtMostOnce, RetainAvailable = false, MaximumPacketSize = 20,
            },
        });
        var free = new MqttApplicationMessage { Topic = "a", Retain = true };
        await Assert.ThrowsAsync<ArgumentException>(() => Publish(it));
        await Assert.ThrowsAsync<ArgumentException>(
            () => it.Client.PublishAsync(free with { Payload = new byte[20] }, CancellationToken.None));
        await it.Client.PublishAsync(free, CancellationToken.None);
        var sent = await it.ReceiveAsync<MqttPublishPacket>();
        Assert.Equal(("a", false), (sent.Topic, sent.Retain));
    }

    [Fact]
    public async Task A_publish_above_the_window_is_not_sent()
    {
        await using var it = new ClientUnderTest();
        await it.ConnectAsync(options: new() { ClientId = "A", SendMaximum = 1 });
        Task<MqttPubAckReasonCode> one = Publish(it), two = Publish(it);
        var first = await it.ReceiveAsync<MqttPublishPacket>();
        Assert.Equal(MqttPubAckReasonCode.Success, await it.Client.PublishAsync(
            Message with { Topic = "free", QualityOfServiceLevel = MqttQualityOfServiceLevel.AtMostOnce },
            CancellationToken.None));
        Assert.Equal("free", (await it.ReceiveAsync<MqttPublishPacket>()).Topic); // QoS 0 does not count
        await it.SendAsync(new MqttPubAckPacket { PacketIdentifier = first.PacketIdentifier });
        await one;
        var second = await it.ReceiveAsync<MqttPublishPacket>();
        Assert.NotEqual(first.PacketIdentifier, second.PacketIdentifier);
        await it.SendAsync(new MqttPubAckPacket { PacketIdentifier = second.PacketIdentifier });
        await two;
    }

    [Fact]
    public async Task Publishes_leave_in_the_order_they_were_asked_for_also_above_the_window() // [MQTT-4.6.0-6]
    {
        await using var it = new ClientUnderTest();
        await it.ConnectAsync(options: new() { ClientId = "A", SendMaximum = 3 });
        var tasks = Enumerable.Range(0, 300).Select(i => it.Client.PublishAsync(
            Message with { Payload = BitConverter.GetBytes(i) }, CancellationToken.None)).ToArray();
        for (int i = 0; i < 300; i += 3)
        {
            var sent = new List<MqttPublishPacket>();
            for (int j = 0; j < 3; j++) sent.Add(await it.ReceiveAsync<MqttPublishPacket>());
            Assert.Equal([i, i + 1, i + 2], sent.Select(p => BitConverter.ToInt32(p.Payload.Span)));
            await it.SendAsync([.. sent.Select(p => new MqttPubAckPacket { PacketIdentifier = p.PacketIdentifier })]);
        }
        await Task.WhenAll(tasks);
    }

    [Fact]
    public async Task One_who_gives_up_waiting_is_not_sent_and_holds_nobody_up()
    {
        await using var it = new ClientUnderTest();
        await it.ConnectAsync(options: new() { ClientId = "A", SendMaximum = 1 });
        using var giveUp = new CancellationTokenSource();
        var one = Publish(it);
        var two = it.Client.PublishAsync(Message with { Topic = "given/up" }, giveUp.Token);
        var three = it.Client.PublishAsync(Message with { Topic = "third" }, CancellationToken.None);
        await giveUp.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => two);
        await it.SendAsync(new MqttPubAckPacket
        {
            PacketIdentifier = (await it.ReceiveAsync<MqttPublishPacket>()).PacketIdentifier,
        });
        await one;
        var third = await it.ReceiveAsync<MqttPublishPacket>();
        Assert.Equal("third", third.Topic);
        await it.SendAsync(new MqttPubAckPacket { PacketIdentifier = third.PacketIdentifier });
        await three;
    }

    [Fact]
    public async Task A_broken_connection_fails_every_publish_and_signals()
    {
        await using var it = new ClientUnderTest();
        await it.ConnectAsync();
        var pending = Enumerable.Range(0, 200).Select(_ => Publish(it)).ToArray(); // 64 sent, the rest waits
        await it.CloseAsync();
        foreach (var task in pending) await Assert.ThrowsAsync<MqttConnectionLostException>(() => task);
        Assert.Equal("The server closed the connection.", (await it.Client.Disconnected).Detail);
        Assert.True(it.Client.DisconnectedToken.WaitHandle.WaitOne(TimeSpan.FromSeconds(60)));
        await Assert.ThrowsAsync<MqttConnectionLostException>(() => Publish(it));
        Assert.False(it.Client.IsConnected);
    }

    [Fact]
    public async Task The_servers_reason_is_handed_on()
    {
        await using var it = new ClientUnderTest();
        await it.ConnectAsync();
        await it.SendAsync(new MqttDisconnectPacket { ReasonCode = MqttDisconnectReasonCode.SessionTakenOver });
        var reason = await it.Client.Disconnected.WaitAsync(
            TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal((MqttDisconnectReasonCode.SessionTakenOver, true), (reason.ReasonCode, reason.ByServer));
    }

    [Fact]
    public async Task A_refusal_is_a_result()
    {
        await using var it = new ClientUnderTest(MqttProtocolVersion.V311);
        var result = await it.ConnectAsync(new() { ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword });
        Assert.Equal(MqttConnectReasonCode.BadUserNameOrPassword, result.ResultCode);
        Assert.False(it.Client.IsConnected);
    }

    [Fact]
    public async Task It_pings_after_half_the_keep_alive_and_gives_up_within_one_and_a_half() // [MQTT-3.1.2-20]
    {
        await using var it = new ClientUnderTest();
        await it.ConnectAsync(options: new() { ClientId = "A", KeepAlivePeriod = TimeSpan.FromSeconds(20) });
        it.Clock.Advance(TimeSpan.FromSeconds(10));
        await it.ReceiveAsync<MqttPingReqPacket>();
        await it.SendAsync(new MqttPingRespPacket(), new MqttPublishPacket { Topic = "mark" });
        await it.TakeAsync(); // the PINGRESP before it has been seen
        it.Clock.Advance(TimeSpan.FromSeconds(20)); // pings, no answer
        Assert.True(it.Client.IsConnected);
        it.Clock.Advance(TimeSpan.FromSeconds(10)); // 30 s = 1.5 keep-alives since the last packet
        Assert.Equal(MqttDisconnectReasonCode.KeepAliveTimeout, (await it.Client.Disconnected).ReasonCode);
    }

    [Fact]
    public async Task The_servers_keep_alive_decides() // [MQTT-3.2.2-21]
    {
        await using var it = new ClientUnderTest();
        var result = await it.ConnectAsync(new() { Properties = new() { ServerKeepAlive = 4 } });
        Assert.Equal(TimeSpan.FromSeconds(4), result.KeepAlive);
        it.Clock.Advance(TimeSpan.FromSeconds(2));
        await it.ReceiveAsync<MqttPingReqPacket>();
    }

    [Fact]
    public async Task No_CONNACK_in_time_is_a_timeout()
    {
        await using var it = new ClientUnderTest();
        var options = new MqttClientOptions { ClientId = "A", Timeout = TimeSpan.FromSeconds(5) };
        var (input, output) = (new System.IO.Pipelines.Pipe(), new System.IO.Pipelines.Pipe());
        var connecting = it.Client.ConnectAsync(input.Reader, output.Writer, options, CancellationToken.None);
        it.Clock.Advance(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<TimeoutException>(() => connecting);
    }

    [Fact]
    public async Task Acknowledgements_leave_in_the_order_of_arrival() // [MQTT-4.6.0-2]
    {
        await using var it = new ClientUnderTest();
        await it.ConnectAsync();
        for (ushort id = 11; id <= 13; id++) await it.SendAsync(SessionUnderTest.Publish(id));
        var got = new List<MqttReceivedMessage>();
        for (int i = 0; i < 3; i++) got.Add(await it.TakeAsync());
        Assert.True(got[2].Acknowledge());
        Assert.True(got[1].Acknowledge(MqttPubAckReasonCode.PayloadFormatInvalid));
        Assert.True(got[0].Acknowledge());
        Assert.False(got[0].Acknowledge(), "a second acknowledgement says nothing");
        var sent = new List<(int, MqttPubAckReasonCode)>();
        for (int i = 0; i < 3; i++)
        {
            var ack = await it.ReceiveAsync<MqttPubAckPacket>();
            sent.Add((ack.PacketIdentifier, ack.ReasonCode));
        }
        Assert.Equal([
            (11, MqttPubAckReasonCode.Success), (12, MqttPubAckReasonCode.PayloadFormatInvalid),
            (13, MqttPubAckReasonCode.Success)], sent);
    }

    [Fact]
    public async Task An_acknowledgement_never_reaches_another_connection()
    {
        await using var old = new ClientUnderTest();
        await old.ConnectAsync();
        await old.SendAsync(SessionUnderTest.Publish(1));
        var stale = await old.TakeAsync();
        await old.CloseAsync();
        await old.Client.Disconnected;

        await using var next = new ClientUnderTest();
        await next.ConnectAsync();
        await next.SendAsync(SessionUnderTest.Publish(1)); // the same identifier, another message
        var fresh = await next.TakeAsync();
        Assert.False(stale.Acknowledge());
        Assert.True(fresh.Acknowledge(MqttPubAckReasonCode.NotAuthorized));
        Assert.Equal(MqttPubAckReasonCode.NotAuthorized, (await next.ReceiveAsync<MqttPubAckPacket>()).ReasonCode);
    }

    [Fact]
    public async Task A_server_that_exceeds_our_receive_maximum_is_left_with_0x93()
    {
        await using var it = new ClientUnderTest();
        await it.ConnectAsync(options: new() { ClientId = "A", ReceiveMaximum = 2 });
        for (ushort id = 1; id <= 3; id++) await it.SendAsync(SessionUnderTest.Publish(id));
        Assert.Equal(MqttDisconnectReasonCode.ReceiveMaximumExceeded,
            await it.ByeAsync());
    }

    [Fact]
    public async Task Publishes_and_requests_never_share_an_identifier() // [MQTT-2.2.1-4]
    {
        await using var it = new ClientUnderTest();
        await it.ConnectAsync();
        var asking = it.Client.SubscribeAsync([new() { Topic = "x" }], CancellationToken.None);
        var request = await it.ReceiveAsync<MqttSubscribePacket>();
        var seen = new HashSet<ushort>();
        for (int i = 0; i < 70_000; i++) // more than all identifiers there are
        {
            var publishing = Publish(it);
            ushort id = (await it.ReceiveAsync<MqttPublishPacket>()).PacketIdentifier;
            seen.Add(id);
            await it.SendAsync(new MqttPubAckPacket { PacketIdentifier = id });
            await publishing;
        }
        Assert.Equal(65_503, seen.Count);
        Assert.DoesNotContain(request.PacketIdentifier, seen);
        await it.SendAsync(new MqttSubAckPacket
        {
            PacketIdentifier = request.PacketIdentifier, ReasonCodes = [MqttSubscribeReasonCode.GrantedQoS0],
        });
        Assert.Equal([MqttSubscribeReasonCode.GrantedQoS0], await asking);
    }
}
