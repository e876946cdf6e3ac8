namespace Monitor.Edge;

/// <summary>The topics of one agent.</summary>
internal sealed record AgentTopics(string Section, string Agent)
{
    /// <summary>Readings, to the server.</summary>
    internal string Data { get; } = $"monitor/v1/{Section}/{Agent}/data";

    /// <summary>What the agent is doing, retained, to whoever looks.</summary>
    internal string State { get; } = $"monitor/v1/{Section}/{Agent}/state";

    /// <summary>What the server has on its disk.</summary>
    internal string Receipt { get; } = $"monitor/v1/{Section}/{Agent}/receipt";

    /// <summary>What the server asks for.</summary>
    internal string Command { get; } = $"monitor/v1/{Section}/{Agent}/cmd";
}
