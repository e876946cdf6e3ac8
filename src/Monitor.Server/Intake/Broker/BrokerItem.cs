using Monitor.Domain.Readings;
using Monitor.Mqtt.Client;
using Monitor.Mqtt.Protocol;

namespace Monitor.Server.Intake.Broker;

/// <summary>A message in hand: taken from the broker, and not acknowledged to it before its commit is done.</summary>
/// <param name="message">The message, which belongs to its connection.</param>
/// <param name="check">What it is; null where it is another service's, or nothing new.</param>
/// <param name="commit">The commit under way; to be awaited once.</param>
internal sealed class BrokerItem(MqttReceivedMessage message, IntakeCheck? check, ValueTask<AppendOutcome?> commit)
{
    internal MqttReceivedMessage Message => message;

    internal IntakeCheck? Check => check;

    internal ValueTask<AppendOutcome?> Commit => commit;

    /// <summary>One that nothing is to be stored of.</summary>
    internal static BrokerItem Nothing(MqttReceivedMessage message) => new(message, null, new(AppendOutcome.Noted));

    /// <summary>What is done once a <c>state</c> or <c>meta</c> is stored.</summary>
    internal Action? Kept { get; init; }

    /// <summary>
    /// What the agent is to be told, once the outcome is known: stored, refused for good, or (null) nothing.
    /// </summary>
    internal (ReadingBatch Batch, bool IsStored)? Word(AppendOutcome outcome) => check switch
    {
        { Arrival: BatchArrival arrival } known => (known.AnswerTo(outcome)) switch
        {
            MqttPubAckReasonCode.Success => (arrival.Batch, true),
            MqttPubAckReasonCode.PayloadFormatInvalid => (arrival.Batch, false),
            _ => null,
        },
        { Arrival: DeadLetterArrival { Batch: ReadingBatch batch }, Answer: MqttPubAckReasonCode.PayloadFormatInvalid } =>
            (batch, false),
        _ => null,
    };
}
