using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Server;
using Monitor.Integration.Tests.Support;
using Monitor.Mqtt.Client;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Server;
using Monitor.Server.Intake;
using Monitor.Server.People;
using Monitor.Storage;
using Monitor.Storage.Sqlite;
using Xunit;

namespace Monitor.Integration.Tests.Intake;

/// <summary>A running service with registered agents; ends with no error in its log.</summary>
internal sealed class AgentService : IAsyncDisposable
{
    private readonly LogOfErrors _log = new();

    private AgentService(TempFolder scratch) => Scratch = scratch;

    public TempFolder Scratch { get; }

    public MonitorServer Server { get; private set; } = null!;

    public DataFolder Folder => new(Path.Combine(Scratch.Root, "data"));

    private static CancellationToken Ceiling => TestContext.Current.CancellationToken;

    public static async Task<AgentService> StartAsync(
        IntakeLimits? limits = null, Func<TempFolder, IntakeTls>? tls = null,
        UnregisteredAgents unregistered = UnregisteredAgents.UntilOneIsRegistered)
    {
        var service = new AgentService(new TempFolder());
        service.Server = await MonitorServer.StartAsync(new MonitorServerOptions
        {
            Folder = service.Folder,
            HttpPort = 0,
            MqttPort = 0,
            Intake = limits ?? new IntakeLimits { RevocationLook = TimeSpan.FromMilliseconds(20) },
            UnregisteredAgents = unregistered,
            Tls = tls?.Invoke(service.Scratch),
            OpenRecord = f => SqliteReadingStore.Open(f.Record, settings: new() { LockWait = TimeSpan.FromMilliseconds(100) }),
            Logging = logging => logging.AddProvider(service._log),
        }, Ceiling);
        return service;
    }

    /// <summary>Registers an agent; its password.</summary>
    public string Register(string id, string publicKey = "", params string[] sections)
    {
        string password = AgentPassword.Generate();
        Register(r => r.Add(id, sections.Length > 0 ? sections : ["S-03"], AgentPassword.Hash(password), publicKey));
        return password;
    }

    public void Register(Action<AgentRegister> change) => change(new AgentRegister(Server.Registry, TimeProvider.System));

    public static async Task<(MqttClient Client, MqttConnectReasonCode Code)> TryConnectAsync(
        int port, string id, string? password = null, Func<MqttClientOptions, MqttClientOptions>? more = null)
    {
        var client = new MqttClient();
        var options = new MqttClientOptions
        {
            Server = "127.0.0.1", Port = port, ClientId = id, UserName = password is null ? null : id,
            Password = password is null ? null : System.Text.Encoding.UTF8.GetBytes(password),
        };
        MqttClientConnectResult result = await client.ConnectAsync(more?.Invoke(options) ?? options, Ceiling);
        return (client, result.ResultCode);
    }

    public async Task<MqttClient> ConnectAsync(
        string id, string? password = null, Func<MqttClientOptions, MqttClientOptions>? more = null)
    {
        (MqttClient client, MqttConnectReasonCode code) = await TryConnectAsync(Server.MqttPort, id, password, more);
        Assert.Equal(MqttConnectReasonCode.Success, code);
        return client;
    }

    public static Task<MqttPubAckReasonCode> PublishAsync(
        MqttClient client, string topic, ReadOnlyMemory<byte> payload, bool retain = false) => client.PublishAsync(
            new MqttApplicationMessage
            {
                Topic = topic, Payload = payload, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
                Retain = retain,
            }, Ceiling);

    public static Task<MqttPubAckReasonCode> PublishAsync(MqttClient client, ReadingBatch batch) =>
        PublishAsync(client, $"monitor/v1/{batch.Section}/{batch.Agent}/data", batch.Payload);

    /// <summary>The one alarm of a kind, once it is on disk: alarms wait for nobody, and nobody for them.</summary>
    public async Task<IntakeAlarm> AlarmAsync(string kind, string section = "S-03")
    {
        while (true)
        {
            Ceiling.ThrowIfCancellationRequested();
            SectionAccount account = Server.Record.Account(section, new Instant(0), new Instant(long.MaxValue / 2));
            if (account.Alarms.SingleOrDefault(a => a.Kind == kind) is IntakeAlarm alarm) return alarm;
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Scratch.Dispose();
        Assert.Empty(_log.Errors);
    }
}
