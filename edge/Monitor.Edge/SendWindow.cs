using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Monitor.Mqtt.Protocol;

namespace Monitor.Edge;

/// <summary>Publishes one payload and returns the server's answer; fails where the connection ends first.</summary>
internal delegate Task<MqttPubAckReasonCode> Publish(ReadOnlyMemory<byte> payload, CancellationToken stop);

/// <summary>
/// Sends what is pending over one connection: oldest first, a bounded number at once. What is not answered when the
/// connection ends stays pending, and the next connection sends it again.
/// </summary>
internal sealed class SendWindow(
    Outbox outbox, int width, Publish publish, Backoff busy, TimeProvider clock, Action<string> report)
{
    private readonly Dictionary<Task<MqttPubAckReasonCode>, long> inFlight = [];
    private long cursor;

    /// <summary>Raised after batches were acknowledged: the connection is of use.</summary>
    internal event Action? Acknowledged;

    /// <summary>Runs until nothing is pending and the sources have ended.</summary>
    /// <param name="sourcesEnded">Completes when nothing more will be appended; for devices never.</param>
    /// <param name="stop">Ends the sending.</param>
    /// <exception cref="ServerRefusalException">The server refuses this agent.</exception>
    internal async Task RunAsync(Task sourcesEnded, CancellationToken stop)
    {
        var arrivals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
        {
            FullMode = BoundedChannelFullMode.DropWrite,
        });
        void Wake() => arrivals.Writer.TryWrite(true);
        outbox.Appended += Wake;
        try
        {
            Task arrival = arrivals.Reader.ReadAsync(stop).AsTask();
            while (true)
            {
                // Asked before looking: what is appended in between is seen by the look.
                bool last = sourcesEnded.IsCompleted;
                Fill(stop);
                if (inFlight.Count == 0 && last) return;
                await Task.WhenAny([arrival, .. inFlight.Keys, .. last ? Array.Empty<Task>() : [sourcesEnded]]);
                // First, what was answered before the end.
                bool later = Collect();
                stop.ThrowIfCancellationRequested();
                if (later) await PauseAsync(stop);
                if (arrival.IsCompleted) arrival = arrivals.Reader.ReadAsync(stop).AsTask();
            }
        }
        finally
        {
            outbox.Appended -= Wake;
        }
    }

    private void Fill(CancellationToken stop)
    {
        int room = width - inFlight.Count;
        if (room <= 0) return;
        foreach (OutboxBatch batch in outbox.Pending(cursor, room))
        {
            inFlight.Add(publish(batch.Payload, stop), batch.Sequence);
            cursor = batch.Sequence;
            CrashPoint.Reach("sent");
        }
    }

    // Settles all answers that are there, in one transaction. True where the server asked for patience.
    private bool Collect()
    {
        List<long> acknowledged = [];
        bool later = false;
        Exception? failure = null;
        foreach (Task<MqttPubAckReasonCode> answered in inFlight.Keys.Where(task => task.IsCompleted).ToList())
        {
            inFlight.Remove(answered, out long sequence);
            if (!answered.IsCompletedSuccessfully)
            {
                // Thrown below: first, what was acknowledged is acknowledged.
                failure ??= answered.Exception?.InnerException ?? new OperationCanceledException();
                continue;
            }
            switch (PublishVerdicts.Of(answered.Result))
            {
                case PublishVerdict.Acknowledged:
                    acknowledged.Add(sequence);
                    break;
                case PublishVerdict.Park:
                    outbox.Park(sequence, $"The server refuses the payload: {Shown(answered.Result)}.");
                    report($"batch {sequence} is parked: the server cannot read it ({Shown(answered.Result)})");
                    break;
                case PublishVerdict.Later:
                    report($"batch {sequence} is put off by the server ({Shown(answered.Result)})");
                    later = true;
                    break;
                default:
                    failure ??= new ServerRefusalException(
                        $"The server refuses batch {sequence} of agent {outbox.Agent}, section {outbox.Section} "
                        + $"({Shown(answered.Result)}). Register the agent for the section at the server.");
                    break;
            }
        }
        if (acknowledged.Count > 0)
        {
            CrashPoint.Reach("acked-before-mark");
            outbox.MarkAcknowledged(acknowledged);
            CrashPoint.Reach("marked");
            busy.Reset();
            Acknowledged?.Invoke();
        }
        if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        return later;
    }

    private async Task PauseAsync(CancellationToken stop)
    {
        while (inFlight.Count > 0)
        {
            await Task.WhenAny(inFlight.Keys);
            Collect();
        }
        await Task.Delay(busy.Next(), clock, stop);
        // From the oldest again: nothing is in flight, so that nothing is sent twice at once.
        cursor = 0;
    }

    private static string Shown(MqttPubAckReasonCode code) =>
        string.Create(CultureInfo.InvariantCulture, $"{code}, 0x{(byte)code:X2}");
}
