using Monitor.Domain.Readings;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Mqtt.Sessions;
using Monitor.Storage;

namespace Monitor.Server.Intake;

/// <summary>
/// Takes what agents publish. There is no subscription and no queue between the socket and the commit: PUBACK means that
/// the message is on disk.
/// </summary>
internal sealed class IntakeDesk(
    IntakeCommitter committer, RetainedShelf shelf, AgentPost post, IntakeLimits limits, ILogger<IntakeDesk> log)
{
    /// <summary>A message of a session.</summary>
    internal ValueTask<MqttPubAckReasonCode> PublishAsync(
        MqttServerSession session, MqttPublishPacket packet, CancellationToken cancellationToken)
    {
        CrashPoint.Reach("received");
        var pass = (AgentPass)session.Tag!;
        if (!committer.HasRoom(packet.Payload.Length)) return new(MqttPubAckReasonCode.QuotaExceeded);
        return IsOwnShelf(pass, packet.Topic)
            ? KeepAsync(pass, packet.Topic, packet.Payload, packet.Retain)
            : CommitAsync(session, pass, packet);
    }

    /// <summary>A session's will, when its time has come; a will is nobody's promise, so the answer goes nowhere.</summary>
    internal async Task PublishWillAsync(AgentPass pass, MqttApplicationMessage will)
    {
        if (IsOwnShelf(pass, will.Topic))
        {
            if (await KeepAsync(pass, will.Topic, will.Payload, will.Retain) >= MqttPubAckReasonCode.UnspecifiedError)
            {
                log.LogWarning("The will of agent {Agent} was not kept.", pass.Agent);
            }
            return;
        }
        IntakeCheck check = Check(pass, will.Topic, will.Payload);
        if (await committer.CommitAsync(check.Arrival, will.Payload.Length, pass.CommitWait) is null)
        {
            log.LogWarning("The will of agent {Agent} found no room.", pass.Agent);
        }
    }

    /// <summary>Something that people should know of; waits for nobody.</summary>
    internal void Alarm(string agent, string kind, string detail) =>
        committer.Post(new AlarmArrival(agent, kind, detail), detail.Length);

    private static bool IsOwnShelf(AgentPass pass, string topic) =>
        pass.Read(topic) is { Kind: IntakeTopic.State or IntakeTopic.Meta } place
        && place.Agent == pass.Agent && pass.MayWrite(place.Section);

    private async ValueTask<MqttPubAckReasonCode> KeepAsync(
        AgentPass pass, string topic, ReadOnlyMemory<byte> payload, bool retain)
    {
        // [MQTT-3.3.1-8] Neither stored nor in place of what is; and nobody else listens.
        if (!retain) return MqttPubAckReasonCode.NoMatchingSubscribers;
        if (payload.Length > limits.RetainedBytesMax)
        {
            var letter = new DeadLetterArrival(
                pass.Agent, topic, $"It has {payload.Length} bytes; {limits.RetainedBytesMax} are kept.", payload);
            return await committer.CommitAsync(letter, payload.Length, pass.CommitWait) is null
                ? MqttPubAckReasonCode.QuotaExceeded
                : MqttPubAckReasonCode.PayloadFormatInvalid;
        }
        return await shelf.PutAsync(pass, topic, payload) is null
            ? MqttPubAckReasonCode.QuotaExceeded
            : MqttPubAckReasonCode.Success;
    }

    private ValueTask<MqttPubAckReasonCode> CommitAsync(
        MqttServerSession session, AgentPass pass, MqttPublishPacket packet) => committer.CommitAsync(
            new IntakeMessage(session, packet, Check(pass, packet.Topic, packet.Payload), post), pass.CommitWait);

    private IntakeCheck Check(AgentPass pass, string topic, ReadOnlyMemory<byte> payload)
    {
        IntakeCheck check = IntakeCheck.Of(pass, topic, payload);
        if (check.Arrival is DeadLetterArrival letter)
        {
            log.LogWarning("Agent {Agent}, topic {Topic}: kept apart. {Reason}", letter.Agent, letter.Topic, letter.Reason);
            if (check.Alarm is string kind) Alarm(letter.Agent, kind, letter.Reason);
        }
        return check;
    }
}
