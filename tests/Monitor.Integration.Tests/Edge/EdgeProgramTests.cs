using Monitor.Integration.Tests.Support;
using Monitor.Mqtt.Protocol;
using Xunit;

namespace Monitor.Integration.Tests.Edge;

public sealed class EdgeProgramTests : IDisposable
{
    private readonly EdgeFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Drained_it_prints_the_counts_and_run_again_the_same_ones()
    {
        await using var server = new IntakeServer((_, _) => ValueTask.FromResult(MqttPubAckReasonCode.Success));
        string file = folder.WriteRows(1000);

        (int first, string printed, string errors) = await Run(server, file, "--batch", "7");
        (int second, string again, _) = await Run(server, file, "--batch", "7");
        using var status = ProgramProcess.Start("monitor-edge", ["status", "--outbox", folder.Outbox, "--json"]);

        Assert.True(first == 0, errors);
        string boot = server.Stored.Keys.First().Boot;
        Assert.Equal(
            $$"""{"agent":"A","boot":"{{boot}}","published":1000,"acknowledged":1000,"parked":0,"dropped":0}""",
            printed.TrimEnd());
        Assert.Equal(26, boot.Length);
        Assert.Equal((0, printed), (second, again));
        Assert.StartsWith(
            printed.TrimEnd()[..^1] + ",\"pending\":0,", await status.OutputAsync(), StringComparison.Ordinal);
        // ⌈1000 / 7⌉ batches, none sent twice.
        Assert.Equal(143, server.Received.Count);
        Assert.Equal(Enumerable.Range(1, 1000).Select(n => (long)n), server.StoredValues);
    }

    [Fact]
    public async Task Killed_whenever_a_message_arrives_each_row_is_stored_once_in_one_unbroken_sequence()
    {
        const int Rows = 700;
        var random = new Random(7);
        int received = 0, killAt = 1;
        ProgramProcess? running = null;
        // SIGKILL before the answer to a message: what was answered before it may or may not have reached the outbox.
        await using var server = new IntakeServer((_, _) =>
        {
            if (Interlocked.Increment(ref received) == Volatile.Read(ref killAt)) Volatile.Read(ref running)?.Kill();
            return ValueTask.FromResult(MqttPubAckReasonCode.Success);
        });
        string file = folder.WriteRows(Rows);
        int kills = 0, code = -1;
        while (code != 0)
        {
            using ProgramProcess process = Start(server, file, "--batch", "7", "--until-drained");
            Volatile.Write(ref running, process);
            code = await process.ExitAsync();
            if (code == 0) break;
            Assert.Equal(128 + 9, code);
            // After eight deaths it may live.
            Volatile.Write(ref killAt, ++kills < 8 ? Volatile.Read(ref received) + random.Next(1, 40) : int.MaxValue);
        }

        Assert.True(kills > 0, "nothing was killed");
        Assert.Equal(Enumerable.Range(1, Rows).Select(n => (long)n), server.StoredValues);
        Assert.Equal(
            Enumerable.Range(1, Rows / 7).Select(n => (long)n), server.Stored.Keys.Select(k => k.Sequence).Order());
        Assert.Single(server.Stored.Keys.Select(k => k.Boot).Distinct());
        Assert.Equal(Rows, folder.Batches().Sum(b => b.Readings.Count));
    }

    [Fact]
    public async Task Terminated_it_ends_cleanly_and_goes_on_where_it_was()
    {
        var arrived = new TaskCompletionSource();
        await using var server = new IntakeServer((_, _) =>
        {
            arrived.TrySetResult();
            return ValueTask.FromResult(MqttPubAckReasonCode.Success);
        });
        string file = folder.WriteRows(100);
        using (ProgramProcess endless = Start(server, file))
        {
            await arrived.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop);
            endless.Terminate();
            Assert.Equal(0, await endless.ExitAsync());
            Assert.Equal("", await endless.OutputAsync());
        }

        (int code, _, string errors) = await Run(server, file);

