namespace Monitor.Edge;

/// <summary>
/// The outbox's file is there and cannot be believed. The program sets it aside and begins a new boot.
/// </summary>
internal sealed class OutboxDamagedException(string message, Exception? inner = null) : Exception(message, inner);
