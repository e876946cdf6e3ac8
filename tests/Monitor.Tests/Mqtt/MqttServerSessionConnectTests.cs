using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Mqtt.Sessions;
using Xunit;
using static Monitor.Tests.Mqtt.SessionUnderTest;

namespace Monitor.Tests.Mqtt;

public sealed class MqttServerSessionConnectTests
{
    [Fact]
    public async Task CONNACK_tells_the_limits_and_the_session_knows_the_client()
    {
        await using var it = new SessionUnderTest(
            TakesAnyone with { KeepAliveMaximum = 60, MaximumPacketSize = 70_000 });
        var ack = await it.ConnectAsync(new() { ClientId = "A-017", Username = "u", KeepAlivePeriod = 300 });
        Assert.Equal(MqttConnectReasonCode.Success, ack.ReasonCode);
        Assert.False(ack.IsSessionPresent);
        Assert.Equal(70_000u, ack.Properties!.MaximumPacketSize);
        Assert.Equal((ushort)60, ack.Properties.ServerKeepAlive); // [MQTT-3.1.2-21]
        Assert.Equal(("A-017", "u", "test"), (it.Session.ClientId, it.Session.UserName, it.Session.RemoteEndPoint));
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task No_session_outlives_its_connection_and_CONNACK_says_so(MqttProtocolVersion version) // [MQTT-3.2.2-3]
    {
        for (int time = 1; time <= 2; time++)
        {
            await using var it = new SessionUnderTest(TakesAnyone, version);
            var ack = await it.ConnectAsync(new()
            {
                ClientId = "A-017", CleanSession = false, Properties = new() { SessionExpiryInterval = 3600 },
            });
            Assert.Equal((MqttConnectReasonCode.Success, false), (ack.ReasonCode, ack.IsSessionPresent));
            // §3.2.2.3.2: what differs from what was asked is told; 3.1.1 has no word for it but Session Present.
            Assert.Equal(version == MqttProtocolVersion.V500 ? 0u : null, ack.Properties?.SessionExpiryInterval);
        }
    }

    [Fact]
    public async Task A_client_without_identifier_gets_one_in_5() // [MQTT-3.1.3-6], [MQTT-3.2.2-16]
    {
        await using var it = new SessionUnderTest(TakesAnyone);
        var ack = await it.ConnectAsync(new());
        Assert.Equal(it.Session.ClientId, ack.Properties!.AssignedClientIdentifier);
        Assert.NotEmpty(it.Session.ClientId);
    }

    [Fact]
    public async Task A_client_without_identifier_and_clean_session_is_refused_in_3_1_1() // [MQTT-3.1.3-8]
    {
        await using var it = new SessionUnderTest(TakesAnyone, MqttProtocolVersion.V311);
        await it.SendAsync(new MqttConnectPacket { ProtocolVersion = MqttProtocolVersion.V311, CleanSession = false });
        Assert.Equal([0x20, 2, 0, 2], await it.ReceiveFlushAsync());
        Assert.Equal(MqttSessionEndReason.ConnectRefused, (await it.EndAsync()).Reason);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311, "20020004")]
    [InlineData(MqttProtocolVersion.V500, "2003008600")]
    public async Task A_refused_client_is_told_and_closed(MqttProtocolVersion version, string answer)
    {
        var options = TakesAnyone with
        {
            Authenticate = (_, _, _) => ValueTask.FromResult(MqttConnectReasonCode.BadUserNameOrPassword),
        };
        await using var it = new SessionUnderTest(options, version);
        // [MQTT-3.1.4-6] What comes behind a refused CONNECT is not looked at: the publish callback would throw.
        await it.SendAsync(new MqttConnectPacket { ProtocolVersion = version, ClientId = "A" }, Publish(1));
        Assert.Equal(answer, Convert.ToHexString(await it.ReceiveFlushAsync()));
        Assert.Null(await it.ReceiveAsync());
        Assert.Equal(MqttSessionEndReason.ConnectRefused, (await it.EndAsync()).Reason);
    }

