using Monitor.Mqtt.Client;
using Monitor.Mqtt.Packets;
using Monitor.Mqtt.Protocol;
using Monitor.Wire.Envelope;
using Xunit;

namespace Monitor.Integration.Tests.Broker;

/// <summary>Hears the receipts of all agents at the broker: the event that says that something is stored.</summary>
internal sealed class ReceiptEar : IAsyncDisposable
{
    private readonly MqttClient _client;
    private readonly HashSet<(string Topic, long Sequence)> _stored = [];
    private readonly HashSet<(string Topic, long Sequence)> _refused = [];

    private ReceiptEar(MqttClient client) => _client = client;

    internal IReadOnlySet<(string Topic, long Sequence)> Refused => _refused;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal static async Task<ReceiptEar> ListenAsync(BrokerField field)
    {
        MqttClient client = await field.ConnectAsync("ear");
        await client.SubscribeAsync([new MqttTopicFilter
        {
            Topic = "monitor/v1/+/+/receipt", QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
        }], Stop);
        return new ReceiptEar(client);
    }

    /// <summary>Waits until so many different batches are receipted as stored, or refused.</summary>
    internal async Task HearAsync(int stored, int refused = 0)
    {
        using var ceiling = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        ceiling.CancelAfter(Support.ProgramProcess.Ceiling);
        while (_stored.Count < stored || _refused.Count < refused)
        {
            MqttReceivedMessage message = await _client.ReceivedMessages.ReadAsync(ceiling.Token);
            bool isRead = StoredReceipt.TryRead(
                message.ApplicationMessage.Payload, out StoredReceipt? receipt, out string why);
            Assert.True(isRead, why);
            Add(_stored, receipt!.Stored, message.ApplicationMessage.Topic);
            Add(_refused, receipt.Refused, message.ApplicationMessage.Topic);
            message.Acknowledge();
        }
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static void Add(HashSet<(string, long)> heard, IReadOnlyList<SequenceRange> ranges, string topic)
    {
        foreach (SequenceRange range in ranges)
        {
            for (long sequence = range.From; sequence <= range.To; sequence++) heard.Add((topic, sequence));
        }
    }
}
