using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Xunit;
using static Monitor.Tests.Mqtt.SessionUnderTest;

namespace Monitor.Tests.Mqtt;

public sealed class MqttServerSessionQoS2Tests
{
    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task It_is_handed_over_once_until_released(MqttProtocolVersion version) // [MQTT-4.3.3-10]
    {
        var log = new PublishLog();
        await using var it = new SessionUnderTest(log.Options, version);
        await it.ConnectAsync();
        var repeat = Publish(5, qos: 2);
        repeat.Dup = true;
        await it.SendAsync(Publish(5, qos: 2), repeat); // the repeat comes before the commit is done
        (await log.NextAsync()).Done();
        Assert.Equal(5, (await it.ReceiveAsync<MqttPubRecPacket>()).PacketIdentifier);
        await it.SendAsync(repeat); // and again after it
        Assert.Equal(5, (await it.ReceiveAsync<MqttPubRecPacket>()).PacketIdentifier);
        await it.SendAsync(new MqttPubRelPacket { PacketIdentifier = 5 });
        Assert.Equal(5, (await it.ReceiveAsync<MqttPubCompPacket>()).PacketIdentifier);
        Assert.Equal(1, log.Count);

        await it.SendAsync(Publish(5, qos: 2)); // released: a new message
        (await log.NextAsync()).Done();
        await it.ReceiveAsync<MqttPubRecPacket>();
        Assert.Equal(2, log.Count);
    }

    [Fact]
    public async Task PUBREC_waits_for_the_commit()
    {
        var log = new PublishLog();
        await using var it = new SessionUnderTest(log.Options);
        await it.ConnectAsync();
        await it.SendAsync(Publish(5, qos: 2), new MqttPingReqPacket());
        var call = await log.NextAsync();
        await it.ReceiveAsync<MqttPingRespPacket>();
        call.Done();
        await it.ReceiveAsync<MqttPubRecPacket>();
    }

    [Fact]
    public async Task A_refusal_frees_the_identifier_at_once() // §4.3.3: PUBREC of 0x80 or more ends it
    {
        var log = new PublishLog();
        await using var it = new SessionUnderTest(log.Options with { ReceiveMaximum = 1 });
        await it.ConnectAsync();
        await it.SendAsync(Publish(5, qos: 2));
        (await log.NextAsync()).Done(MqttPubAckReasonCode.QuotaExceeded);
        Assert.Equal(MqttPubRecReasonCode.QuotaExceeded, (await it.ReceiveAsync<MqttPubRecPacket>()).ReasonCode);
        await it.SendAsync(Publish(5, qos: 2)); // within a Receive Maximum of 1, and not taken for a repeat
        (await log.NextAsync()).Done();
        Assert.Equal(MqttPubRecReasonCode.Success, (await it.ReceiveAsync<MqttPubRecPacket>()).ReasonCode);
    }

    [Fact]
    public async Task An_unknown_PUBREL_is_answered_and_says_so()
    {
        await using var it = new SessionUnderTest(TakesAnyone);
        await it.ConnectAsync();
        await it.SendAsync(new MqttPubRelPacket { PacketIdentifier = 8 });
        var answer = await it.ReceiveAsync<MqttPubCompPacket>();
        Assert.Equal(MqttPubCompReasonCode.PacketIdentifierNotFound, answer.ReasonCode);
    }

    [Fact]
    public async Task Held_identifiers_of_3_1_1_do_not_lock_out_their_own_release()
    {
        var log = new PublishLog();
        await using var it = new SessionUnderTest(log.Options with { ReceiveMaximum = 1 }, MqttProtocolVersion.V311);
        await it.ConnectAsync();
        await it.SendAsync(Publish(1, qos: 2), Publish(2, qos: 2), new MqttPubRelPacket { PacketIdentifier = 1 });
        (await log.NextAsync()).Done();
        (await log.NextAsync()).Done();
        var types = new List<MqttControlPacketType>();
        for (int i = 0; i < 3; i++) types.Add((await it.ReceiveAsync())!.PacketType);
        Assert.Equal(2, types.Count(t => t == MqttControlPacketType.PubRec));
        Assert.Equal(1, types.Count(t => t == MqttControlPacketType.PubComp));
    }
}
