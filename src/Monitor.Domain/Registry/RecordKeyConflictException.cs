namespace Monitor.Domain.Registry;

/// <summary>The key is stored already with another kind, subject or body. What is stored stays.</summary>
public sealed class RecordKeyConflictException : Exception
{
    /// <summary>For serializers only.</summary>
    public RecordKeyConflictException() : this("The key is stored already with another body.") { }

    /// <summary>A message of one's own.</summary>
    public RecordKeyConflictException(string message) : base(message) => Key = "";

    /// <summary>A message of one's own, with its cause.</summary>
    public RecordKeyConflictException(string message, Exception innerException)
        : base(message, innerException) => Key = "";

    /// <summary>A key and the position of the record that has it.</summary>
    public RecordKeyConflictException(string key, long position)
        : base($"The key \"{key}\" is stored already at position {position}, with another kind, subject or body. "
            + "Nothing was stored; a change is a record of its own.")
    {
        (Key, Position) = (key, position);
    }

    /// <summary>The key, or empty.</summary>
    public string Key { get; }

    /// <summary>Position of the record that has the key, or 0.</summary>
    public long Position { get; }
}
