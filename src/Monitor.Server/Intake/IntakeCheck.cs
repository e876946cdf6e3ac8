using System.Diagnostics.CodeAnalysis;
using Monitor.Domain.Readings;
using Monitor.Mqtt.Protocol;
using Monitor.Wire.Envelope;

namespace Monitor.Server.Intake;

/// <summary>What a published message is: a batch to store, or something to keep apart.</summary>
/// <param name="Arrival">What to store.</param>
/// <param name="Answer">What the sender is told once that is durable.</param>
internal readonly record struct IntakeCheck(Arrival Arrival, MqttPubAckReasonCode Answer)
{
    private const string Prefix = "monitor/v1/";
    private const string Suffix = "/data";

    /// <summary>
    /// Reads a message. Topic and payload must both name the client as their agent, and the same section; what a client
    /// says of others is kept apart and refused for good.
    /// </summary>
    internal static IntakeCheck Of(string clientId, string topic, ReadOnlyMemory<byte> payload)
    {
        if (!TryReadTopic(topic, out string? section, out string? agent))
        {
            return Aside(MqttPubAckReasonCode.NotAuthorized, "The topic is not monitor/v1/{section}/{agent}/data.");
        }
        if (agent != clientId)
        {
            return Aside(MqttPubAckReasonCode.NotAuthorized, $"Client {clientId} published for agent {agent}.");
        }
        if (!EnvelopeCodec.TryDecode(payload, out ReadingBatch? batch, out string reason))
        {
            return Aside(MqttPubAckReasonCode.PayloadFormatInvalid, reason);
        }
        if (batch.Agent != agent)
        {
            return Aside(MqttPubAckReasonCode.NotAuthorized, $"The payload names agent {batch.Agent}.");
        }
        return batch.Section == section
            ? new IntakeCheck(new BatchArrival(batch), MqttPubAckReasonCode.Success)
            : Aside(MqttPubAckReasonCode.NotAuthorized, $"The payload names section {batch.Section}.");

        IntakeCheck Aside(MqttPubAckReasonCode answer, string why) =>
            new(new DeadLetterArrival(clientId, topic, why, payload), answer);
    }

    /// <summary>What the sender is told, now that the store has said what became of it.</summary>
    internal MqttPubAckReasonCode AnswerTo(AppendOutcome outcome) =>
        // A conflict would be one again: the agent must set the batch aside, not send it for ever.
        outcome == AppendOutcome.Conflict ? MqttPubAckReasonCode.PayloadFormatInvalid : Answer;

    private static bool TryReadTopic(
        string topic, [NotNullWhen(true)] out string? section, [NotNullWhen(true)] out string? agent)
    {
        (section, agent) = (null, null);
        if (!topic.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        if (!topic.EndsWith(Suffix, StringComparison.Ordinal)) return false;
        if (topic.Length <= Prefix.Length + Suffix.Length) return false;
        string[] parts = topic[Prefix.Length..^Suffix.Length].Split('/');
        if (parts.Length != 2 || !Identifier.IsValid(parts[0]) || !Identifier.IsValid(parts[1])) return false;
        (section, agent) = (parts[0], parts[1]);
        return true;
    }
}
