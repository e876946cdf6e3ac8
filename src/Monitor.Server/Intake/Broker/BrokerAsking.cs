using System.Threading.Channels;
using Monitor.Domain.Readings;
using Monitor.Mqtt.Client;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Wire.Envelope;

namespace Monitor.Server.Intake.Broker;

/// <summary>
/// Asks agents for what is missing once the broker has lost our session, and with it what it held for us: the gaps, and
/// all that follows the newest batch that is stored. Who does not listen then is asked when it next says that it is there.
/// </summary>
internal sealed class BrokerAsking(
    IReadingStore record, RetainedShelf shelf, BrokerAgents agents, BrokerShare share, bool asks, ILogger log)
{
    /// <summary>Most gaps that one agent is asked for at once.</summary>
    private const int CommandsMax = 32;

    private const int BirthsMax = 4096;

    private readonly HashSet<(string Section, string Agent)> _unreached = [];
    private readonly Channel<MqttApplicationMessage> _births =
        Channel.CreateBounded<MqttApplicationMessage>(new BoundedChannelOptions(BirthsMax) { SingleReader = true });

    private bool _isOwed;

    /// <summary>Asks every agent that is known, where the session is new, and then those who are heard of.</summary>
    /// <exception cref="MqttConnectionLostException">The connection ended.</exception>
    /// <exception cref="Domain.StoreUnavailableException">The record cannot be read now.</exception>
    internal async Task RunAsync(MqttClient client, bool isNew, CancellationToken stop)
    {
        // Owed until it is done: a connection that ends in between leaves it to the next one.
        _isOwed |= isNew && asks;
        if (_isOwed) await AskAllAsync(client, stop);
        _isOwed = false;
        while (true)
        {
            MqttApplicationMessage said = await _births.Reader.ReadAsync(stop);
            IntakeTopic.TryRead(said.Topic, out IntakeTopic? topic);
            bool isOnline = AgentState.TryRead(said.Payload, out AgentState? state, out _) && state.Online;
            if (isOnline && _unreached.Contains((topic!.Section, topic.Agent)))
            {
                await AskAsync(client, topic.Section, topic.Agent, state!.Boot, stop);
            }
        }
    }

    /// <summary>An agent has said that it is there: it is asked, if it was not reached before.</summary>
    internal void Hear(MqttApplicationMessage said)
    {
        bool isState = asks && !said.Retain && IntakeTopic.TryRead(said.Topic, out IntakeTopic? topic)
            && topic.Kind == IntakeTopic.State && share.Owns(topic.Section);
        // Without room it is left out: it says so again when it comes back.
        if (isState) _births.Writer.TryWrite(said);
    }

    private async Task AskAllAsync(MqttClient client, CancellationToken stop)
    {
        foreach (string topic in shelf.Topics)
        {
            if (IntakeTopic.TryRead(topic, out IntakeTopic? place)) Note(place.Section, place.Agent);
        }
        foreach ((string section, string agent) in agents.Good()) Note(section, agent);
        int known = _unreached.Count, asked = 0;
        foreach ((string section, string agent) in _unreached.ToList())
        {
            asked += await AskAsync(client, section, agent, null, stop) ? 1 : 0;
        }
        log.LogInformation("Of {Known} agent(s) {Asked} were asked for what may be missing.", known, asked);
    }

    private void Note(string section, string agent)
    {
        if (share.Owns(section)) _unreached.Add((section, agent));
    }

    // True where it was reached, or nothing can be missing as far as we know.
    private async Task<bool> AskAsync(
        MqttClient client, string section, string agent, string? boot, CancellationToken stop)
    {
        IReadOnlyList<BootAccount> boots = record.Boots(agent, CommandsMax);
        List<ResendCommand> commands = [.. boots.SelectMany(b => b.Gaps)
            .Select(gap => new ResendCommand(gap.Boot, new SequenceRange(gap.From, gap.To))).Take(CommandsMax)];
        // What came after is unknown to us; of a boot that we never saw, all of it.
        if (boot is not null && boots.All(b => b.Boot != boot))
        {
            commands.Add(new ResendCommand(boot, new SequenceRange(1, long.MaxValue)));
        }
        else if (boots.Count > 0)
        {
            commands.Add(new ResendCommand(boots[0].Boot, new SequenceRange(boots[0].Highest + 1, long.MaxValue)));
        }
        string topic = new IntakeTopic(section, agent, IntakeTopic.Command).ToString();
        foreach (ResendCommand command in commands)
        {
            MqttPubAckReasonCode answer = await client.PublishAsync(new MqttApplicationMessage
            {
                Topic = topic, Payload = command.ToBytes(), QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            }, stop);
            if (answer != MqttPubAckReasonCode.Success) return false;
        }
        if (commands.Count > 0) _unreached.Remove((section, agent));
        return commands.Count > 0;
    }
}
