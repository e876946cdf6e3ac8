using Monitor.Domain.Readings;
using Monitor.Edge;
using Monitor.Integration.Tests.Edge;
using Monitor.Integration.Tests.Support;
using Monitor.Mqtt.Client;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Server;
using Monitor.Server.Intake;
using Monitor.Server.Intake.Broker;
using Monitor.Storage;
using Monitor.Storage.Sqlite;
using Monitor.Wire.Envelope;
using Xunit;

namespace Monitor.Integration.Tests.Broker;

/// <summary>A real Mosquitto, and services behind it that can end and come again on their folders.</summary>
internal sealed class BrokerField : IAsyncDisposable
{
    private readonly EdgeFolder _edge = new();
    private readonly TempFolder _folder = new();
    private readonly List<MonitorServer> _services = [];

    private BrokerField() { }

    internal Mosquitto Broker { get; private set; } = null!;

    internal ServiceLog Log { get; } = new();

    internal EdgeFolder Edge => _edge;

    internal TempFolder Folder => _folder;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What a broker must have to keep sessions over a restart, as docs/guide/broker.md says.</summary>
    internal string Persistent => $"""
        persistence true
        persistence_location {_folder.Root}/
        autosave_on_changes true
        autosave_interval 1
        """;

    internal static async Task<BrokerField> StartAsync(Func<BrokerField, string>? more = null)
    {
        var field = new BrokerField();
        field.Broker = await Mosquitto.StartAsync(field._edge, Stop, more?.Invoke(field) ?? "allow_anonymous true");
        return field;
    }

    internal DataFolder Data(string name = "data") => new(_folder.File(name));

    /// <summary>Starts a service behind the broker, and waits until it has subscribed.</summary>
    internal async Task<MonitorServer> ServeAsync(
        string name = "data", Func<BrokerOptions, BrokerOptions>? more = null, bool waits = true)
    {
        int before = Log.Count("subscribed as");
        var broker = new BrokerOptions
        {
            Host = "127.0.0.1", Port = Broker.Port, RetryMax = TimeSpan.FromMilliseconds(400),
        };
        MonitorServer service = await MonitorServer.StartAsync(new MonitorServerOptions
        {
            Folder = Data(name),
            HttpPort = 0,
            MqttPort = 0,
            Broker = more?.Invoke(broker) ?? broker,
            Intake = new IntakeLimits
            {
                RevocationLook = TimeSpan.FromMilliseconds(20), CommitWaitMax = TimeSpan.FromMilliseconds(500),
            },
            OpenRecord = f => SqliteReadingStore.Open(
                f.Record, settings: new() { LockWait = TimeSpan.FromMilliseconds(100) }),
            Logging = logging => logging.AddProvider(Log),
        }, Stop);
        _services.Add(service);
        if (waits) await Log.SeeAsync("subscribed as", before + 1);
        return service;
    }

    /// <summary>An agent's uplink that waits for receipts (or, asked so, trusts the broker's acknowledgement).</summary>
    internal Task SendAsync(Outbox outbox, Task sourcesEnded, CancellationToken stop, bool waitsForReceipt = true)
    {
        var uplink = new Uplink(outbox, new UplinkOptions
        {
            Host = "127.0.0.1", Port = Broker.Port, WaitsForReceipt = waitsForReceipt,
            RetryMax = TimeSpan.FromMilliseconds(400),
        }, new Random(1), TimeProvider.System, _ => { });
        return Task.Run(() => uplink.RunAsync(sourcesEnded, stop), Stop);
    }

    /// <summary>A client of the broker's, under a name of its own.</summary>
    internal async Task<MqttClient> ConnectAsync(string id, Func<MqttClientOptions, MqttClientOptions>? more = null)
    {
        var client = new MqttClient();
        var options = new MqttClientOptions { Server = "127.0.0.1", Port = Broker.Port, ClientId = id };
        MqttClientConnectResult answer = await client.ConnectAsync(more?.Invoke(options) ?? options, Stop);
        Assert.Equal(MqttConnectReasonCode.Success, answer.ResultCode);
        return client;
    }

    /// <summary>Publishes at QoS 1, and says what the broker says.</summary>
    internal static Task<MqttPubAckReasonCode> PublishAsync(MqttClient client, string topic, byte[] payload) =>
        client.PublishAsync(new MqttApplicationMessage
        {
            Topic = topic, Payload = payload, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        }, Stop);

    /// <summary>A batch of one reading, in bytes.</summary>
    internal static byte[] Payload(string agent, string section, long sequence, int value = 1)
    {
        var batch = new ReadingBatch
        {
            Agent = agent, Section = section, Boot = "BOOT-1", Sequence = sequence, Sent = new Instant(1_735_660_900_000),
            Readings = [EdgeFolder.Reading(value)], Payload = default,
        };
        Assert.True(EnvelopeCodec.TryEncode(batch, null, out byte[]? payload));
        return payload;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (MonitorServer service in _services) await service.DisposeAsync();
        Broker.Dispose();
        _edge.Dispose();
        _folder.Dispose();
        Assert.Empty(Log.Errors);
    }
}
