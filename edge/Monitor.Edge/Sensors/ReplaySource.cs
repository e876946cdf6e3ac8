using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Monitor.Domain;
using Monitor.Domain.Readings;

namespace Monitor.Edge.Sensors;

/// <summary>
/// A file of readings, taken once from its beginning to its end, however often the program is killed. The file may
/// grow; what was taken must stay as it was.
/// </summary>
internal sealed class ReplaySource : ISensorSource
{
    /// <summary>Longest line, in bytes.</summary>
    internal const int LineBytesMax = 4096;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string file;
    private readonly Statistic statistic;
    private readonly int portion;
    private readonly double? rate;
    private readonly TimeProvider clock;

    /// <summary>A replay.</summary>
    /// <param name="file">The file as the user names it.</param>
    /// <param name="statistic">What its values stand for.</param>
    /// <param name="portion">Readings in one portion, 1 to 500.</param>
    /// <param name="rate">Readings per second, or null for full speed.</param>
    /// <param name="clock">Paces the rate.</param>
    internal ReplaySource(string file, Statistic statistic, int portion, double? rate, TimeProvider clock)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(portion, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(portion, ReadingBatch.ReadingsMax);
        (this.file, this.statistic, this.portion, this.rate, this.clock) = (file, statistic, portion, rate, clock);
        Name = "replay:" + Path.GetFullPath(file);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool CanWait => true;

    /// <inheritdoc/>
    public async IAsyncEnumerable<SensedPortion> ReadAsync(
        SourceProgress? from, [EnumeratorCancellation] CancellationToken stop)
    {
        using FileStream stream = Open();
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        PipeReader pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 1 << 16, leaveOpen: true));
        ReplayRow? table = null;
        List<Reading> readings = new(portion);
        int number = 0;
        while (await NextLineAsync(pipe, number + 1, stop) is byte[] bytes)
        {
            string text = Text(bytes, ++number);
            // Without the line's end: a last line may get one later, when the file grows.
            digest.AppendData(bytes.AsSpan().TrimEnd("\r\n"u8));
            digest.AppendData("\n"u8);
            if (table is null)
            {
                table = new ReplayRow(text, file, statistic);
            }
            else if (number <= from?.Lines)
            {
                // Taken in an earlier run; read only to see that it has not been changed.
                if (number == from.Lines && Digest() != from.Digest) throw Changed(number);
            }
            else if (text.Length > 0)
            {
                readings.Add(table.Read(text, number, readings.Count));
            }
            if (readings.Count < portion) continue;
            yield return new SensedPortion(readings, new SourceProgress(number, Digest()));
            if (rate is double perSecond) await Task.Delay(TimeSpan.FromSeconds(portion / perSecond), clock, stop);
            readings = new(portion);
        }
        if (table is null) throw new InputException("the file is empty.", "Begin it with column names.", file);
        if (number < from?.Lines) throw Changed(number);
        if (readings.Count > 0) yield return new SensedPortion(readings, new SourceProgress(number, Digest()));

        string Digest() => Convert.ToHexStringLower(digest.GetCurrentHash());
    }

    private FileStream Open()
    {
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }
        catch (Exception e) when (
            e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new InputException("the file cannot be opened.", "Check its name and its permissions.", file);
        }
    }

    // The bytes of the next line with its end, or null after the last one. A copy: lines are short.
    private async ValueTask<byte[]?> NextLineAsync(PipeReader pipe, int number, CancellationToken stop)
    {
        while (true)
        {
            ReadResult result = await pipe.ReadAsync(stop);
            ReadOnlySequence<byte> buffer = result.Buffer;
            SequencePosition? end = buffer.PositionOf((byte)'\n');
            if (end is null && !result.IsCompleted && buffer.Length <= LineBytesMax)
            {
                pipe.AdvanceTo(buffer.Start, buffer.End);
                continue;
            }
            ReadOnlySequence<byte> line = end is SequencePosition at
                ? buffer.Slice(0, buffer.GetPosition(1, at))
                : buffer;
            if (line.Length > LineBytesMax)
            {
                throw new InputException($"the line has over {LineBytesMax} bytes.", "Break it.", file, number);
            }
            byte[]? bytes = line.Length > 0 ? line.ToArray() : null;
            pipe.AdvanceTo(line.End);
            return bytes;
        }
    }

    private string Text(byte[] bytes, int number)
    {
        try
        {
            string text = Utf8.GetString(bytes).TrimEnd('\r', '\n');
            return number == 1 ? text.TrimStart('\uFEFF') : text;
        }
        catch (DecoderFallbackException)
        {
            throw new InputException("the line is not UTF-8.", "Save the file as UTF-8.", file, number);
        }
    }

    private InputException Changed(int line) => new(
        "the part of the file that was taken already has been changed since.",
        "Put it back as it was, or replay the new one into another outbox.", file, line);
}
