namespace Monitor.Edge;

/// <summary>
/// The server knows us and will have nothing of ours: a person must change something. Nothing is lost.
/// </summary>
internal sealed class ServerRefusalException(string message) : Exception(message);
