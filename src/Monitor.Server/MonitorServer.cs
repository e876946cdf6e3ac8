using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Ledger;
using Monitor.Server.Api;
using Monitor.Server.Intake;
using Monitor.Server.Intake.Broker;
using Monitor.Server.Jobs;
using Monitor.Server.People;
using Monitor.Server.Projection;
using Monitor.Storage;
using Monitor.Storage.Influx;
using Monitor.Storage.Sqlite;

namespace Monitor.Server;

/// <summary>The running service: stores, intake, page and API, on 127.0.0.1 only. Runs in any process.</summary>
public sealed class MonitorServer : IAsyncDisposable
{
    private readonly DataFolder _folder;
    private readonly FolderLock _lock;
    private readonly SqliteAccountStore _accounts;
    private readonly IntakeCommitter _committer;
    private readonly WebApplication _host;
    private bool _disposed;

    private MonitorServer(DataFolder folder, FolderLock folderLock, IReadingStore record, IRegistryStore registry,
        ILedgerStore ledger, SqliteAccountStore accounts, IntakeCommitter committer, WebApplication host)
    {
        (_folder, _lock, Record, Registry) = (folder, folderLock, record, registry);
        (Ledger, _accounts, _committer, _host) = (ledger, accounts, committer, host);
    }

    /// <summary>The record that is served. The intake is its one writer as long as the service runs.</summary>
    public IReadingStore Record { get; }

    /// <summary>Reviews, suspensions and registry changes. Other processes may append to it too.</summary>
    public IRegistryStore Registry { get; }

    /// <summary>The ledger that is served.</summary>
    public ILedgerStore Ledger { get; }

    /// <summary>Where the jobs stand.</summary>
    internal JobBoard Board => _host.Services.GetRequiredService<JobBoard>();

    /// <summary>The link to an outside broker; null where there is none.</summary>
    internal BrokerLink? Broker => _host.Services.GetService<BrokerLink>();

    /// <summary>The copying to InfluxDB; null where there is none.</summary>
    internal InfluxProjector? Projector => _host.Services.GetService<InfluxProjector>();

    /// <summary>The port of the page and the API.</summary>
    public int HttpPort { get; private set; }

    /// <summary>The port of the agents' MQTT.</summary>
    public int MqttPort { get; private set; }

    /// <summary>The port of the agents' MQTT by TLS; null where none is open.</summary>
    public int? MqttTlsPort { get; private set; }

