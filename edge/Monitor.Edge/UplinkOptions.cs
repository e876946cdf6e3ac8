using System.Net.Security;

namespace Monitor.Edge;

/// <summary>Where the server is, who the agent is to it, and with how much patience it is served.</summary>
internal sealed record UplinkOptions
{
    /// <summary>The server's name or address.</summary>
    internal required string Host { get; init; }

    /// <summary>Its MQTT port.</summary>
    internal required int Port { get; init; }

    /// <summary>Batches in flight at most; half of them for what is old.</summary>
    internal int Width { get; init; } = 32;

    /// <summary>User name; null for none.</summary>
    internal string? UserName { get; init; }

    /// <summary>Password; null for none.</summary>
    internal ReadOnlyMemory<byte>? Password { get; init; }

    /// <summary>TLS, with the agent's certificate where it has one; null for a plain connection.</summary>
    internal SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>
    /// Whether only a receipt counts, and not the broker's own acknowledgement: for servers behind somebody else's broker.
    /// </summary>
    internal bool WaitsForReceipt { get; init; }

    /// <summary>A silent server counts as lost within one and a half of it.</summary>
    internal TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a server may take to answer one batch before the connection counts as lost.</summary>
    internal TimeSpan AnswerMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest wait between two attempts to reach the server.</summary>
    internal TimeSpan RetryMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Wait after another program connected as this agent, doubled each time up to an hour: two that fight for one name
    /// would else end each other's connections all day.
    /// </summary>
    internal TimeSpan TakenOverWait { get; init; } = TimeSpan.FromMinutes(5);
}