    [Theory]
    [InlineData("10 0C 0006 4D5149736470 03 02 0000", "20020001")] // 3.1
    [InlineData("10 0D 0004 4D515454 06 02 0000 00 0000", "2003008400")] // 6
    public async Task An_unknown_version_is_told_so(string hex, string answer) // [MQTT-3.1.2-2]
    {
        await using var it = new SessionUnderTest(TakesAnyone);
        await it.SendBytesAsync(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
        Assert.Equal(answer, Convert.ToHexString(await it.ReceiveFlushAsync()));
        Assert.Equal(MqttSessionEndReason.ConnectRefused, (await it.EndAsync()).Reason);
    }

    [Fact]
    public async Task Enhanced_authentication_is_refused() // [MQTT-4.12.0-1]
    {
        await using var it = new SessionUnderTest(TakesAnyone);
        var ack = await it.ConnectAsync(
            new() { ClientId = "A", Properties = new() { AuthenticationMethod = "SCRAM" } });
        Assert.Equal(MqttConnectReasonCode.BadAuthenticationMethod, ack.ReasonCode);
    }

    [Theory]
    [InlineData("C000")]
    [InlineData("474554202F20485454502F312E310D0A")] // GET / HTTP/1.1
    public async Task What_is_not_CONNECT_is_closed_without_a_word(string hex) // [MQTT-3.1.0-1]
    {
        await using var it = new SessionUnderTest(TakesAnyone);
        await it.SendBytesAsync(Convert.FromHexString(hex));
        Assert.Null(await it.ReceiveAsync());
        Assert.Equal(MqttSessionEndReason.ProtocolViolation, (await it.EndAsync()).Reason);
    }

    [Fact]
    public async Task A_second_CONNECT_is_a_protocol_error() // [MQTT-3.1.0-2]
    {
        await using var it = new SessionUnderTest(TakesAnyone);
        await it.ConnectAsync();
        await it.SendAsync(new MqttConnectPacket { ClientId = "A" });
        Assert.Equal(MqttDisconnectReasonCode.ProtocolError, await it.ByeAsync());
    }

    [Fact]
    public async Task A_client_that_says_nothing_is_closed_in_time()
    {
        var clock = new ManualClock();
        await using var it = new SessionUnderTest(TakesAnyone with
        {
            TimeProvider = clock, ConnectTimeout = TimeSpan.FromSeconds(10),
        });
        clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(it.Run.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Null(await it.ReceiveAsync());
        Assert.Equal(MqttSessionEndReason.ConnectTimeout, (await it.EndAsync()).Reason);
    }

    [Fact]
    public async Task Silence_of_one_and_a_half_keep_alives_ends_the_session() // [MQTT-3.1.2-22]
    {
        var clock = new ManualClock();
        await using var it = new SessionUnderTest(TakesAnyone with { TimeProvider = clock });
        await it.ConnectAsync(new() { ClientId = "A", KeepAlivePeriod = 10 });
        clock.Advance(TimeSpan.FromSeconds(14)); // 14 < 15
        await it.SendAsync(new MqttPingReqPacket());
        await it.ReceiveAsync<MqttPingRespPacket>();
        clock.Advance(TimeSpan.FromSeconds(14.9)); // 14.9 since the ping
        Assert.False(it.Session.Ended.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(MqttDisconnectReasonCode.KeepAliveTimeout, await it.ByeAsync());
        Assert.Equal(MqttSessionEndReason.KeepAliveTimeout, (await it.EndAsync()).Reason);
    }

    [Fact]
    public async Task A_keep_alive_of_0_is_none()
    {
        var clock = new ManualClock();
        await using var it = new SessionUnderTest(TakesAnyone with { TimeProvider = clock });
        await it.ConnectAsync();
        clock.Advance(TimeSpan.FromDays(1));
        await it.SendAsync(new MqttPingReqPacket());
        await it.ReceiveAsync<MqttPingRespPacket>();
    }

    [Fact]
    public async Task A_packet_too_large_is_refused_before_its_body_comes() // §3.2.2.3.6
    {
        await using var it = new SessionUnderTest(TakesAnyone with { MaximumPacketSize = 1000 });
        await it.ConnectAsync();
        await it.SendBytesAsync([0x30, 0xE8, 0x07]);
        Assert.Equal(MqttDisconnectReasonCode.PacketTooLarge, await it.ByeAsync());
        Assert.Null(await it.ReceiveAsync());
    }

    [Fact]
    public async Task The_will_is_left_when_the_client_vanishes_and_not_when_it_says_goodbye()
    {
        // [MQTT-3.1.2-8], [MQTT-3.1.2-10]
        var connect = new MqttConnectPacket
        {
            ClientId = "A",
            Will = new() { Topic = "s/A", Payload = new byte[] { 1 }, Properties = new() { WillDelayInterval = 30 } },
        };
        await using var vanishes = new SessionUnderTest(TakesAnyone);
        await vanishes.ConnectAsync(connect);
        await vanishes.CloseAsync();
        var end = await vanishes.EndAsync();
        Assert.Equal(MqttSessionEndReason.ConnectionLost, end.Reason);
        Assert.Equal("s/A", end.Will!.Topic);
        Assert.Equal(TimeSpan.FromSeconds(30), end.WillDelay);

        await using var leaves = new SessionUnderTest(TakesAnyone);
        await leaves.ConnectAsync(connect);
        await leaves.SendAsync(new MqttDisconnectPacket());
        Assert.Null((await leaves.EndAsync()).Will);

        await using var asks = new SessionUnderTest(TakesAnyone);
        await asks.ConnectAsync(connect);
        await asks.SendAsync(
            new MqttDisconnectPacket { ReasonCode = MqttDisconnectReasonCode.DisconnectWithWillMessage });
        Assert.NotNull((await asks.EndAsync()).Will);
    }

    [Fact]
    public async Task A_stopping_host_says_so()
    {
        await using var it = new SessionUnderTest(TakesAnyone);
        await it.ConnectAsync();
        await it.StopHostAsync();
        Assert.Equal(MqttDisconnectReasonCode.ServerShuttingDown, await it.ByeAsync());
        Assert.Equal(MqttSessionEndReason.HostStopping, (await it.EndAsync()).Reason);
    }

    [Fact]
    public async Task A_topic_alias_stands_for_its_topic_within_the_maximum() // [MQTT-3.3.2-8] to [MQTT-3.3.2-10]
    {
        var log = new PublishLog();
        await using var it = new SessionUnderTest(log.Options with { TopicAliasMaximum = 1 });
        Assert.Equal((ushort)1, (await it.ConnectAsync()).Properties!.TopicAliasMaximum);
        MqttPublishPacket first = Publish(1), second = Publish(2, topic: ""), third = Publish(3);
        first.Properties = new() { TopicAlias = 1 };
        second.Properties = new() { TopicAlias = 1 };
        third.Properties = new() { TopicAlias = 2 };
        await it.SendAsync(first, second, third);
        PublishLog.Call one = await log.NextAsync(), two = await log.NextAsync();
        Assert.Equal(("a/b", "a/b"), (one.Packet.Topic, two.Packet.Topic));
        Assert.Equal(MqttDisconnectReasonCode.TopicAliasInvalid, await it.ByeAsync());
        one.Done(); // the session waits for its callbacks
        two.Done();
    }
}
