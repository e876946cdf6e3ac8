using System.CommandLine;
using System.IO.Pipelines;
using System.Text.Json;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Wire.Hj212;
using Spectre.Console;

namespace Monitor.Cli.Verbs;

/// <summary><c>monitor hj212 FILE|-</c>: what stands in packets of data loggers, and whether they hold.</summary>
internal static class Hj212Verb
{
    /// <summary>Makes the command.</summary>
    internal static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "File of packets as they travelled; - for standard input." };
        var crc = new Option<string>("--crc")
        {
            Description = "Check sum that holds: the standard's own, one of Modbus, or any of them.",
            DefaultValueFactory = _ => CrcRule.Standard.Name,
        };
        crc.AcceptOnlyFromAmong([.. CrcRule.All.Select(rule => rule.Name)]);
        var json = new Option<bool>("--json") { Description = "One JSON object per packet." };
        var command = new Command("hj212", "Packets of HJ 212: verdict and readings of each.") { file, crc, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            CrcRule rule = CrcRule.All.First(known => known.Name == parsed.GetValue(crc));
            await using Stream input = Open(parsed.GetRequiredValue(file));
            if (parsed.GetValue(json)) await WriteJsonAsync(input, rule, cancellation);
            else await WriteTableAsync(input, rule, cancellation);
            return 0;
        });
        return command;
    }

    private static Stream Open(string file)
    {
        if (file == "-") return Console.OpenStandardInput();
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            throw new InputException("There is no such file.", "Check the path; - reads standard input.", file);
        }
        catch (UnauthorizedAccessException)
        {
            throw new InputException("It cannot be opened.", "Give a file, not a folder, that you may read.", file);
        }
    }

    private static async Task WriteJsonAsync(Stream input, CrcRule rule, CancellationToken cancellation)
    {
        using var lines = new JsonLines(Console.OpenStandardOutput());
        await ReadAsync(input, rule, (number, verdict) => lines.Write(writer => Write(writer, number, verdict)), cancellation);
    }

    private static void Write(Utf8JsonWriter writer, int number, Hj212Verdict verdict)
    {
        writer.WriteNumber("packet", number);
        writer.WriteBoolean("ok", verdict.Holds);
        writer.WriteBoolean("length", verdict.LengthHolds);
        writer.WriteBoolean("crc", verdict.CrcHolds);
        writer.WriteString("st", verdict.Packet.St);
        writer.WriteString("cn", verdict.Packet.Cn);
        writer.WriteString("mn", verdict.Packet.Mn);
        writer.WriteStartArray("readings");
        foreach (Hj212Value value in verdict.Values)
        {
            writer.WriteStartObject();
            writer.WriteString("p", value.Code);
            writer.WriteNumber("t", value.Time.UnixMilliseconds);
            writer.WriteString("v", value.Text);
            writer.WriteString("k", value.Statistic.Name());
            writer.WriteString("st", value.Flag);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteString("error", verdict.Fault);
    }

    private static async Task WriteTableAsync(Stream input, CrcRule rule, CancellationToken cancellation)
    {
        var view = new Table().AddColumns("packet", "station", "command", "time", "readings", "fault");
        await ReadAsync(input, rule, (number, verdict) => view.AddRow(
            $"{number}",
            Markup.Escape(verdict.Packet.Mn ?? "—"),
            Markup.Escape(verdict.Packet.Cn ?? "—"),
            Markup.Escape(verdict.Packet.Find("DataTime") ?? "—"),
            Markup.Escape(string.Join(' ', verdict.Values.Select(v => $"{v.Code}={v.Text}{v.Flag}"))),
            Markup.Escape(verdict.Fault ?? "")), cancellation);
        AnsiConsole.Write(view);
    }

    private static async Task ReadAsync(
        Stream input, CrcRule rule, Action<int, Hj212Verdict> found, CancellationToken cancellation)
    {
        PipeReader pipe = PipeReader.Create(input, new StreamPipeReaderOptions(bufferSize: 1 << 16));
        var scanner = new FrameScanner();
        int number = 0, wrong = 0;
        while (true)
        {
            ReadResult read = await pipe.ReadAsync(cancellation);
            var buffer = read.Buffer;
            while (scanner.TryRead(ref buffer, read.IsCompleted, out Hj212Frame? frame))
            {
                Hj212Verdict verdict = Hj212Verdict.Of(frame, rule);
                if (!verdict.Holds) wrong++;
                found(++number, verdict);
            }
            pipe.AdvanceTo(buffer.Start, read.Buffer.End);
            if (read.IsCompleted) break;
        }
        await pipe.CompleteAsync();
        await Console.Error.WriteLineAsync(
            $"{number} packets, {wrong} of them wrong; {scanner.Garbage} bytes of garbage between them skipped");
    }
}
