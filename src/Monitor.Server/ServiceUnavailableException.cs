namespace Monitor.Server;

/// <summary>
/// The service cannot run here (folder taken, port taken). The command line turns it into exit code 3.
/// </summary>
public sealed class ServiceUnavailableException : Exception
{
    /// <summary>For serializers only.</summary>
    public ServiceUnavailableException() { }

    /// <summary>What is in the way, and what to do.</summary>
    public ServiceUnavailableException(string message) : base(message) { }

    /// <summary>What is in the way, what to do, and the cause.</summary>
    public ServiceUnavailableException(string message, Exception innerException) : base(message, innerException) { }
}
