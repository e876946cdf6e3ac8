namespace Monitor.Imagery;

/// <summary>
/// The library that reads scenes is missing, or a file cannot be written (full, no permission). Not the user's input:
/// the command line turns it into exit code 3.
/// </summary>
public sealed class ImageryUnavailableException : Exception
{
    /// <summary>For serializers only.</summary>
    public ImageryUnavailableException() { }

    /// <summary>What cannot be done, and the remedy.</summary>
    public ImageryUnavailableException(string message) : base(message) { }

    /// <summary>What cannot be done, and the cause.</summary>
    public ImageryUnavailableException(string message, Exception innerException) : base(message, innerException) { }
}
