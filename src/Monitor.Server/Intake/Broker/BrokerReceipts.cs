using Monitor.Domain.Readings;
using Monitor.Mqtt.Client;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Wire.Envelope;

namespace Monitor.Server.Intake.Broker;

/// <summary>
/// Tells agents what is on disk: one receipt for each boot of a group of commits. It goes out before the broker hears that
/// we have the batches; so a crash in between brings the batches again, and with them the receipts.
/// </summary>
internal sealed class BrokerReceipts(MqttClient client, ILogger log)
{
    private readonly Dictionary<(string Section, string Agent, string Boot), (List<long> Stored, List<long> Refused)> _words = [];

    /// <summary>Adds a word to the next receipts.</summary>
    internal void Add(ReadingBatch batch, bool isStored)
    {
        (string, string, string) key = (batch.Section, batch.Agent, batch.Boot);
        if (!_words.TryGetValue(key, out (List<long> Stored, List<long> Refused) words)) _words[key] = words = ([], []);
        (isStored ? words.Stored : words.Refused).Add(batch.Sequence);
    }

    /// <summary>
    /// Publishes what was added. It is on its way before what is said to the broker next; its answer is not waited for, since
    /// answers come behind messages, which may be waiting for us.
    /// </summary>
    internal void Send(CancellationToken stop)
    {
        foreach (((string section, string agent, string boot), (List<long> stored, List<long> refused)) in _words)
        {
            string topic = new IntakeTopic(section, agent, IntakeTopic.Receipt).ToString();
            _ = SendAsync(topic, new StoredReceipt(boot, Ranges(stored)) { Refused = Ranges(refused) }, stop);
        }
        _words.Clear();
    }

    private async Task SendAsync(string topic, StoredReceipt receipt, CancellationToken stop)
    {
        try
        {
            MqttPubAckReasonCode answer = await client.PublishAsync(new MqttApplicationMessage
            {
                Topic = topic, Payload = receipt.ToBytes(), QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            }, stop);
            // An agent that does not listen takes the broker's own acknowledgement; its batches are stored all the same.
            if (answer < MqttPubAckReasonCode.UnspecifiedError) return;
            log.LogWarning("The broker does not take the receipt {Topic} ({Answer}): an agent that waits for it sends its "
                + "batches again and again. Let the intake publish there.", topic, answer);
        }
        catch (Exception e) when (e is MqttConnectionLostException or OperationCanceledException)
        {
            // The agent sends the batches again, and gets it then.
            log.LogDebug("A receipt for {Topic} was under way when the connection ended.", topic);
        }
    }

    /// <summary>Sequences as ranges; in order, each once.</summary>
    internal static List<SequenceRange> Ranges(List<long> sequences)
    {
        List<SequenceRange> ranges = [];
        sequences.Sort();
        foreach (long sequence in sequences)
        {
            if (ranges.Count > 0 && sequence <= ranges[^1].To + 1) ranges[^1] = ranges[^1] with { To = sequence };
            else ranges.Add(new SequenceRange(sequence, sequence));
        }
        return ranges;
    }
}
