namespace Monitor.Storage;

/// <summary>
/// A store that no retry will help: damaged, not a store at all, or made by a newer program. The command line turns it
/// into exit code 3.
/// </summary>
public sealed class StoreUnusableException : Exception
{
    /// <summary>For serializers only.</summary>
    public StoreUnusableException() { }

    /// <summary>What is wrong and what to do.</summary>
    public StoreUnusableException(string message) : base(message) { }

    /// <summary>What is wrong and what to do, and the store's own error.</summary>
    public StoreUnusableException(string message, Exception innerException) : base(message, innerException) { }
}
