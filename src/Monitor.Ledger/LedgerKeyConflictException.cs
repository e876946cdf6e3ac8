namespace Monitor.Ledger;

/// <summary>The key is sealed already, with another kind or body. What is sealed stays.</summary>
public sealed class LedgerKeyConflictException : Exception
{
    /// <summary>For serializers only.</summary>
    public LedgerKeyConflictException() : this("The key is sealed already with another body.") { }

    /// <summary>A message of one's own.</summary>
    public LedgerKeyConflictException(string message) : base(message) => Key = "";

    /// <summary>A message of one's own, with its cause.</summary>
    public LedgerKeyConflictException(string message, Exception innerException)
        : base(message, innerException) => Key = "";

    /// <summary>A key and the entry that has it.</summary>
    public LedgerKeyConflictException(string key, long number)
        : base($"The key \"{key}\" is sealed already as entry {number}, with another kind or body. "
            + "Nothing was sealed; seal a revision or a correction under its own key.")
    {
        (Key, Number) = (key, number);
    }

    /// <summary>The key, or empty.</summary>
    public string Key { get; }

    /// <summary>Number of the entry that has the key, or 0.</summary>
    public long Number { get; }
}
