namespace Monitor.Server.Intake;

/// <summary>What becomes of a client that shows neither a password nor a certificate.</summary>
public enum UnregisteredAgents
{
    /// <summary>
    /// Taken from this machine as long as no agent was ever registered: nothing to set up for a first look, and closed
    /// for good by the first `agent add`.
    /// </summary>
    UntilOneIsRegistered,

    /// <summary>Taken from this machine always: for the demonstration and for simulations.</summary>
    OnThisMachine,

    /// <summary>Never taken.</summary>
    Refused,
}
