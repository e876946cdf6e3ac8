using System.Globalization;
using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Mqtt;
using Monitor.Integration.Tests.Storage;
using Monitor.Server.Intake;
using Xunit;

namespace Monitor.Integration.Tests.Intake;

/// <summary>Clients that are not ours: at each QoS, by TCP, TLS and mTLS; and refused properly.</summary>
public sealed class ForeignAgentTests
{
    private const string Topic = "monitor/v1/S-03/A-017/data";

    private const string Paho = """
        import sys, threading, paho.mqtt.client as mqtt
        port, version, qos, password, ca, cert, key, payload = sys.argv[1:9]
        v1 = {"callback_api_version": mqtt.CallbackAPIVersion.VERSION1} if hasattr(mqtt, "CallbackAPIVersion") else {}
        client = mqtt.Client(client_id="A-017", protocol=int(version), **v1)
        if password: client.username_pw_set("A-017", password)
        if ca: client.tls_set(ca_certs=ca, certfile=cert or None, keyfile=key or None)
        got, receipt, up = [], threading.Event(), threading.Event()
        def on_message(c, u, m):
            got.append(m.payload.decode())
            receipt.set()
        client.on_message = on_message
        client.on_connect = lambda *a: client.subscribe("monitor/v1/S-03/A-017/receipt", 1)
        client.on_subscribe = lambda *a: up.set()
        client.connect("127.0.0.1", int(port))
        client.loop_start()
        assert up.wait(30), "not connected"
        client.publish("monitor/v1/S-03/A-017/data", open(payload, "rb").read(), int(qos)).wait_for_publish(30)
        assert receipt.wait(30), "no receipt"
        client.disconnect()
        client.loop_stop()
        print(got[0])
        """;

    public static TheoryData<string, int, int> Ways()
    {
        var ways = new TheoryData<string, int, int>();
        foreach (string door in new[] { "tcp", "tls", "mtls" })
        {
            for (int qos = 0; qos < 3; qos++)
            {
                ways.Add(door, 4, qos);
                ways.Add(door, 5, qos);
            }
        }
        return ways;
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Paho_publishes_and_gets_its_receipt(string door, int version, int qos)
    {
        Authority? authority = null;
        await using AgentService service = await AgentService.StartAsync(tls: folder =>
        {
            authority = new Authority(folder, "agents");
            return Tls(authority);
        });
        string password = service.Register("A-017");
        (string certificate, string key) = authority!.Issue("A-017", forServer: false);
        string payload = service.Scratch.Write("payload", SampleBatch.Hourly(1).Payload.ToArray());
        string output = await ForeignClient.PahoAsync(Paho,
            Text(door == "tcp" ? service.Server.MqttPort : service.Server.MqttTlsPort!.Value), Text(version), Text(qos),
            door == "mtls" ? "" : password, door == "tcp" ? "" : authority.File,
            door == "mtls" ? certificate : "", door == "mtls" ? key : "", payload);
        Assert.Equal("{\"v\":1,\"boot\":\"boot1\",\"stored\":[[1,1]]}", output.Trim());
        Assert.Equal(new StoreCounts(2, 2, 1, 0, 0), service.Server.Record.Count());
        authority.Dispose();
    }

    [Fact]
    public async Task Mosquitto_rr_asks_by_publishing_and_is_answered_by_the_receipt()
    {
        await using AgentService service = await AgentService.StartAsync();
        // As an argument: mosquitto_rr 2.0.11 sends an empty message in place of a file.
        string payload = System.Text.Encoding.UTF8.GetString(SampleBatch.Hourly(3).Payload.Span);
        string output = await ForeignClient.RunAsync(Mosquitto.Find("mosquitto_rr", "mosquitto-clients"),
            ["-V", "5", "-i", "A-017", "-p", Text(service.Server.MqttPort), "-h", "127.0.0.1", "-q", "1", "-t", Topic,
                "-e", "monitor/v1/S-03/A-017/receipt", "-m", payload, "-W", "30"]);
        Assert.Equal("{\"v\":1,\"boot\":\"boot1\",\"stored\":[[3,3]]}", output.Trim());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("2")]
    public async Task Mosquitto_pub_comes_by_certificate(string qos)
    {
        Authority? authority = null, stranger = null;
        await using AgentService service = await AgentService.StartAsync(tls: folder =>
        {
            (authority, stranger) = (new Authority(folder, "agents"), new Authority(folder, "strangers"));
            return Tls(authority);
        });
        service.Register("A-017");
        service.Register("A-018");
        string payload = service.Scratch.Write("payload", SampleBatch.Hourly(1).Payload.ToArray());
        (string Certificate, string Key) own = authority!.Issue("A-017", forServer: false);
        await PublishAsync(own, "A-017");
        // Another's certificate, one of another authority, one that is no client's, and none without a password.
        foreach ((string Certificate, string Key) wrong in new[]
        {
            authority.Issue("A-018", forServer: false), stranger!.Issue("A-017", forServer: false),
            authority.Issue("A-017", forServer: true), ("", ""),
        })
        {
            await Assert.ThrowsAnyAsync<Exception>(() => PublishAsync(wrong, "A-017"));
        }
        service.Register(r => r.Revoke("A-017", "lost"));
        await Assert.ThrowsAnyAsync<Exception>(() => PublishAsync(own, "A-017"));
        if (qos != "0") Assert.Equal(new StoreCounts(2, 2, 1, 0, 0), service.Server.Record.Count());
        authority.Dispose();
        stranger.Dispose();

        Task<string> PublishAsync((string Certificate, string Key) shown, string id) => ForeignClient.RunAsync(
            Mosquitto.Find("mosquitto_pub", "mosquitto-clients"),
            ["-V", "5", "-i", id, "-p", Text(service.Server.MqttTlsPort!.Value), "-h", "127.0.0.1", "-q", qos, "-t", Topic,
                "-f", payload, "--cafile", authority!.File,
                .. shown.Certificate.Length > 0 ? (string[])["--cert", shown.Certificate, "--key", shown.Key] : []]);
    }

    [Fact]
    public async Task The_ports_that_listen_are_written_down()
    {
        Authority? authority = null;
        await using AgentService service = await AgentService.StartAsync(tls: folder => Tls(authority = new(folder, "agents")));
        authority!.Dispose();
        Assert.Equal(
            $"{{\"http\":{service.Server.HttpPort},\"mqtt\":{service.Server.MqttPort},\"mqtts\":{service.Server.MqttTlsPort}}}\n",
            await File.ReadAllTextAsync(service.Folder.Endpoints, TestContext.Current.CancellationToken));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    internal static IntakeTls Tls(Authority authority)
    {
        (string certificate, string key) = authority.Issue("127.0.0.1", forServer: true);
        return new IntakeTls
        {
            CertificateFile = certificate, KeyFile = key, AgentAuthorityFile = authority.File, Port = 0,
        };
    }
}
