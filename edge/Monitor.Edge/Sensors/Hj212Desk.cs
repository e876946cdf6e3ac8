using System.Security.Cryptography;
using System.Text;
using Monitor.Domain.Readings;
using Monitor.Wire.Hj212;

namespace Monitor.Edge.Sensors;

/// <summary>
/// Takes a logger's data, over whichever of its connections they come: once each, and with a note of how far it is.
/// </summary>
internal sealed class Hj212Desk(Hj212Options options, SensedQueue queue, DeviceMark from, SensorPlace place)
    : IDisposable
{
    // Enough for what a logger sends again when its answers were late; beyond, the record sees a reading twice, not wrong.
    private const int RememberedMax = 1024;

    private readonly SemaphoreSlim turn = new(1);
    private readonly Dictionary<string, Task> taken = [];
    private readonly Queue<string> order = [];
    private readonly SplitMessages messages = new();
    private readonly DeviceFault fault = new(options.Station.Instrument, place.Clock);
    private DeviceMark mark = from;
    private Instant lastHeard = Instant.From(place.Clock.GetUtcNow());

    /// <summary>What came so far.</summary>
    internal Hj212Counts Counts { get; } = new();

    /// <summary>
    /// Whether what comes now follows what is kept without a gap. So long as missed data are outstanding it does not, and
    /// live readings do not count as progress.
    /// </summary>
    internal bool IsCaughtUp { get; private set; } = options.History is null;

    /// <summary>How far it is.</summary>
    internal DeviceMark Mark => mark;

    /// <summary>Split messages.</summary>
    internal SplitMessages Messages => messages;

    /// <summary>Missed data are outstanding, or not any more.</summary>
    internal void CatchUp(bool isDone) => IsCaughtUp = isDone;

    /// <summary>Takes a packet's data.</summary>
    /// <param name="verdict">The packet.</param>
    /// <param name="isMissed">Whether it is one that was asked for.</param>
    /// <param name="answer">
    /// Told what completes when the data are on the disk, before they are handed on: so no end comes in between.
    /// </param>
    /// <param name="stop">Ends it.</param>
    internal async Task TakeAsync(
        Hj212Verdict verdict, bool isMissed, Func<Task, ValueTask> answer, CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            await HeardAsync(stop);
            string digest = DigestOf(verdict.Packet);
            messages.Add(verdict.Packet);
            if (digest == mark.Last || taken.ContainsKey(digest))
            {
                Counts.AddRepeated();
                await answer(taken.GetValueOrDefault(digest, Task.CompletedTask));
                return;
            }
            List<Reading> readings = Readings(verdict);
            bool counts = options.History is null || verdict.Packet.Cn == options.History;
            mark = mark with { Last = digest };
            if (counts && (isMissed || IsCaughtUp) && verdict.Values.Count > 0) mark = mark.Past(verdict.Values[0].Time);
            if (readings.Count == 0)
            {
                await answer(Task.CompletedTask);
                return;
            }
            var sensed = new Sensed(readings, mark.ToProgress());
            await answer(sensed.Kept);
            await queue.AddAsync(sensed, stop);
            Counts.AddReadings(readings.Count);
            Remember(digest, sensed.Kept);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Looks now and then whether the logger has said anything.</summary>
    internal async Task WatchAsync(CancellationToken stop)
    {
        while (true)
        {
            await Task.Delay(options.SilentAfter / 4, place.Clock, stop);
            await turn.WaitAsync(stop);
            try
            {
                TimeSpan silence = place.Clock.GetUtcNow() - lastHeard.ToDateTimeOffset();
                if (silence >= options.SilentAfter) await TellAsync(DeviceFault.Silent, stop);
            }
            finally
            {
                turn.Release();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private async Task HeardAsync(CancellationToken stop)
    {
        lastHeard = Instant.From(place.Clock.GetUtcNow());
        await TellAsync(DeviceFault.None, stop);
    }

    private async Task TellAsync(int now, CancellationToken stop)
    {
        if (fault.Became(now) is not Reading reading) return;
        place.Report($"hj212 {options.Name}: station {options.Mn} {DeviceFault.Words(now)}.");
        await queue.AddAsync(new Sensed([reading], mark.ToProgress()), stop);
    }

    private List<Reading> Readings(Hj212Verdict verdict)
    {
        List<Reading> readings = [];
        foreach (Hj212Value value in verdict.Values)
        {
            if (options.Station.TryRead(value, out Reading? reading, out string reason))
            {
                readings.Add(reading);
                continue;
            }
            Counts.AddValueless();
            // Said as often as the logger says it would fill a disk with the same line.
            if (Counts.Valueless == 1) place.Report($"hj212 {options.Name}: {reason} Others like it are only counted.");
        }
        return readings;
    }

    private void Remember(string digest, Task kept)
    {
        taken.Add(digest, kept);
        order.Enqueue(digest);
        if (order.Count > RememberedMax) taken.Remove(order.Dequeue());
    }

    // What a packet says, without QN, which is another when it is sent again.
    private static string DigestOf(Hj212Packet packet)
    {
        var text = new StringBuilder();
        text.Append(packet.St).Append(';').Append(packet.Cn).Append(';').Append(packet.PacketNumber).Append(';');
        foreach (Hj212Item item in packet.Items)
        {
            text.Append(item.Group).Append(',').Append(item.Name).Append('=').Append(item.Value).Append(';');
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
