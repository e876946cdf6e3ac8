using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using Monitor.Domain.Readings;
using Monitor.Wire.Hj212;

namespace Monitor.Cli.Demo;

/// <summary>
/// A data logger with a year of hour means: asked for what was missed, it sends it by HJ 212, packet by packet, and counts
/// on nothing that was not answered.
/// </summary>
internal sealed class SimulatedLogger(string section, IReadOnlyList<IReadOnlyList<DeviceRow>> year)
    : SimulatedDevice(year)
{
    // Packets that may wait for their answers.
    private const int Window = 32;

    private string Mn => "DEMO-" + section;

    /// <inheritdoc/>
    internal override string Settings => $$"""
        {"family":"hj212","name":"logger","connect":"{{Address}}","mn":"{{Mn}}","password":"123456","profile":"surface-water",
         "history":"2061","history-from":"{{DemoScenario.Year}}-01-01T00:00:00+08:00","answer-within":60,"until":"{{Until}}"}
        """;

    /// <inheritdoc/>
    protected override async Task SpeakAsync(NetworkStream stream, CancellationToken cancellation)
    {
        PipeReader reader = PipeReader.Create(stream);
        var scanner = new FrameScanner();
        Hj212Packet? request;
        do
        {
            request = await NextAsync(reader, scanner, cancellation);
            if (request is null) return;
        }
        while (request.Cn != Hj212Commands.Hour);
        await stream.WriteAsync(Hj212Writer.Answer(request, Hj212Commands.RequestAnswer, "QnRtn=1"), cancellation);
        bool isSpan = Hj212Time.TryParse(request.Find("BeginTime"), out Instant begin)
            & Hj212Time.TryParse(request.Find("EndTime"), out Instant end);
        int open = 0;
        foreach (IReadOnlyList<DeviceRow> rows in Year.Where(r => isSpan && begin <= r[0].Time && r[0].Time <= end))
        {
            for (; open >= Window; open--)
            {
                if (await NextAsync(reader, scanner, cancellation) is null) return;
            }
            await stream.WriteAsync(Packet(rows), cancellation);
            open++;
        }
        for (; open > 0; open--)
        {
            if (await NextAsync(reader, scanner, cancellation) is null) return;
        }
        await stream.WriteAsync(Hj212Writer.Answer(request, Hj212Commands.Execution, "ExeRtn=1"), cancellation);
    }

    private byte[] Packet(IReadOnlyList<DeviceRow> rows)
    {
        var segment = new StringBuilder();
        segment.Append("QN=").Append(Hj212Time.Qn(rows[0].Time)).Append(";ST=21;CN=").Append(Hj212Commands.Hour)
            .Append(";PW=123456;MN=").Append(Mn).Append(";Flag=5;CP=&&DataTime=").Append(Hj212Time.Text(rows[0].Time));
        foreach (DeviceRow row in rows)
        {
            segment.Append(';').Append(row.Code).Append("-Avg=").Append(row.Value)
                .Append(',').Append(row.Code).Append("-Flag=").Append(row.Status);
        }
        return Hj212Writer.Frame(segment.Append("&&").ToString());
    }

    // The agent's next packet; null where it is gone.
    private static async Task<Hj212Packet?> NextAsync(
        PipeReader reader, FrameScanner scanner, CancellationToken cancellation)
    {
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancellation);
            ReadOnlySequence<byte> buffer = read.Buffer;
            bool isFound = scanner.TryRead(ref buffer, read.IsCompleted, out Hj212Frame? frame);
            // What is behind a packet that was found is looked at again at once; else only more of it is.
            reader.AdvanceTo(buffer.Start, isFound ? buffer.Start : read.Buffer.End);
            if (isFound) return Hj212Verdict.Of(frame!, CrcRule.Standard).Packet;
            if (read.IsCompleted) return null;
        }
    }
}
