using Monitor.Domain;
using Monitor.Mqtt.Protocol;
using Monitor.Mqtt.Sessions;
using Monitor.Server.People;

namespace Monitor.Server.Intake;

/// <summary>
/// Ends the connections of agents that were revoked meanwhile, by whatever program: a revocation must not wait for the
/// agent to reconnect.
/// </summary>
internal sealed class AgentWatch : IDisposable
{
    private readonly AgentRegister _register;
    private readonly MqttIntakeHandler _handler;
    private readonly ILogger<AgentWatch> _log;
    private readonly TimeSpan _pause;
    private readonly ITimer _timer;

    public AgentWatch(
        AgentRegister register, MqttIntakeHandler handler, IntakeLimits limits, TimeProvider clock, ILogger<AgentWatch> log)
    {
        (_register, _handler, _log, _pause) = (register, handler, log, limits.RevocationLook);
        _timer = clock.CreateTimer(_ => Look(), null, _pause, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        try
        {
            EndRevoked();
        }
        catch (Exception e) when (e is StoreUnavailableException or ObjectDisposedException)
        {
            _log.LogWarning("The register of agents cannot be read now: {Reason}", e.Message);
        }
        // Begun anew only now, so that two looks never run side by side; a disposed timer says no, and that is the end.
        _timer.Change(_pause, Timeout.InfiniteTimeSpan);
    }

    private void EndRevoked()
    {
        List<MqttServerSession> registered =
            [.. _handler.Connected.Where(s => s.Tag is AgentPass { Registered: not null })];
        if (registered.Count == 0) return;
        Dictionary<string, RegisteredAgent> newest = [];
        foreach (RegisteredAgent agent in _register.All()) newest[agent.Id] = agent;
        foreach (MqttServerSession session in registered)
        {
            var pass = (AgentPass)session.Tag!;
            RegisteredAgent now = newest[pass.Agent];
            if (now.RevokedPosition is null && now.Position == pass.Registered!.Position) continue;
            _log.LogWarning("Agent {Agent} was revoked: its connection ends.", pass.Agent);
            session.Disconnect(MqttDisconnectReasonCode.NotAuthorized);
        }
    }
}
