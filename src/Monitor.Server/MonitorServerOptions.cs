using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Domain.Registry;
using Monitor.Ledger;
using Monitor.Server.Intake;
using Monitor.Server.Intake.Broker;
using Monitor.Server.Projection;
using Monitor.Storage;
using Monitor.Storage.Influx;
using Monitor.Storage.Sqlite;

namespace Monitor.Server;

/// <summary>How the service runs.</summary>
public sealed record MonitorServerOptions
{
    private const string AckBeforeCommitVariable = "MONITOR_TEST_ACK_BEFORE_COMMIT";
    private const string TestVariable = "MONITOR_TEST";

    /// <summary>Where everything is kept.</summary>
    public required DataFolder Folder { get; init; }

    /// <summary>Port of the page and the API on 127.0.0.1; 0 for any free one.</summary>
    public int HttpPort { get; init; } = 8080;

    /// <summary>Port of the agents' MQTT on 127.0.0.1; 0 for any free one.</summary>
    public int MqttPort { get; init; } = 1883;

    /// <summary>Bounds of the intake.</summary>
    public IntakeLimits Intake { get; init; } = new();

    /// <summary>What becomes of agents that are not registered.</summary>
    public UnregisteredAgents UnregisteredAgents { get; init; }

    /// <summary>A second door for agents, by TLS; null for none. The plain one listens on 127.0.0.1 only.</summary>
    public IntakeTls? Tls { get; init; }

    /// <summary>A broker of somebody else's to take batches from as well; null for none.</summary>
    public BrokerOptions? Broker { get; init; }

    /// <summary>Where readings are copied to, for charts; null for nowhere.</summary>
    public InfluxTarget? Influx { get; init; }

    /// <summary>How often the copying looks and tries.</summary>
    internal ProjectionPace ProjectionPace { get; init; } = new();

    /// <summary>The clock of everything.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Which record is served; SQLite in the folder by default.</summary>
    public Func<DataFolder, IReadingStore> OpenRecord { get; init; } = folder => SqliteReadingStore.Open(folder.Record);

    /// <summary>
    /// Which store holds reviews, suspensions and registry changes; of the same store as <see cref="OpenRecord"/>,
    /// since they share its positions. SQLite in the folder by default.
    /// </summary>
    public Func<DataFolder, IRegistryStore> OpenRegistry { get; init; } =
        folder => SqliteRegistryStore.Open(folder.Record);

    /// <summary>Which ledger is served; SQLite in the folder by default.</summary>
    public Func<DataFolder, ILedgerStore> OpenLedger { get; init; } = folder => SqliteLedgerStore.Open(folder);

    /// <summary>The programmes to judge by and to show.</summary>
    public ProgrammeShelf Programmes { get; init; } = ProgrammeShelf.Empty;

    /// <summary>Where the log goes; nowhere when null.</summary>
    public Action<ILoggingBuilder>? Logging { get; init; }

    /// <summary>
    /// Breaks the promise of the intake on purpose: the fault tests must catch a service that acknowledges before it
    /// has committed. Never in earnest.
    /// </summary>
    public bool AcknowledgeBeforeCommit { get; init; }

    /// <summary>These options with what the environment asks for on top.</summary>
    /// <exception cref="InputException">A switch of the tests outside a test.</exception>
    public MonitorServerOptions WithEnvironment()
    {
        if (Environment.GetEnvironmentVariable(AckBeforeCommitVariable) != "1") return this;
        if (Environment.GetEnvironmentVariable(TestVariable) != "1")
        {
            throw new InputException(
                $"{AckBeforeCommitVariable} is set, which loses readings on purpose.",
                $"Unset it. Only a test may set it, together with {TestVariable}=1.", field: AckBeforeCommitVariable);
        }
        return this with { AcknowledgeBeforeCommit = true };
    }
}
