using Monitor.Mqtt.Protocol;
using Monitor.Wire.Envelope;

namespace Monitor.Edge;

/// <summary>
/// Where batches wait for their receipts, and where the server's words arrive. A receipt settles what it names, whether
/// it was waited for or not.
/// </summary>
internal sealed class ReceiptDesk(Outbox outbox, TimeSpan patience, TimeProvider clock, Action<string> report)
{
    private readonly Lock gate = new();
    private readonly Dictionary<long, TaskCompletionSource> waiting = [];

    /// <summary>Publishes a batch and waits until a receipt names it.</summary>
    /// <returns>What the broker said where it refuses; success once the receipt is there; else to be sent again.</returns>
    internal async Task<MqttPubAckReasonCode> SendAsync(
        long sequence, Func<Task<MqttPubAckReasonCode>> publish, CancellationToken stop)
    {
        // There before the message is: the receipt may overtake the broker's answer.
        var receipt = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate) waiting[sequence] = receipt;
        try
        {
            MqttPubAckReasonCode answer = await publish();
            if (PublishVerdicts.Of(answer) != PublishVerdict.Acknowledged) return answer;
            await receipt.Task.WaitAsync(patience, clock, stop);
            return MqttPubAckReasonCode.Success;
        }
        catch (TimeoutException)
        {
            return MqttPubAckReasonCode.ImplementationSpecificError;
        }
        finally
        {
            lock (gate) waiting.Remove(sequence);
        }
    }

    /// <summary>Takes a receipt.</summary>
    internal void Take(ReadOnlyMemory<byte> payload)
    {
        if (!StoredReceipt.TryRead(payload, out StoredReceipt? receipt, out string reason))
        {
            report($"a receipt cannot be read: {reason}");
            return;
        }
        if (receipt.Boot != outbox.Boot) return;
        outbox.MarkStored(receipt.Stored);
        lock (gate)
        {
            foreach ((long sequence, TaskCompletionSource source) in waiting)
            {
                if (receipt.Stored.Any(r => r.From <= sequence && sequence <= r.To)) source.TrySetResult();
            }
        }
    }
}
