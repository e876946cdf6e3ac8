namespace Monitor.Wire.Envelope;

/// <summary>What a look at an envelope's signature found.</summary>
public enum SignatureVerdict
{
    /// <summary>It carries none. Whether its agent should have signed is the caller's question.</summary>
    None = 0,

    /// <summary>The holder of the key signed exactly these bytes.</summary>
    Holds = 1,

    /// <summary>It carries one that is not the key holder's over these bytes, or is not where it must stand.</summary>
    Broken = 2,
}
