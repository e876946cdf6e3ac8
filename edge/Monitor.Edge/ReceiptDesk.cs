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
    private readonly Dictionary<long, TaskCompletionSource<MqttPubAckReasonCode>> waiting = [];

    /// <summary>Publishes a batch and waits until a receipt names it.</summary>
    /// <returns>What the broker said where it refuses; what the receipt says once it is there; else to be sent again.</returns>
    internal async Task<MqttPubAckReasonCode> SendAsync(
        long sequence, Func<Task<MqttPubAckReasonCode>> publish, CancellationToken stop)
    {
        // There before the message is: the receipt may overtake the broker's answer.
        var receipt = new TaskCompletionSource<MqttPubAckReasonCode>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate) waiting[sequence] = receipt;
        try
        {
            MqttPubAckReasonCode answer = await publish();
            if (PublishVerdicts.Of(answer) != PublishVerdict.Acknowledged) return answer;
            return await receipt.Task.WaitAsync(patience, clock, stop);
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
        Answer(receipt.Stored, MqttPubAckReasonCode.Success);
        // Parked by the sender, as after the same word of a server without a broker.
        Answer(receipt.Refused, MqttPubAckReasonCode.PayloadFormatInvalid);
    }

    /// <summary>The server asks for batches: those that wait for a receipt will get none, and go out again.</summary>
    internal void AskedFor(SequenceRange range) => Answer([range], MqttPubAckReasonCode.UnspecifiedError);

    private void Answer(IReadOnlyList<SequenceRange> ranges, MqttPubAckReasonCode answer)
    {
        lock (gate)
        {
            foreach ((long sequence, TaskCompletionSource<MqttPubAckReasonCode> source) in waiting)
            {
                if (ranges.Any(r => r.From <= sequence && sequence <= r.To)) source.TrySetResult(answer);
            }
        }
    }
}
