using Monitor.Mqtt.Packets;

namespace Monitor.Server.Intake;

/// <summary>
/// Wills of sessions that ended without a word. One is published after its delay, and not at all where the agent is back
/// by then [MQTT-3.1.3-9]: a birth must not be overwritten by an older will.
/// </summary>
internal sealed class AgentWills(IntakeDesk desk, Func<string, bool> isConnected, TimeProvider clock)
{
    private static readonly TimeSpan DelayMax = TimeSpan.FromHours(1);

    internal void Take(AgentPass pass, MqttApplicationMessage will, TimeSpan delay)
    {
        if (delay == TimeSpan.Zero) _ = PublishAsync(pass, will);
        else _ = LaterAsync(pass, will, delay < DelayMax ? delay : DelayMax);
    }

    private async Task LaterAsync(AgentPass pass, MqttApplicationMessage will, TimeSpan delay)
    {
        await Task.Delay(delay, clock);
        await PublishAsync(pass, will);
    }

    private Task PublishAsync(AgentPass pass, MqttApplicationMessage will) =>
        isConnected(pass.Agent) ? Task.CompletedTask : desk.PublishWillAsync(pass, will);
}
