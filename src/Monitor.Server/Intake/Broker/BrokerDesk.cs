using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Mqtt.Client;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Storage;
using Monitor.Wire.Envelope;

namespace Monitor.Server.Intake.Broker;

/// <summary>Hands the broker's messages to the committer, with the same checks as the embedded intake's.</summary>
internal sealed class BrokerDesk(
    IntakeCommitter committer, RetainedShelf shelf, BrokerAgents agents, IntakeLimits limits, BrokerShare share,
    TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan RetryMin = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Takes a message. One thread at a time; waits for nothing but a register that cannot be read.
    /// </summary>
    internal async ValueTask<BrokerItem> TakeAsync(MqttReceivedMessage message, CancellationToken stop)
    {
        CrashPoint.Reach("received");
        MqttApplicationMessage said = message.ApplicationMessage;
        // Each of several services gets every message of the broker's, and leaves the others' to them.
        if (!share.Owns(SectionOf(said.Topic))) return BrokerItem.Nothing(message);
        if (!IntakeTopic.TryRead(said.Topic, out IntakeTopic? topic))
        {
            return Keep(message, Aside("", said, "The topic is not monitor/v1/{section}/{agent}/data.", null));
        }
        (AgentPass? pass, string why) = await FindAsync(topic.Agent, stop);
        if (pass is null) return Keep(message, Aside(topic.Agent, said, why, AlarmKinds.NotLetIn));
        return topic.Kind is IntakeTopic.State or IntakeTopic.Meta
            ? KeepState(message, topic, pass)
            : Keep(message, IntakeCheck.Of(pass, said.Topic, said.Payload));
    }

    /// <summary>
    /// Waits until the item is durable, however long the store takes: the broker takes a refusal for an answer, and would
    /// drop the message.
    /// </summary>
    internal async ValueTask<AppendOutcome> SettleAsync(BrokerItem item, CancellationToken stop)
    {
        AppendOutcome? outcome = await item.Commit;
        for (TimeSpan wait = RetryMin; outcome is null; wait = wait * 2 < RetryMax ? wait * 2 : RetryMax)
        {
            await Task.Delay(wait, clock, stop);
            outcome = await Commit(item.Check!.Value.Arrival, item.Message);
        }
        item.Kept?.Invoke();
        return outcome.Value;
    }

    private BrokerItem Keep(MqttReceivedMessage message, IntakeCheck check)
    {
        if (check.Arrival is DeadLetterArrival letter)
        {
            log.LogWarning("Agent {Agent}, topic {Topic}: kept apart. {Reason}", letter.Agent, letter.Topic, letter.Reason);
            if (check.Alarm is string kind)
            {
                committer.Post(new AlarmArrival(letter.Agent, kind, letter.Reason), letter.Reason.Length);
            }
        }
        return new BrokerItem(message, check, Commit(check.Arrival, message));
    }

    private BrokerItem KeepState(MqttReceivedMessage message, IntakeTopic topic, AgentPass pass)
    {
        MqttApplicationMessage said = message.ApplicationMessage;
        if (!pass.MayWrite(topic.Section))
        {
            return Keep(message, Aside(pass.Agent, said,
                $"Agent {pass.Agent} is not registered for section {topic.Section}.", AlarmKinds.Spoofed));
        }
        if (said.Payload.Length > limits.RetainedBytesMax)
        {
            return Keep(message, Aside(pass.Agent, said,
                $"It has {said.Payload.Length} bytes; {limits.RetainedBytesMax} are kept.", null));
        }
        // A broker says again what it retains whenever the session is new.
        bool isKnown = said.Retain && shelf.Find(said.Topic) is ReadOnlyMemory<byte> kept
            && kept.Span.SequenceEqual(said.Payload.Span);
        if (isKnown) return BrokerItem.Nothing(message);
        if (!shelf.HasRoom(said.Topic))
        {
            log.LogWarning("Topic {Topic} is not kept: there are as many as may be.", said.Topic);
            return BrokerItem.Nothing(message);
        }
        var arrival = new RetainedArrival(pass.Agent, said.Topic, said.Payload);
        return new BrokerItem(
            message, new IntakeCheck(arrival, MqttPubAckReasonCode.Success), Commit(arrival, message))
        {
            Kept = () => shelf.Show(said.Topic, said.Payload),
        };
    }

    private ValueTask<AppendOutcome?> Commit(Arrival arrival, MqttReceivedMessage message) =>
        committer.CommitAsync(arrival, message.ApplicationMessage.Payload.Length, limits.CommitWaitMax);

    private async ValueTask<(AgentPass? Pass, string Why)> FindAsync(string agent, CancellationToken stop)
    {
        for (TimeSpan wait = RetryMin; ; wait = wait * 2 < RetryMax ? wait * 2 : RetryMax)
        {
            try
            {
                return agents.Find(agent);
            }
            catch (StoreUnavailableException e)
            {
                log.LogWarning("The register of agents cannot be read now: {Reason}", e.Message);
            }
            await Task.Delay(wait, clock, stop);
        }
    }

    private static IntakeCheck Aside(string agent, MqttApplicationMessage said, string why, string? alarm)
    {
        EnvelopeCodec.TryDecode(said.Payload, out ReadingBatch? batch, out _);
        return new IntakeCheck(new DeadLetterArrival(agent, said.Topic, why, said.Payload) { Batch = batch },
            MqttPubAckReasonCode.NotAuthorized, alarm);
    }

    // The third level of monitor/v1/{section}/…; a message of another form does not come by our subscriptions.
    private static ReadOnlySpan<char> SectionOf(string topic)
    {
        ReadOnlySpan<char> rest = topic.AsSpan(Math.Min(topic.Length, "monitor/v1/".Length));
        int end = rest.IndexOf('/');
        return end < 0 ? rest : rest[..end];
    }
}
