using Monitor.Server.People;

namespace Monitor.Server.Intake.Broker;

/// <summary>
/// Who the agents behind a broker are. The broker has let them in and says nothing of how: the topic names the agent, the
/// register says what it may, and a signature, where a key is registered, is the proof.
/// </summary>
internal sealed class BrokerAgents(
    AgentRegister register, UnregisteredAgents unregistered, IntakeLimits limits, TimeProvider clock)
{
    private readonly Dictionary<string, AgentPass> _passes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RegisteredAgent> _registered = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private long _readAt;
    private bool _wasRead;

    /// <summary>
    /// The agent's pass, or why it has none. The register is read again after <see cref="IntakeLimits.RevocationLook"/>.
    /// </summary>
    /// <exception cref="Domain.StoreUnavailableException">The register cannot be read now.</exception>
    internal (AgentPass? Pass, string Why) Find(string agent)
    {
        lock (_gate)
        {
            Refresh();
            return Pass(agent);
        }
    }

    /// <summary>Sections and agents as they are registered and good.</summary>
    internal IReadOnlyList<(string Section, string Agent)> Good()
    {
        lock (_gate)
        {
            Refresh();
            return [.. _registered.Values.Where(a => a.RevokedPosition is null)
                .SelectMany(a => a.Sections.Select(s => (s, a.Id)))];
        }
    }

    private (AgentPass? Pass, string Why) Pass(string agent)
    {
        if (_passes.TryGetValue(agent, out AgentPass? known)) return (known, "");
        RegisteredAgent? registered = _registered.GetValueOrDefault(agent);
        if (registered is { RevokedPosition: not null }) return (null, $"The agent {agent} is revoked.");
        // Whether it is on this machine the broker does not tell: who it let in counts as such, until one is registered.
        bool isOpen = unregistered == UnregisteredAgents.OnThisMachine
            || (unregistered == UnregisteredAgents.UntilOneIsRegistered && _registered.Count == 0);
        if (registered is null && !isOpen) return (null, $"The agent {agent} is not registered.");
        byte[]? key = registered is { PublicKey.Length: > 0 } ? Convert.FromBase64String(registered.PublicKey) : null;
        var pass = new AgentPass(agent, registered, key, limits.CommitWaitMax, new AgentAllowance(limits, clock));
        _passes[agent] = pass;
        return (pass, "");
    }

    private void Refresh()
    {
        if (_wasRead && clock.GetElapsedTime(_readAt) < limits.RevocationLook) return;
        IReadOnlyList<RegisteredAgent> all = register.All();
        (_readAt, _wasRead) = (clock.GetTimestamp(), true);
        _registered.Clear();
        _passes.Clear();
        foreach (RegisteredAgent agent in all) _registered[agent.Id] = agent;
    }
}
