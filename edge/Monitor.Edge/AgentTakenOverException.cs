namespace Monitor.Edge;

/// <summary>Another program connected under this agent's name, and the server ended our connection for it.</summary>
internal sealed class AgentTakenOverException(string message) : Exception(message);
