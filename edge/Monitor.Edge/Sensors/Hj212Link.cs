using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Channels;
using Monitor.Domain.Readings;
using Monitor.Wire.Hj212;

namespace Monitor.Edge.Sensors;

/// <summary>
/// One connection with a logger: finds packets, hands their data on, and answers what asks for an answer. Answers go out in
/// the order of the packets, those to data when they are on the disk.
/// </summary>
internal sealed class Hj212Link(Stream stream, Hj212Options options, Hj212Desk desk, SensorPlace place)
{
    private const int AnswersMax = 256;

    private readonly Channel<(Task When, byte[] Packet)> answers = Channel.CreateBounded<(Task, byte[])>(
        new BoundedChannelOptions(AnswersMax) { SingleReader = true });
    private readonly Hj212History history = new(options, desk, place);

    /// <summary>Serves until the logger goes, falls silent, or it is stopped.</summary>
    internal async Task RunAsync(CancellationToken stop)
    {
        desk.Counts.AddConnection();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task answering = AnswerAsync(over.Token);
        Task? asking = null;
        PipeReader reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        var scanner = new FrameScanner();
        long garbage = 0;
        try
        {
            history.Begin();
            if (options.Connect is not null) asking = history.AskAsync(SendAsync, over.Token);
            while (!answering.IsCompleted)
            {
                ReadResult read = await reader.ReadAsync(stop).AsTask().WaitAsync(options.SilentAfter, place.Clock, stop);
                ReadOnlySequence<byte> buffer = read.Buffer;
                while (scanner.TryRead(ref buffer, read.IsCompleted, out Hj212Frame? frame))
                {
                    bool isOurs = await TakeAsync(Hj212Verdict.Of(frame, options.Station.Crc), stop);
                    if (isOurs) asking ??= history.AskAsync(SendAsync, over.Token);
                }
                desk.Counts.AddGarbage(scanner.Garbage - garbage);
                garbage = scanner.Garbage;
                reader.AdvanceTo(buffer.Start, read.Buffer.End);
                if (read.IsCompleted) break;
            }
            // The logger sends no more, and may still listen for its answers.
            answers.Writer.TryComplete();
            await answering.WaitAsync(options.AnswerWithin, place.Clock, stop);
        }
        catch (TimeoutException)
        {
            place.Report($"hj212 {options.Name}: a connection was silent for too long and is ended.");
        }
        finally
        {
            desk.Counts.AddGarbage(scanner.Garbage - garbage);
            answers.Writer.TryComplete();
            await over.CancelAsync();
            await Task.WhenAll(answering, asking ?? Task.CompletedTask).ContinueWith(
                static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    // Whether the packet is one of the station's.
    private async Task<bool> TakeAsync(Hj212Verdict verdict, CancellationToken stop)
    {
        desk.Counts.AddPacket();
        Hj212Packet packet = verdict.Packet;
        if (!verdict.Holds)
        {
            // It is not answered: who sent it sends it again.
            desk.Counts.AddWrong();
            return false;
        }
        if (packet.Mn != options.Mn || (options.Password is string password && packet.Pw != password))
        {
            desk.Counts.AddStrange();
            string why = packet.Mn != options.Mn ? "QnRtn=4" : "QnRtn=3";
            if (packet.WantsAnswer) await SendAsync(Hj212Writer.Answer(packet, Hj212Commands.RequestAnswer, why), stop);
            return false;
        }
        if (packet.Cn is Hj212Commands.RequestAnswer or Hj212Commands.Execution)
        {
            history.Hear(packet);
            return true;
        }
        (string answer, string data) = AnswerTo(packet.Cn);
        ValueTask Answer(Task when) =>
            packet.WantsAnswer ? AnswerAsync(when, Hj212Writer.Answer(packet, answer, data), stop) : ValueTask.CompletedTask;
        if (Hj212Commands.StatisticOf(packet.Cn) is null) await Answer(Task.CompletedTask);
        else await desk.TakeAsync(verdict, history.IsMissed(verdict), Answer, stop);
        if (packet.Cn == Hj212Commands.AsksForTime) await SetTimeAsync(stop);
        return true;
    }

    // A notice is taken, data are; what is asked of a device (10xx) is not done by one that is none: QnRtn 8.
    private static (string Command, string Data) AnswerTo(string? command) => command switch
    {
        Hj212Commands.AsksForTime => (Hj212Commands.NoticeAnswer, ""),
        ['1', '0', ..] => (Hj212Commands.RequestAnswer, "QnRtn=8"),
        _ => (Hj212Commands.DataAnswer, ""),
    };

    // HJ 212-2017 table 9, 1012: only a clock that is set may set another.
    private async Task SetTimeAsync(CancellationToken stop)
    {
        if (!options.SetsTime || place.ClockState().Source == ClockState.Unset) return;
        var now = Instant.From(place.Clock.GetUtcNow());
        await SendAsync(Hj212Writer.Request(now, options.St, Hj212Commands.SetTime, options.Password ?? "", options.Mn,
            $"SystemTime={Hj212Time.Text(now)}"), stop);
    }

    private ValueTask SendAsync(byte[] packet, CancellationToken stop) => AnswerAsync(Task.CompletedTask, packet, stop);

    private ValueTask AnswerAsync(Task when, byte[] packet, CancellationToken stop) =>
        answers.Writer.WriteAsync((when, packet), stop);

    private async Task AnswerAsync(CancellationToken stop)
    {
        var stopped = Task.Delay(Timeout.Infinite, stop);
        try
        {
            await foreach ((Task when, byte[] packet) in answers.Reader.ReadAllAsync(CancellationToken.None))
            {
                await Task.WhenAny(when, stopped);
                // What is kept is answered also when it ends; but a logger that does not read cannot hold that up.
                if (!when.IsCompletedSuccessfully) stop.ThrowIfCancellationRequested();
                using var limit = new CancellationTokenSource(options.AnswerWithin, place.Clock);
                await stream.WriteAsync(packet, limit.Token);
            }
        }
        catch (Exception fault)
        {
            // Whoever waits for room for an answer must not wait for ever.
            answers.Writer.TryComplete(fault);
            throw;
        }
    }
}
