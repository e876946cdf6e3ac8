namespace Monitor.Domain;

/// <summary>
/// A store cannot take or give data now (full, locked, down, no permission). Nothing was half-written.
/// </summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>For serializers only.</summary>
    public StoreUnavailableException() { }

    /// <summary>What cannot be done.</summary>
    public StoreUnavailableException(string message) : base(message) { }

    /// <summary>What cannot be done, and the store's own error.</summary>
    public StoreUnavailableException(string message, Exception innerException) : base(message, innerException) { }
}
