using Monitor.Edge;
using Monitor.Integration.Tests.Support;
using Monitor.Mqtt.Protocol;
using Monitor.Wire.Envelope;
using Xunit;

namespace Monitor.Integration.Tests.Edge;

/// <summary>The program, killed while its full outbox drops what it must.</summary>
public sealed class DropKillTests : IDisposable
{
    private const int KilledCode = 128 + 9;

    private readonly EdgeFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Killed_ten_times_while_it_drops_every_reading_is_stored_or_stands_in_a_tombstone()
    {
        const int Rows = 60_000;
        string file = folder.WriteRows(Rows);
        string[] steps = ["before-drop:1", "before-drop:2", "before-persist:60", "after-persist:60", "before-persist:40"];
        for (int life = 0; life < 10; life++)
        {
            // Nobody is at port 1: what does not fit can only be dropped.
            using ProgramProcess process = Start("127.0.0.1:1", file,
                [("MONITOR_TEST", "1"), ("MONITOR_TEST_DIE_AT", steps[life % steps.Length])]);
            Assert.True(await process.ExitAsync() == KilledCode, process.Errors);
        }
        await using var server = new IntakeServer((_, _) => ValueTask.FromResult(MqttPubAckReasonCode.Success));
        using (ProgramProcess last = Start(server.Address, file, [], "--until-drained"))
        {
            Assert.True(await last.ExitAsync() == 0, last.Errors);
        }

        LostRange[] told = [.. server.Stored.Values.SelectMany(LostRange.In)];
        long[] stored = [.. server.Stored.Keys.Select(k => k.Sequence)];
        long[] lost = [.. told.SelectMany(l => Enumerable.Range(0, (int)(l.Sequences.To - l.Sequences.From) + 1)
            .Select(n => l.Sequences.From + n))];
        Assert.NotEmpty(told);
        Assert.Empty(stored.Intersect(lost));
        Assert.Equal(Enumerable.Range(1, stored.Length + lost.Length).Select(n => (long)n), stored.Concat(lost).Order());
        // Rows of the file, each once: stored, or counted in a tombstone.
        long[] values = [.. server.Stored.Values.Where(b => LostRange.In(b).Count == 0)
            .SelectMany(b => b.Readings).Select(r => r.Value.Mantissa)];
        Assert.Equal(values.Length, values.Distinct().Count());
        Assert.Equal(Rows, values.Length + told.Sum(l => l.Readings));
        Assert.Equal(told.Sum(l => l.Readings), Outbox.Look(folder.Outbox).Dropped);
    }

    private ProgramProcess Start(
        string server, string file, IEnumerable<(string, string)> environment, params string[] more) => ProgramProcess.Start(
        "monitor-edge",
        [
            "run", "--agent", "A", "--section", "S", "--server", server, "--outbox", folder.Outbox, "--replay", file,
            "--batch", "100", "--outbox-max", "1", "--reserve", "0", "--when-full", "drop-oldest", .. more,
        ],
        environment);
}
