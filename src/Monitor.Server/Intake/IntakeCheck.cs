using Monitor.Domain.Readings;
using Monitor.Mqtt.Protocol;
using Monitor.Wire.Envelope;

namespace Monitor.Server.Intake;

/// <summary>What a published message is: a batch to store, or something to keep apart.</summary>
/// <param name="Arrival">What to store.</param>
/// <param name="Answer">What the sender is told once that is durable.</param>
/// <param name="Alarm">One of <see cref="AlarmKinds"/>; null where nobody need know.</param>
internal readonly record struct IntakeCheck(Arrival Arrival, MqttPubAckReasonCode Answer, string? Alarm = null)
{
    /// <summary>
    /// Reads a message. Topic and payload must both name the session's agent, and the same section, which must be the
    /// agent's; what a client says of others is kept apart and refused for good.
    /// </summary>
    internal static IntakeCheck Of(AgentPass pass, string topic, ReadOnlyMemory<byte> payload)
    {
        ReadingBatch? batch = null;
        if (pass.Read(topic) is not { Kind: IntakeTopic.Data } place)
        {
            return Aside(MqttPubAckReasonCode.NotAuthorized, "The topic is not monitor/v1/{section}/{agent}/data.");
        }
        bool isRead = BatchPayload.TryDecode(pass.Agent, payload, out batch, out string reason);
        if (place.Agent != pass.Agent)
        {
            return Spoofed($"Client {pass.Agent} published for agent {place.Agent}.");
        }
        if (!pass.MayWrite(place.Section))
        {
            return Spoofed($"Agent {pass.Agent} is not registered for section {place.Section}.");
        }
        if (!isRead) return Aside(MqttPubAckReasonCode.PayloadFormatInvalid, reason);
        if (batch!.Agent != pass.Agent) return Spoofed($"The payload names agent {batch.Agent}.");
        if (batch.Section != place.Section) return Spoofed($"The payload names section {batch.Section}.");
        if (pass.PublicKey is not null && EnvelopeSeal.CheckSignature(batch, pass.PublicKey) != SignatureVerdict.Holds)
        {
            return Aside(MqttPubAckReasonCode.NotAuthorized, batch.Signature.Length == 0
                ? $"Agent {pass.Agent} is registered with a key, and the batch is not signed."
                : $"The signature is not one of agent {pass.Agent}'s registered key.", AlarmKinds.WrongSignature);
        }
        // What the neighbours say is the store's question; that a first batch has a former one is nonsense by itself.
        return EnvelopeSeal.CheckLink(batch, null) == LinkVerdict.Broken
            ? Aside(MqttPubAckReasonCode.PayloadFormatInvalid, "The first batch of a boot names a former one.",
                AlarmKinds.BrokenChain)
            : new IntakeCheck(new BatchArrival(batch), MqttPubAckReasonCode.Success);

        IntakeCheck Spoofed(string why) => Aside(MqttPubAckReasonCode.NotAuthorized, why, AlarmKinds.Spoofed);

        IntakeCheck Aside(MqttPubAckReasonCode answer, string why, string? alarm = null) =>
            new(new DeadLetterArrival(pass.Agent, topic, why, payload) { Batch = batch }, answer, alarm);
    }

    /// <summary>What the sender is told, now that the store has said what became of it.</summary>
    internal MqttPubAckReasonCode AnswerTo(AppendOutcome outcome) =>
        // A conflict would be one again: the agent must set the batch aside, not send it for ever.
        outcome is AppendOutcome.Conflict or AppendOutcome.BrokenChain ? MqttPubAckReasonCode.PayloadFormatInvalid : Answer;
}
