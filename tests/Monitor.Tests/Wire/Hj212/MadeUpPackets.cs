using System.Buffers;
using System.Text;
using Monitor.Wire.Hj212;

namespace Monitor.Tests.Wire.Hj212;

/// <summary>Packets and streams of them, made up for these tests.</summary>
internal static class MadeUpPackets
{
    /// <summary>The standard's own example (Annex A): 101 bytes, check sum 1C80.</summary>
    internal const string Annex = "QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;"
        + "CP=&&RtdInterval=30&&";

    internal static string Segment(int n) =>
        $"QN=2025010100000{n % 10000:D4};ST=21;CN=2061;PW=1;MN=M1;Flag=5;CP=&&DataTime=20250101{n % 24:D2}0000;"
        + $"w01001-Avg=7.{n % 100:D2},w01001-Flag=N&&";

    internal static string Text(string segment) => Encoding.UTF8.GetString(Hj212Writer.Frame(segment));

    /// <summary>All packets of a text that comes in pieces; the bytes of garbage too.</summary>
    internal static (List<Hj212Frame> Frames, long Garbage) Scan(byte[] stream, Func<int>? piece = null, bool isLast = true)
    {
        var scanner = new FrameScanner();
        List<Hj212Frame> frames = [];
        byte[] held = [];
        for (int at = 0; at < stream.Length || (isLast && at == stream.Length);)
        {
            int next = Math.Min(stream.Length, at + Math.Max(1, piece?.Invoke() ?? stream.Length));
            bool ends = next == stream.Length && isLast;
            var buffer = new ReadOnlySequence<byte>([.. held, .. stream.AsSpan(at, next - at)]);
            while (scanner.TryRead(ref buffer, ends, out Hj212Frame? frame)) frames.Add(frame);
            held = buffer.ToArray();
            if (held.Length > FrameScanner.WindowMax + 6) throw new InvalidOperationException("It holds too much.");
            if (next == stream.Length) break;
            at = next;
        }
        return (frames, scanner.Garbage);
    }

    internal static (List<Hj212Frame> Frames, long Garbage) Scan(string text) => Scan(Encoding.UTF8.GetBytes(text));

    internal static List<Hj212Verdict> Verdicts(string text, string rule = "hj212")
    {
        CrcRule known = CrcRule.All.Single(r => r.Name == rule);
        return [.. Scan(text).Frames.Select(frame => Hj212Verdict.Of(frame, known))];
    }
}
