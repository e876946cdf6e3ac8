using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Monitor.Domain.Readings;
using Monitor.Mqtt.Protocol;

namespace Monitor.Edge;

/// <summary>Publishes one batch and returns the server's answer; fails where the connection ends first.</summary>
internal delegate Task<MqttPubAckReasonCode> Publish(OutboxBatch batch, CancellationToken stop);

/// <summary>
/// Sends what is pending over one connection, in two lanes. What is fresh goes first, the newest before the older; beside
/// it what is old goes oldest first, over half of the places at most, and over fewer where answers come slowly: so that
/// fresh readings never queue behind a month of old ones. What is not answered when the connection ends stays pending.
/// </summary>
internal sealed class SendWindow(
    Outbox outbox, int width, Publish publish, Backoff busy, TimeProvider clock, Action<string> report)
{
    /// <summary>Readings younger than this are fresh: the longest sampling interval of such stations is 4 hours, and of
    /// those that somebody watches, minutes.</summary>
    internal static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    // What is old may queue on the link for about so long, beyond what the link takes by itself: a fresh batch then
    // waits about as long.
    private static readonly TimeSpan LongQueue = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortQueue = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Task<MqttPubAckReasonCode>, Flight> inFlight = [];
    private readonly HashSet<long> flying = [];
    private readonly int oldPlacesMax = Math.Max(1, width / 2);
    private int oldPlaces = Math.Max(1, width / 2);
    private TimeSpan quickest = TimeSpan.MaxValue;

    private sealed record Flight(long Sequence, bool IsOld, long SentAt);

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
            outbox.Land(flying);
        }
    }

    private void Fill(CancellationToken stop)
    {
        var freshFrom = Instant.From(clock.GetUtcNow() - Fresh);
        Take(isOld: false, width - inFlight.Count, most => outbox.LiveSequences(freshFrom, most), stop);
        int old = inFlight.Values.Count(flight => flight.IsOld);
        Take(isOld: true, Math.Min(width - inFlight.Count, oldPlaces - old), outbox.PendingSequences, stop);
    }

    private void Take(bool isOld, int room, Func<int, IReadOnlyList<long>> choose, CancellationToken stop)
    {
        if (room <= 0) return;
        // So many more are asked for as may be on their way already.
        foreach (long sequence in choose(room + flying.Count).Where(s => !flying.Contains(s)).Take(room).ToList())
        {
            if (outbox.Depart(sequence) is not OutboxBatch batch) continue;
            flying.Add(sequence);
            inFlight.Add(publish(batch, stop), new Flight(sequence, isOld, clock.GetTimestamp()));
            CrashPoint.Reach("sent");
        }
    }

    // Settles all answers that are there, in one transaction. True where the server asked for patience.
    private bool Collect()
    {
        List<long> acknowledged = [], answers = [];
        bool later = false;
        Exception? failure = null;
        foreach (Task<MqttPubAckReasonCode> answered in inFlight.Keys.Where(task => task.IsCompleted).ToList())
        {
            inFlight.Remove(answered, out Flight? flight);
            long sequence = flight!.Sequence;
            flying.Remove(sequence);
            answers.Add(sequence);
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
                    if (flight.IsOld) Pace(clock.GetElapsedTime(flight.SentAt));
                    break;
                case PublishVerdict.Park:
                    outbox.Park(sequence, $"The server refuses the payload: {Shown(answered.Result)}.");
                    report($"batch {sequence} is parked: the server cannot read it ({Shown(answered.Result)})");
                    outbox.Raise(Alarm.Parked, "The server refuses batches of this agent for good. They are kept; see "
                        + "the server's dead letters.");
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
        // Not before they are settled: until then they might be dropped, and be with the server all the same.
        if (answers.Count > 0) outbox.Land(answers);
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
    }

    // The quickest answer shows the link's own time; what is beyond it is our queue. Halved while that is long, one more
    // for each answer where it is short.
    private void Pace(TimeSpan answer)
    {
        if (answer < quickest) quickest = answer;
        TimeSpan queued = answer - quickest;
        if (queued > LongQueue) oldPlaces = Math.Max(1, oldPlaces / 2);
        else if (queued < ShortQueue) oldPlaces = Math.Min(oldPlacesMax, oldPlaces + 1);
    }

    private static string Shown(MqttPubAckReasonCode code) =>
        string.Create(CultureInfo.InvariantCulture, $"{code}, 0x{(byte)code:X2}");
}
