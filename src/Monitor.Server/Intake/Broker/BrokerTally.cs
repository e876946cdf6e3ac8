namespace Monitor.Server.Intake.Broker;

/// <summary>What the link to the broker did since the service started: for the health page and the log.</summary>
internal sealed class BrokerTally
{
    private long _connections;
    private long _newSessions;
    private long _messages;
    private long _acknowledged;
    private long _stale;

    /// <summary>Whether the subscriptions stand now.</summary>
    internal bool IsUp { get; set; }

    /// <summary>Connections made.</summary>
    internal long Connections => Interlocked.Read(ref _connections);

    /// <summary>Connections where the broker had no session of ours.</summary>
    internal long NewSessions => Interlocked.Read(ref _newSessions);

    /// <summary>Messages taken.</summary>
    internal long Messages => Interlocked.Read(ref _messages);

    /// <summary>Messages acknowledged, on the connection that they came by.</summary>
    internal long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>Messages whose connection had ended: not acknowledged, they come again.</summary>
    internal long Stale => Interlocked.Read(ref _stale);

    internal void Connect(bool isNewSession)
    {
        Interlocked.Increment(ref _connections);
        if (isNewSession) Interlocked.Increment(ref _newSessions);
    }

    internal void Take() => Interlocked.Increment(ref _messages);

    internal void Acknowledge(bool went) => Interlocked.Increment(ref went ? ref _acknowledged : ref _stale);
}
