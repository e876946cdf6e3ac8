using Monitor.Mqtt.Client;
using Monitor.Mqtt.Protocol;
using Xunit;

namespace Monitor.Integration.Tests.Mqtt;

public sealed class MqttClientWithMosquittoTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static MqttClientOptions Options(Mosquitto server, MqttProtocolVersion version, string id) => new()
    {
        Server = "127.0.0.1", Port = server.Port, ProtocolVersion = version, ClientId = id,
    };

    private static async Task<MqttReceivedMessage> TakeAsync(MqttClient client)
    {
        using var ceiling = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await client.ReceivedMessages.ReadAsync(ceiling.Token);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task A_thousand_messages_of_QoS_1_go_through_in_order(MqttProtocolVersion version)
    {
        await using var server = await Mosquitto.StartAsync();
        await using var subscriber = new MqttClient();
        await using var publisher = new MqttClient();
        Assert.Equal(MqttConnectReasonCode.Success,
            (await subscriber.ConnectAsync(Options(server, version, "sub"), None)).ResultCode);
        var connected = await publisher.ConnectAsync(Options(server, version, "pub"), None);
        // Mosquitto tells its max_inflight_messages, 20, to clients of 5.0.
        Assert.Equal(version == MqttProtocolVersion.V500 ? 20 : 65_535, connected.ReceiveMaximum);
        Assert.Equal([MqttSubscribeReasonCode.GrantedQoS1], await subscriber.SubscribeAsync(
            [new() { Topic = "river/#", QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce }], None));

        var publishing = Enumerable.Range(0, 1000).Select(i => publisher.PublishAsync(new()
        {
            Topic = "river/S-03",
            Payload = BitConverter.GetBytes(i),
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        }, None)).ToArray();
        for (int i = 0; i < 1000; i++)
        {
            var message = await TakeAsync(subscriber);
            Assert.Equal(i, BitConverter.ToInt32(message.ApplicationMessage.Payload.Span));
            Assert.True(message.Acknowledge());
        }
        foreach (var answer in await Task.WhenAll(publishing)) Assert.Equal(MqttPubAckReasonCode.Success, answer);
    }

    [Fact]
    public async Task The_properties_of_5_arrive_as_they_were_sent()
    {
        await using var server = await Mosquitto.StartAsync();
        await using var client = new MqttClient();
        await client.ConnectAsync(Options(server, MqttProtocolVersion.V500, "both"), None);
        await client.SubscribeAsync([new() { Topic = "a" }], None);
        await client.PublishAsync(new()
        {
            Topic = "a", Payload = "断面"u8.ToArray(), ContentType = "text/plain", ResponseTopic = "r",
            CorrelationData = new byte[] { 1, 2 }, PayloadFormatIndicator = MqttPayloadFormatIndicator.CharacterData,
            UserProperties = [new("k", "1"), new("k", "2")],
        }, None);
        var got = (await TakeAsync(client)).ApplicationMessage;
        Assert.Equal(("text/plain", "r"), (got.ContentType, got.ResponseTopic));
        Assert.Equal([1, 2], got.CorrelationData!.Value.ToArray());
        Assert.Equal([new("k", "1"), new("k", "2")], got.UserProperties);
    }

    [Fact]
    public async Task Nobody_subscribed_is_said_in_5()
    {
        await using var server = await Mosquitto.StartAsync();
        await using var client = new MqttClient();
        await client.ConnectAsync(Options(server, MqttProtocolVersion.V500, "alone"), None);
        Assert.Equal(MqttPubAckReasonCode.NoMatchingSubscribers, await client.PublishAsync(
            new() { Topic = "x", QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce }, None));
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task What_was_not_acknowledged_comes_again_and_the_old_acknowledgement_is_refused(
        MqttProtocolVersion version)
    {
        await using var server = await Mosquitto.StartAsync();
        var options = Options(server, version, "durable") with { CleanSession = false, SessionExpiryInterval = 3600 };
        var first = new MqttClient();
        await first.ConnectAsync(options, None);
        await first.SubscribeAsync(
            [new() { Topic = "a", QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce }], None);
        await first.PublishAsync(
            new() { Topic = "a", QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce }, None);
        var held = await TakeAsync(first);
        await first.DisposeAsync();

        await using var second = new MqttClient();
        Assert.True((await second.ConnectAsync(options, None)).IsSessionPresent);
        var again = await TakeAsync(second);
        Assert.False(held.Acknowledge());
        Assert.True(again.Dup);
        Assert.True(again.Acknowledge());
    }

    [Fact]
    public async Task A_broker_that_dies_fails_the_publishes_and_signals()
    {
        await using var server = await Mosquitto.StartAsync();
        await using var client = new MqttClient();
        await client.ConnectAsync(Options(server, MqttProtocolVersion.V500, "orphan"), None);
        server.Kill();
        await client.Disconnected.WaitAsync(TimeSpan.FromSeconds(60), None);
        Assert.True(client.DisconnectedToken.WaitHandle.WaitOne(TimeSpan.FromSeconds(60)));
        await Assert.ThrowsAsync<MqttConnectionLostException>(() => client.PublishAsync(
            new() { Topic = "x", QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce }, None));
    }

    [Fact]
    public async Task No_server_is_a_socket_error()
    {
        int port;
        await using (var server = await Mosquitto.StartAsync()) port = server.Port;
        await using var client = new MqttClient();
        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => client.ConnectAsync(
            new() { Server = "127.0.0.1", Port = port, ClientId = "nobody" }, None));
    }
}
