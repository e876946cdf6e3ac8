using System.Text;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Mqtt.Sessions;
using Xunit;

namespace Monitor.Integration.Tests.Mqtt;

public sealed class MqttServerSessionWithForeignClientsTests
{
    [Theory]
    [InlineData("mqttv311", 0)]
    [InlineData("mqttv311", 1)]
    [InlineData("mqttv311", 2)]
    [InlineData("mqttv5", 0)]
    [InlineData("mqttv5", 1)]
    [InlineData("mqttv5", 2)]
    public async Task Mosquitto_pub_is_served(string version, int qos)
    {
        await using var host = new SessionHost();
        string program = Mosquitto.Find("mosquitto_pub", "mosquitto-clients");
        string lines = string.Concat(Enumerable.Range(0, 300).Select(i => $"line {i}\n"));
        await ForeignClient.RunAsync(program, [
            "-h", "127.0.0.1", "-p", $"{host.Port}", "-V", version, "-q", $"{qos}",
            "-i", "mp", "-t", "a/b", "-l"], lines);
        Assert.Equal(MqttSessionEndReason.ClientDisconnected, Assert.Single(await host.EndsAsync()).Reason);
        Assert.Equal(
            Enumerable.Range(0, 300).Select(i => $"line {i}"),
            host.Published.Select(p => Encoding.UTF8.GetString(p.Payload.Span)));
        Assert.All(host.Published, p => Assert.Equal(qos, (int)p.QualityOfServiceLevel));
        Assert.All(host.Versions, v => Assert.Equal(
            version == "mqttv5" ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311, v));
    }

    private const string PahoPublishes = """
        import sys, threading
        import paho.mqtt.client as mqtt
        port, version, qos, count = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
        v1 = {"callback_api_version": mqtt.CallbackAPIVersion.VERSION1} if hasattr(mqtt, "CallbackAPIVersion") else {}
        client = mqtt.Client(client_id="paho", protocol=version, **v1)
        up = threading.Event()
        client.on_connect = lambda *a: up.set()
        client.connect("127.0.0.1", port, keepalive=60)
        client.loop_start()
        assert up.wait(30), "no CONNACK"
        sent = [client.publish("a/b", "m%d" % i, qos=qos) for i in range(count)]
        for info in sent:
            info.wait_for_publish()
        client.disconnect()
        client.loop_stop()
        print(sum(1 for info in sent if info.is_published()))
        """;

    [Theory]
    [InlineData(4, 0)]
    [InlineData(4, 1)]
    [InlineData(4, 2)]
    [InlineData(5, 0)]
    [InlineData(5, 1)]
    [InlineData(5, 2)]
    public async Task Paho_publishes(int version, int qos)
    {
        await using var host = new SessionHost();
        string output = await ForeignClient.PahoAsync(PahoPublishes, $"{host.Port}", $"{version}", $"{qos}", "500");
        Assert.Equal("500", output.Trim());
        await host.EndsAsync();
        Assert.Equal(
            Enumerable.Range(0, 500).Select(i => $"m{i}"),
            host.Published.Select(p => Encoding.UTF8.GetString(p.Payload.Span)));
    }

    private const string PahoSubscribes = """
        import sys, threading
        import paho.mqtt.client as mqtt
        port, version = int(sys.argv[1]), int(sys.argv[2])
        v1 = {"callback_api_version": mqtt.CallbackAPIVersion.VERSION1} if hasattr(mqtt, "CallbackAPIVersion") else {}
        client = mqtt.Client(client_id="paho", protocol=version, **v1)
        got, done = [], threading.Event()
        def on_message(c, u, m):
            got.append("%s=%s@%d" % (m.topic, m.payload.decode(), m.qos))
            if len(got) == 100: done.set()
        client.on_message = on_message
        client.on_connect = lambda *a: client.subscribe("cmd/paho", qos=2)
        # What is published to us answers this: the server sends once it has it.
        client.on_subscribe = lambda *a: client.publish("ready", "", qos=1)
        client.connect("127.0.0.1", port)
        client.loop_start()
        assert done.wait(30), "only %d came" % len(got)
        client.disconnect()
        client.loop_stop()
        print("\n".join(got))
        """;

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Paho_subscribes_and_is_published_to(int version)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = new SessionHost(_ =>
        {
            ready.TrySetResult();
            return MqttPubAckReasonCode.Success;
        });
        var paho = ForeignClient.PahoAsync(PahoSubscribes, $"{host.Port}", $"{version}");
        await Task.WhenAny(ready.Task, paho);
        if (paho.IsFaulted) await paho;
        var session = host.Sessions["paho"];
        Assert.Equal(MqttQualityOfServiceLevel.AtLeastOnce, session.SubscribedTo("cmd/paho"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => session.PublishAsync(new()
        {
            Topic = "cmd/paho",
            Payload = Encoding.UTF8.GetBytes($"{i}"),
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        }, CancellationToken.None))).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.All(answers, a => Assert.Equal(MqttPubAckReasonCode.Success, a));
        Assert.Equal(
            Enumerable.Range(0, 100).Select(i => $"cmd/paho={i}@1"),
            (await paho).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Our_client_and_our_session_agree_on_refusals()
    {
        await using var host = new SessionHost(p => (MqttPubAckReasonCode)p.Payload.Span[0]);
        await using var client = new Monitor.Mqtt.Client.MqttClient();
        await client.ConnectAsync(
            new() { Server = "127.0.0.1", Port = host.Port, ClientId = "A" }, CancellationToken.None);
        foreach (var code in Enum.GetValues<MqttPubAckReasonCode>())
            Assert.Equal(code, await client.PublishAsync(new MqttApplicationMessage
            {
                Topic = "t",
                Payload = new[] { (byte)code },
                QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            }, CancellationToken.None));
    }
}
