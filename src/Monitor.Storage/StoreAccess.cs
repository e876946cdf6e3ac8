namespace Monitor.Storage;

/// <summary>How a store's file is opened.</summary>
public enum StoreAccess
{
    /// <summary>Made when missing; written and read.</summary>
    ReadWrite,

    /// <summary>Must exist; never written. Safe beside another process that writes it.</summary>
    ReadOnly,
}
