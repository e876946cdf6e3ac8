using Monitor.Server.People;

namespace Monitor.Server.Intake;

/// <summary>Who a session is and what it may do, from CONNECT to its end.</summary>
/// <param name="Agent">Agent id, which is the client id.</param>
/// <param name="Registered">The registration; null for an unregistered agent on this machine.</param>
/// <param name="PublicKey">The key that its batches must be signed with, DER; null where it need not sign.</param>
/// <param name="CommitWait">Longest wait for a commit.</param>
/// <param name="Allowance">How much it may send.</param>
internal sealed record AgentPass(
    string Agent, RegisteredAgent? Registered, byte[]? PublicKey, TimeSpan CommitWait, AgentAllowance Allowance)
{
    /// <summary>The topic that was read last: an agent publishes on one or two.</summary>
    private (string Text, IntakeTopic Topic)? _last;

    /// <summary>Whether the agent ever asked for receipts: of the others nobody need look what they subscribed to.</summary>
    internal bool WantsReceipts { get; set; }

    /// <summary>Whether the agent may speak for the section.</summary>
    internal bool MayWrite(string section) => Registered is null || Registered.Sections.Contains(section);

    /// <summary>Reads a topic; null where it is none of the house's.</summary>
    internal IntakeTopic? Read(string topic)
    {
        if (_last is { } last && last.Text == topic) return last.Topic;
        if (!IntakeTopic.TryRead(topic, out IntakeTopic? read)) return null;
        _last = (topic, read);
        return read;
    }
}
