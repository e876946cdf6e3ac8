using System.Globalization;
using Monitor.Domain.Readings;
using Monitor.Wire.Hj212;

namespace Monitor.Edge.Sensors;

/// <summary>
/// Asks a logger, on each connection, for what it measured while nobody listened: from where the outbox is to now, by the
/// same command that carries such data (HJ 212-2017, 2031, 2051, 2061 with BeginTime and EndTime).
/// </summary>
internal sealed class Hj212History(Hj212Options options, Hj212Desk desk, SensorPlace place)
{
    // HJ 212-2017 table 1: a request is repeated three times.
    private const int AttemptsMax = 3;
    private const string Ready = "1", Done = "1", NoData = "100";

    private readonly TaskCompletionSource<bool> promised = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private (Instant Begin, Instant End)? span;

    /// <summary>A connection begins: what comes now may have a gap before it.</summary>
    internal void Begin() => desk.CatchUp(options.History is null);

    /// <summary>
    /// Whether data are such as were asked for. What is as young as live data is not told from them, so that they do not
    /// count before the logger has said that it is done; but a logger that is emptied once sends nothing else.
    /// </summary>
    internal bool IsMissed(Hj212Verdict verdict)
    {
        if (span is not var (begin, end) || verdict.Packet.Cn != options.History || verdict.Values.Count == 0) return false;
        TimeSpan live = verdict.Values[0].Statistic switch
        {
            Statistic.Day => TimeSpan.FromDays(2),
            Statistic.Hour => TimeSpan.FromHours(2),
            _ => TimeSpan.FromHours(1),
        };
        Instant time = verdict.Values[0].Time;
        bool isOld = options.Until is not null || end.ToDateTimeOffset() - time.ToDateTimeOffset() > live;
        return begin <= time && time <= end && isOld;
    }

    /// <summary>Asks, until the logger says whether it will.</summary>
    internal async Task AskAsync(Func<byte[], CancellationToken, ValueTask> send, CancellationToken stop)
    {
        if (options.History is null || (desk.Mark.Time ?? options.HistoryFrom) is not Instant begin)
        {
            // Nothing was ever taken, so nothing was missed.
            desk.CatchUp(true);
            return;
        }
        var now = Instant.From(place.Clock.GetUtcNow());
        desk.CatchUp(false);
        // The logger's clock may be ahead of this one; what it is emptied of is not cut short by that.
        Instant end = options.Until is Instant until && until > now ? until : now;
        span = (begin, end);
        string data = string.Create(
            CultureInfo.InvariantCulture, $"BeginTime={Hj212Time.Text(begin)},EndTime={Hj212Time.Text(end)}");
        for (int attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            now = Instant.From(place.Clock.GetUtcNow());
            await send(Hj212Writer.Request(
                now, options.St, options.History, options.Password ?? "", options.Mn, data), stop);
            try
            {
                if (!await promised.Task.WaitAsync(options.AnswerWithin, place.Clock, stop)) Say("refuses to send");
                return;
            }
            catch (TimeoutException) when (attempt < AttemptsMax)
            {
                Say("does not answer yet when asked for");
            }
            catch (TimeoutException)
            {
                Say("does not answer when asked for");
            }
        }
    }

    /// <summary>The logger says whether it will, or what became of it.</summary>
    internal void Hear(Hj212Packet packet)
    {
        if (packet.Find("QnRtn") is string will) promised.TrySetResult(will == Ready);
        if (packet.Find("ExeRtn") is not string done || span is null) return;
        promised.TrySetResult(true);
        if (done is Done or NoData) desk.CatchUp(true);
        else Say($"ended with {done} when asked for");
    }

    private void Say(string what) =>
        place.Report($"hj212 {options.Name}: the logger {what} what it measured while nobody listened.");
}