    /// <summary>Starts; when this returns, both ports listen and <c>endpoints.json</c> names them.</summary>
    /// <exception cref="ServiceUnavailableException">Another service has the folder or a port.</exception>
    /// <exception cref="StoreUnavailableException">A store does not open now.</exception>
    /// <exception cref="StoreUnusableException">A store is damaged or of a newer program.</exception>
    public static async Task<MonitorServer> StartAsync(
        MonitorServerOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        DataFolder folder = options.Folder;
        FolderLock folderLock = FolderLock.Take(folder);
        // What a killed service left behind names ports where nobody listens.
        File.Delete(folder.Endpoints);
        IReadingStore? record = null;
        IRegistryStore? registry = null;
        ILedgerStore? ledger = null;
        SqliteAccountStore? accounts = null;
        MonitorServer server;
        try
        {
            record = options.OpenRecord(folder);
            registry = options.OpenRegistry(folder);
            ledger = options.OpenLedger(folder);
            accounts = SqliteAccountStore.Open(folder.People);
            server = Build(options, folderLock, record, registry, ledger, accounts);
        }
        catch
        {
            accounts?.Dispose();
            ledger?.Dispose();
            registry?.Dispose();
            record?.Dispose();
            folderLock.Dispose();
            throw;
        }
        try
        {
            await server.ListenAsync(options, cancellationToken);
            server.Broker?.Start();
            server.Projector?.Start();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Appends through the intake's own writer, as the service's own sensors do; durable when it returns.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store did not take it in time: try again later.</exception>
    public Task<AppendOutcome> AppendAsync(Arrival arrival) =>
        _host.Services.GetRequiredService<OwnSensor>().AppendAsync(arrival);

    /// <summary>
    /// Starts the clock's jobs: closed periods are judged, scenes taken, milestones judged; drafts and proposals only. To be
    /// called once, when the caller has done what must come before. Without programmes, nothing.
    /// </summary>
    /// <remarks>Before them, what two persons approved and a former program could not seal any more is sealed.</remarks>
    /// <exception cref="StoreUnusableException"><c>jobs.db</c> cannot be used.</exception>
    public async Task StartJobsAsync(CancellationToken cancellationToken = default)
    {
        CompleteDecisions();
        try
        {
            await _host.Services.GetRequiredService<JobHost>().StartAsync(cancellationToken);
        }
        catch (Quartz.SchedulerException e)
        {
            throw new StoreUnusableException(
                $"{_folder.Jobs} cannot be used: {e.Message} It may be deleted: what is due follows from the ledger.", e);
        }
    }

    /// <summary>Runs until the token is cancelled, then stops as <see cref="DisposeAsync"/> does.</summary>
    public async Task RunUntilAsync(CancellationToken stopping)
    {
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (stopping.Register(stop.SetResult)) await stop.Task;
        await DisposeAsync();
    }

    /// <summary>
    /// Stops: takes no more, commits what was taken, tells the clients, closes the stores. To be called once the tests
    /// or
    /// the program are done; a second call does nothing.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        // Gone first: whoever reads it finds a service that answers.
        File.Delete(_folder.Endpoints);
        await _host.Services.GetRequiredService<JobHost>().StopAsync();
        if (Broker is BrokerLink broker) await broker.DisposeAsync();
        if (Projector is InfluxProjector projector) await projector.DisposeAsync();
        await _host.StopAsync();
        await _committer.DisposeAsync();
        await _host.DisposeAsync();
        _accounts.Dispose();
        Registry.Dispose();
        Record.Dispose();
        Ledger.Dispose();
        _lock.Dispose();
    }

    private static MonitorServer Build(
        MonitorServerOptions options, FolderLock folderLock, IReadingStore record, IRegistryStore registry,
        ILedgerStore ledger, SqliteAccountStore accounts)
    {
        // Empty: no settings files and no environment variables that could open another port.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        options.Logging?.Invoke(builder.Logging);
        builder.Services.AddLogging();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, CallerLifetime>();
        builder.Services.AddSingleton(options.Clock);
        builder.Services.AddSingleton(options.Intake);
        builder.Services.AddSingleton(record);
        builder.Services.AddSingleton(registry);
        builder.Services.AddSingleton(ledger);
        builder.Services.AddSingleton(options.Programmes);
        builder.Services.AddSingleton(options.Folder);
        builder.Services.AddPeople(accounts, options.Clock);
        builder.Services.AddApi();
        builder.Services.AddIntake(options);
        builder.Services.AddBroker(options);
        if (options.Influx is InfluxTarget target)
        {
            builder.Services.AddSingleton(options.ProjectionPace);
            builder.Services.AddSingleton(new InfluxProjection(record, options.Folder, target, options.Clock));
            builder.Services.AddSingleton<InfluxProjector>();
        }
        builder.Services.AddJobs(options);
        builder.WebHost.UseKestrelCore();
        // What a connection may send ahead of being read: two of the largest packets, not the megabyte of the default, which
        // fifty agents whose messages find no room would fill.
        builder.WebHost.UseSockets(sockets => sockets.MaxReadBufferSize = 2 * options.Intake.PacketBytesMax);
        if (options.Tls is not null) builder.WebHost.UseKestrelHttpsConfiguration();
        WebApplication host = builder.Build();
        host.UseMiddleware<ApiGuard>();
        host.UsePage();
        host.UseRouting();
        host.MapApi();
        host.MapPage();
        return new MonitorServer(options.Folder, folderLock, record, registry, ledger, accounts,
            host.Services.GetRequiredService<IntakeCommitter>(), host);
    }

    private void CompleteDecisions()
    {
        ILogger log = _host.Services.GetRequiredService<ILogger<DecisionDesk>>();
        try
        {
            foreach (LedgerEntry made in _host.Services.GetRequiredService<DecisionDesk>().Complete())
            {
                log.LogInformation("Sealed as entry {Entry} what was approved before: {Key}.", made.Number, made.Key);
            }
        }
        catch (Exception e) when (e is StoreUnavailableException or StoreUnusableException)
        {
            // Readings must be taken in all the same; the next decision tries again, and `ledger verify` says what is wrong.
            log.LogError(e, "What two persons approved could not be sealed.");
        }
    }

    private async Task ListenAsync(MonitorServerOptions options, CancellationToken cancellationToken)
    {
        ListenOptions? http = null;
        ListenOptions? mqtt = null;
        KestrelServerOptions kestrel =
            _host.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<KestrelServerOptions>>().Value;
        kestrel.AddServerHeader = false;
        kestrel.Listen(IPAddress.Loopback, options.HttpPort, listen => http = listen);
        kestrel.Listen(IPAddress.Loopback, options.MqttPort, listen =>
        {
            mqtt = listen;
            listen.UseConnectionHandler<MqttIntakeHandler>();
        });
        ListenOptions? tls = options.Tls is null ? null : kestrel.ListenForAgents(options.Tls, options.Clock);
        try
        {
            await _host.StartAsync(cancellationToken);
        }
        catch (IOException e)
        {
            throw new ServiceUnavailableException(
                $"A port cannot be taken: {e.Message} " +
                "Name other ports with --port and --mqtt-port; 0 is any free one.", e);
        }
        (HttpPort, MqttPort) = (((IPEndPoint)http!.EndPoint).Port, ((IPEndPoint)mqtt!.EndPoint).Port);
        // Made now, so that it looks from the first connection on; the host's container ends it.
        _ = _host.Services.GetRequiredService<AgentWatch>();
        MqttTlsPort = (tls?.EndPoint as IPEndPoint)?.Port;
        string third = MqttTlsPort is int port ? string.Create(CultureInfo.InvariantCulture, $",\"mqtts\":{port}") : "";
        AtomicFile.Write(_folder.Endpoints, Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{{\"http\":{HttpPort},\"mqtt\":{MqttPort}{third}}}\n")));
    }
}
