using Monitor.Domain.Readings;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Mqtt.Sessions;

namespace Monitor.Server.Intake;

/// <summary>A published message on its way through the commit to its PUBACK.</summary>
internal sealed class IntakeMessage(
    MqttServerSession session, MqttPublishPacket packet, IntakeCheck check, AgentPost post)
    : CommitWaiter<MqttPubAckReasonCode>(check.Arrival, packet.Payload.Length)
{
    /// <inheritdoc/>
    protected override MqttPubAckReasonCode AnswerTo(AppendOutcome? outcome)
    {
        if (outcome is not AppendOutcome known) return MqttPubAckReasonCode.QuotaExceeded;
        if (known is AppendOutcome.Stored or AppendOutcome.Repeat && check.Arrival is BatchArrival arrival)
        {
            post.Receipt(session, packet, arrival.Batch);
        }
        return check.AnswerTo(known);
    }
}
