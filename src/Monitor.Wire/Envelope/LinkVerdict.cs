namespace Monitor.Wire.Envelope;

/// <summary>How an envelope stands to the one before it in its boot.</summary>
public enum LinkVerdict
{
    /// <summary>It keeps no chain: no <c>prev</c>, and it is not the first of its boot.</summary>
    Unchained = 0,

    /// <summary>It is the first of its boot, and says so by having no <c>prev</c>.</summary>
    First = 1,

    /// <summary>Its <c>prev</c> is the hash of the former batch.</summary>
    Holds = 2,

    /// <summary>
    /// It names a former batch that the caller does not have (yet): agents send what is fresh before what is old.
    /// </summary>
    Open = 3,

    /// <summary>
    /// Its <c>prev</c> is another hash than the former batch's, or it has one though it is the first: one of the two is
    /// not what the agent made.
    /// </summary>
    Broken = 4,
}
