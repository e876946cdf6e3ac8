using System.Globalization;
using Monitor.Integration.Tests.Edge;
using Monitor.Integration.Tests.Support;
using Monitor.Mqtt.Protocol;
using Xunit;

namespace Monitor.Integration.Tests.Sensors;

/// <summary>What devices do wrong, counted.</summary>
public sealed class FieldFaultTests : IDisposable
{
    private const int Inputs = 10_000;

    private readonly EdgeFolder folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_logger_that_sends_rubbish_loses_no_right_packet_and_takes_no_memory()
    {
        const int Rounds = 400, RightMax = 4 * Rounds;
        await using var server = new IntakeServer((_, _) => ValueTask.FromResult(MqttPubAckReasonCode.Success));
        File.WriteAllText(folder.File("edge.json"), $$"""
            {"agent":"A","section":"S","server":"{{server.Address}}","outbox":"outbox.db",
             "sensors":[{"family":"hj212","listen":"127.0.0.1:0","mn":"{{FieldLogger.Mn}}"}]}
            """);
        const string Up = "monitor-edge: hj212 hj212: listens on 127.0.0.1:";
        using var process = ProgramProcess.Start("monitor-edge", ["--config", folder.File("edge.json")], awaitedLine: Up);
        Assert.True(await process.IsUpAsync(), process.Errors);
        int port = int.Parse(process.Errors.Split(Up)[1].Split('\n')[0], CultureInfo.InvariantCulture);
        using FieldLogger nothing = await FieldLogger.ConnectAsync(port), logger = await FieldLogger.ConnectAsync(port);
        Task<string[]> answers = logger.NextAsync(RightMax);
        long before = 0;
        string noise = new('x', 64 * 1024);
        for (int round = 0; round < Rounds; round++)
        {
            // What the first rounds take is the program's own.
            if (round == Rounds / 8) before = PeakKilobytes(process.Id);
            string[] right = [.. Enumerable.Range(4 * round, 4).Select(n => FieldLogger.Hour(n))];
            string tenfold = $"##{10 * int.Parse(right[0][2..6], CultureInfo.InvariantCulture)}{right[0][6..]}";
            string half = right[2][..(30 + (round % 40))];
            await logger.SendAsync(right[0] + right[1] + noise + half + right[2] + tenfold + right[3]);
        }
        Assert.All(await answers, answer => Assert.Equal("9014", answer));
        long growth = PeakKilobytes(process.Id) - before;
        process.Terminate();

        Assert.Equal(0, await process.ExitAsync());
        Assert.Equal(RightMax, folder.Batches().Sum(batch => batch.Readings.Count));
        Assert.Equal(RightMax, folder.Batches().SelectMany(b => b.Readings).Select(r => r.Time).Distinct().Count());
        Assert.Contains(string.Create(CultureInfo.InvariantCulture,
            $"{6 * Rounds} packets, {2 * Rounds} wrong, 0 of others, 0 repeated; {RightMax} readings, 0 values that are none; ")
            + string.Create(CultureInfo.InvariantCulture, $"{Rounds * noise.Length} bytes of garbage"), process.Errors);
        Assert.True(growth < 24 * 1024, $"{growth} KiB for {Rounds * noise.Length / 1024} KiB of garbage");
    }

    [Fact]
    public void Inputs_that_no_device_would_send_are_read_to_an_end() => Fuzz(new FieldFuzz(2026), Inputs);

    /// <summary>For <c>./monitor test faults</c>: a million of them, a third of each kind.</summary>
    [Fact(Explicit = true)]
    public void A_million_inputs_that_no_device_would_send_are_read_to_an_end() => Fuzz(
        new FieldFuzz(int.Parse(Environment.GetEnvironmentVariable("MONITOR_FAULT_SEED") ?? "2025", null)), 1_000_000);

    private static void Fuzz(FieldFuzz fuzz, int inputs)
    {
        for (int i = 0; i < inputs; i += 3)
        {
            fuzz.Hj212();
            fuzz.SenMl();
            fuzz.Modbus();
            Stop.ThrowIfCancellationRequested();
        }
        (long packets, long packs, long answers) = fuzz.Right;
        Assert.True(packets > inputs / 30 && packs > inputs / 100 && answers > inputs / 100, $"{fuzz.Right} of {inputs}");
    }

    // The most memory that it ever had.
    private static long PeakKilobytes(int process) => long.Parse(
        File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status"))
            .First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(
                (char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
