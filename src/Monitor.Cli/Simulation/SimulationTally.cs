using Monitor.Mqtt.Protocol;

namespace Monitor.Cli.Simulation;

/// <summary>What one agent sent and was answered; and all of them together.</summary>
internal sealed class SimulationTally
{
    /// <summary>Batches sent for the first time and answered as stored.</summary>
    internal long Accepted { get; private set; }

    /// <summary>Readings in them.</summary>
    internal long Readings { get; private set; }

    /// <summary>Batches sent again on purpose and answered as stored.</summary>
    internal long Repeats { get; private set; }

    /// <summary>Broken messages sent.</summary>
    internal long Malformed { get; private set; }

    /// <summary>Messages that were refused for good.</summary>
    internal long RefusedForGood { get; private set; }

    /// <summary>Answers that asked to come again later.</summary>
    internal long Later { get; private set; }

    /// <summary>Connections that were lost.</summary>
    internal long Lost { get; private set; }

    /// <summary>From handing a message over to its answer; of messages that were sent once.</summary>
    internal LatencyCounts Latency { get; } = new();

    /// <summary>The same, of live messages while a backlog drains.</summary>
    internal LatencyCounts Live { get; } = new();

    /// <summary>Messages that were answered for good.</summary>
    internal long Answered => Accepted + Repeats + Malformed + UnexpectedRefusals;

    /// <summary>Good messages that were refused for good: a fault of the service.</summary>
    internal long UnexpectedRefusals { get; private set; }

    internal void ComeLater() => Later++;

    internal void Lose() => Lost++;

    /// <summary>A message has its last answer.</summary>
    internal void Answer(SimulatedMessage message, MqttPubAckReasonCode answer)
    {
        bool refused = answer >= MqttPubAckReasonCode.UnspecifiedError;
        if (refused) RefusedForGood++;
        switch (message.Kind)
        {
            case SimulatedKind.Malformed:
                Malformed++;
                break;
            case var _ when refused:
                UnexpectedRefusals++;
                break;
            case SimulatedKind.Repeat:
                Repeats++;
                break;
            default:
                Accepted++;
                Readings += message.Readings;
                break;
        }
    }

    internal void Add(SimulationTally other)
    {
        Accepted += other.Accepted;
        Readings += other.Readings;
        Repeats += other.Repeats;
        Malformed += other.Malformed;
        RefusedForGood += other.RefusedForGood;
        UnexpectedRefusals += other.UnexpectedRefusals;
        Later += other.Later;
        Lost += other.Lost;
        Latency.Add(other.Latency);
        Live.Add(other.Live);
    }
}