        Assert.True(code == 0, errors);
        Assert.Equal(Enumerable.Range(1, 100).Select(n => (long)n), server.StoredValues);
    }

    [Fact]
    public async Task A_configuration_file_says_what_options_do_not()
    {
        await using var server = new IntakeServer((_, _) => ValueTask.FromResult(MqttPubAckReasonCode.Success));
        File.WriteAllText(folder.File("edge.json"), $$"""
            {"agent":"A-9","section":"S-9","server":"{{server.Address}}","outbox":"{{folder.Outbox}}",
             "replay":"{{folder.WriteRows(10)}}","batch":3,"statistic":"hour","until-drained":true}
            """);
        using var process = ProgramProcess.Start(
            "monitor-edge", ["run", "--config", folder.File("edge.json"), "--agent", "A-1"]);

        Assert.True(await process.ExitAsync() == 0, process.Errors);

        Assert.Equal(["monitor/v1/S-9/A-1/data"], server.Topics.Keys);
        Assert.Equal([3, 3, 3, 1], server.Stored.OrderBy(s => s.Key).Select(s => s.Value.Readings.Count));
        Assert.All(server.Stored.Values, b => Assert.Equal(Domain.Readings.Statistic.Hour, b.Readings[0].Statistic));
    }

    // What is replaced in right options, the exit code, and what the message must name.
    [Theory]
    [InlineData("--agent", "A 1", 2, "--agent: 'A 1' is no id.")]
    [InlineData("--server", "nowhere", 2, "--server: 'nowhere' is no address.")]
    [InlineData("--server", "h:65536", 2, "--server")]
    [InlineData("--batch", "501", 2, "--batch: '501' is no whole number in range.")]
    [InlineData("--statistic", "week", 2, "--statistic")]
    [InlineData("--rate", "0", 2, "--rate")]
    [InlineData("--replay", "none.csv", 2, "none.csv: the file cannot be opened.")]
    [InlineData("--config", "none.json", 2, "none.json, --config")]
    [InlineData("--outbox", "/proc/none/outbox.db", 3, "/proc/none/outbox.db")]
    [InlineData("--colour", "blue", 2, "'--colour' is not understood.")]
    public async Task Wrong_options_are_named_with_a_remedy(string option, string value, int code, string named)
    {
        Dictionary<string, string> options = new()
        {
            ["--agent"] = "A", ["--section"] = "S", ["--server"] = "127.0.0.1:1", ["--outbox"] = folder.Outbox,
            ["--replay"] = folder.WriteRows(1), [option] = value,
        };
        using var process = ProgramProcess.Start(
            "monitor-edge", ["run", .. options.SelectMany(o => (string[])[o.Key, o.Value])]);

        Assert.Equal(code, await process.ExitAsync());
        Assert.Contains(named, process.Errors, StringComparison.Ordinal);
        Assert.Equal("", await process.OutputAsync());
    }

    [Fact]
    public async Task A_wrong_row_ends_the_run_with_2_and_mended_the_file_goes_on()
    {
        await using var server = new IntakeServer((_, _) => ValueTask.FromResult(MqttPubAckReasonCode.Success));
        string file = folder.WriteRows(10);
        string right = File.ReadAllText(file);
        File.WriteAllText(file, right.Replace("0.009", "9,9", StringComparison.Ordinal));

        (int wrong, string printed, string errors) = await Run(server, file, "--batch", "2");
        File.WriteAllText(file, right);
        (int mended, _, _) = await Run(server, file, "--batch", "2");

        Assert.Equal((2, ""), (wrong, printed));
        Assert.Contains("readings.csv:10", errors, StringComparison.Ordinal);
        Assert.Equal(0, mended);
        Assert.Equal(Enumerable.Range(1, 10).Select(n => (long)n), server.StoredValues);
    }

    private ProgramProcess Start(IntakeServer server, string file, params string[] more) => ProgramProcess.Start(
        "monitor-edge",
    [
        "run", "--agent", "A", "--section", "S", "--server", server.Address, "--outbox", folder.Outbox,
        "--replay", file, .. more,
    ]);

    private async Task<(int Code, string Output, string Errors)> Run(
        IntakeServer server, string file, params string[] more)
    {
        using ProgramProcess process = Start(server, file, ["--until-drained", .. more]);
        int code = await process.ExitAsync();
        return (code, await process.OutputAsync(), process.Errors);
    }
}
