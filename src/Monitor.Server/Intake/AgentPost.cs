using Monitor.Domain.Readings;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Mqtt.Sessions;
using Monitor.Wire.Envelope;

namespace Monitor.Server.Intake;

/// <summary>
/// What agents are sent: receipts once a batch is on disk, commands for what is missing, and what they had retained. An
/// agent may subscribe to its own topics only, each named in full.
/// </summary>
/// <param name="record">What is stored, and so what is missing.</param>
/// <param name="shelf">What was retained.</param>
/// <param name="asksForMissing">Whether agents are asked for what is missing.</param>
/// <param name="log">The log.</param>
internal sealed class AgentPost(
    IReadingStore record, RetainedShelf shelf, bool asksForMissing, ILogger<AgentPost> log)
{
    /// <summary>Most gaps that are asked for when an agent begins to listen; the next ones when it comes back.</summary>
    private const int CommandsMax = 32;

    /// <summary>Grants a filter, or not.</summary>
    internal static ValueTask<MqttSubscribeReasonCode> Grant(
        MqttServerSession session, MqttTopicFilter filter, CancellationToken cancellationToken)
    {
        var pass = (AgentPass)session.Tag!;
        bool isOwn = pass.Read(filter.Topic) is { } topic && topic.Agent == pass.Agent && pass.MayWrite(topic.Section)
            && topic.Kind != IntakeTopic.Data;
        return new(isOwn
            ? (MqttSubscribeReasonCode)(byte)filter.QualityOfServiceLevel
            : MqttSubscribeReasonCode.NotAuthorized);
    }

    /// <summary>A subscription has begun: what stands in its topic is sent, or what is missing is asked for.</summary>
    internal void Begin(MqttServerSession session, MqttTopicFilter filter, bool isNew)
    {
        var pass = (AgentPass)session.Tag!;
        IntakeTopic topic = pass.Read(filter.Topic)!;
        switch (topic.Kind)
        {
            case IntakeTopic.Receipt:
                pass.WantsReceipts = true;
                break;
            case IntakeTopic.Command when isNew && asksForMissing:
                AskForMissing(session, filter.Topic, pass.Agent);
                break;
            case IntakeTopic.State or IntakeTopic.Meta:
                SendRetained(session, filter, isNew);
                break;
        }
    }

    /// <summary>Tells an agent that listens to its receipts that a batch is stored.</summary>
    internal void Receipt(MqttServerSession session, MqttPublishPacket packet, ReadingBatch batch)
    {
        if (!((AgentPass)session.Tag!).WantsReceipts) return;
        string topic = new IntakeTopic(batch.Section, batch.Agent, IntakeTopic.Receipt).ToString();
        if (session.SubscribedTo(topic) is null) return;
        var range = new SequenceRange(batch.Sequence, batch.Sequence);
        var message = new MqttApplicationMessage
        {
            Topic = topic,
            Payload = new StoredReceipt(batch.Boot, [range]).ToBytes(),
            CorrelationData = packet.Properties?.CorrelationData,
        };
        // Without room it is left out: the agent has its PUBACK, and what it asks again is answered again.
        if (!session.TryPublish(message)) log.LogDebug("Agent {Agent} reads its receipts too slowly.", batch.Agent);
    }

    private void AskForMissing(MqttServerSession session, string topic, string agent)
    {
        int asked = 0;
        foreach (BootAccount boot in record.Boots(agent, CommandsMax))
        {
            foreach (SequenceGap gap in boot.Gaps)
            {
                if (asked++ == CommandsMax) return;
                var command = new ResendCommand(gap.Boot, new SequenceRange(gap.From, gap.To));
                if (!session.TryPublish(new MqttApplicationMessage { Topic = topic, Payload = command.ToBytes() })) return;
            }
        }
    }

    private void SendRetained(MqttServerSession session, MqttTopicFilter filter, bool isNew)
    {
        bool isWanted = filter.RetainHandling switch
        {
            MqttRetainHandling.DoNotSendOnSubscribe => false,
            MqttRetainHandling.SendAtSubscribeIfNewSubscriptionOnly => isNew,
            _ => true,
        };
        ReadOnlyMemory<byte>? payload = isWanted ? shelf.Find(filter.Topic) : null;
        if (payload is not ReadOnlyMemory<byte> kept) return;
        session.TryPublish(new MqttApplicationMessage { Topic = filter.Topic, Payload = kept, Retain = true });
    }
}
