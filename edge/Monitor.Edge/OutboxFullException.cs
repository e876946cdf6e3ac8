namespace Monitor.Edge;

/// <summary>
/// The outbox has reached its bound with batches that nobody has yet, and the source can wait: nothing was taken.
/// </summary>
internal sealed class OutboxFullException(string message) : Exception(message);
