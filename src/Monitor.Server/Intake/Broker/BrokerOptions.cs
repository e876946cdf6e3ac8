namespace Monitor.Server.Intake.Broker;

/// <summary>
/// A broker of somebody else's (Mosquitto, EMQX) that agents publish to, and that the intake takes their batches from.
/// </summary>
public sealed record BrokerOptions
{
    /// <summary>Host name or address.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>TLS and certificates; null for a plain connection.</summary>
    public BrokerTls? Tls { get; init; }

    /// <summary>User name; null for none.</summary>
    public string? User { get; init; }

    /// <summary>Password; null for none.</summary>
    public string? Password { get; init; }

    /// <summary>
    /// Client id, under which the broker keeps the session: the same after every start, and another for every service.
    /// Null for <c>monitor-intake</c>, with <c>-INDEXofN</c> where several share.
    /// </summary>
    public string? ClientId { get; init; }

    /// <summary>Which sections are taken.</summary>
    public BrokerShare Share { get; init; } = BrokerShare.Whole;

    /// <summary>Messages taken and not yet acknowledged, at most; 1 to 65535.</summary>
    public ushort InHandMax { get; init; } = 1000;

    /// <summary>How long the broker keeps the session, and what came for it, without us.</summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromDays(14);

    /// <summary>A silent connection counts as lost within one and a half of it.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Without a message for so long the connection is made anew, with its subscriptions: a broker can answer pings and
    /// have forgotten who listens.
    /// </summary>
    public TimeSpan SilenceMax { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>With messages in hand and none acknowledged for so long the connection is made anew.</summary>
    public TimeSpan StuckMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest wait between two attempts to reach the broker.</summary>
    public TimeSpan RetryMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The client id in force.</summary>
    internal string Identity => ClientId
        ?? (Share.Of == 1 ? "monitor-intake" : FormattableString.Invariant($"monitor-intake-{Share.Index}of{Share.Of}"));
}
