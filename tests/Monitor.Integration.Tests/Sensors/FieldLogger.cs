using System.Buffers;
using System.Net.Sockets;
using System.Text;
using Monitor.Wire.Hj212;
using Xunit;

namespace Monitor.Integration.Tests.Sensors;

/// <summary>A data logger of the tests: one end of a real connection, sending whatever a test wants it to.</summary>
internal sealed class FieldLogger(TcpClient client) : IDisposable
{
    internal const string Mn = "MN-1";

    private readonly FrameScanner scanner = new();
    private byte[] held = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    internal static async Task<FieldLogger> ConnectAsync(int port)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", port, Stop);
        return new FieldLogger(client);
    }

    /// <summary>An hour's packet: of hour n, pH 7.n, asking for an answer.</summary>
    internal static string Hour(int n, string mn = Mn, string more = "", int flag = 5, string qn = "") =>
        Packet($"QN={(qn.Length > 0 ? qn : $"2025010100000{n:D4}")};ST=21;CN=2061;PW=1;MN={mn};Flag={flag};{more}CP=&&"
            + $"DataTime={Time(n)};w01001-Avg=7.{n % 100:D2},w01001-Flag=N&&");

    internal static string Time(int n) =>
        new DateTime(2025, 1, 1).AddHours(n).ToString("yyyyMMddHHmmss", System.Globalization.CultureInfo.InvariantCulture);

    internal static string Packet(string segment) => Encoding.UTF8.GetString(Hj212Writer.Frame(segment));

    internal Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    internal async Task SendAsync(byte[] bytes) => await client.GetStream().WriteAsync(bytes, Stop);

    /// <summary>It sends no more.</summary>
    internal void Finish() => client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>The next packet from the agent; null where it has closed.</summary>
    internal async Task<Hj212Packet?> NextAsync()
    {
        using var ceiling = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        ceiling.CancelAfter(TimeSpan.FromSeconds(60));
        byte[] buffer = new byte[4096];
        while (true)
        {
            var sequence = new ReadOnlySequence<byte>(held);
            bool found = scanner.TryRead(ref sequence, false, out Hj212Frame? frame);
            held = sequence.ToArray();
            if (found)
            {
                Hj212Verdict verdict = Hj212Verdict.Of(frame!, CrcRule.Standard);
                Assert.Null(verdict.Fault);
                return verdict.Packet;
            }
            int read = await client.GetStream().ReadAsync(buffer, ceiling.Token);
            if (read == 0) return null;
            held = [.. held, .. buffer.AsSpan(0, read)];
        }
    }

    /// <summary>The commands and data of the next packets.</summary>
    internal async Task<string[]> NextAsync(int count)
    {
        string[] next = new string[count];
        for (int i = 0; i < count; i++)
        {
            Hj212Packet? packet = await NextAsync();
            next[i] = packet is null
                ? "closed"
                : string.Join(' ', [packet.Cn, .. packet.Items.Select(item => $"{item.Name}={item.Value}")]);
        }
        return next;
    }

    public void Dispose() => client.Dispose();
}
