using System.Text.Json;
using Monitor.Cli.Simulation;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Support;
using Monitor.Server.People;
using Monitor.Storage;
using Monitor.Storage.Sqlite;
using Xunit;

namespace Monitor.Integration.Tests.Intake;

/// <summary><c>simulate</c>, and by it the intake under faulty and late agents, counted.</summary>
public sealed class SimulateTests : IDisposable
{
    private readonly TempFolder _clean = new();
    private readonly TempFolder _faulty = new();

    public void Dispose()
    {
        _clean.Dispose();
        _faulty.Dispose();
    }

    [Fact]
    public async Task Broken_doubled_and_shuffled_messages_leave_the_same_readings_as_a_clean_run()
    {
        string[] plan = ["--agents", "6", "--sections", "3", "--messages", "150", "--batch", "9", "--seed", "11"];
        JsonElement clean = await RunAsync([.. plan, "--data", _clean.Root, "--direct"]);
        JsonElement faulty = await RunAsync(
            [.. plan, "--data", _faulty.Root, "--malformed", "10%", "--duplicate", "20%", "--shuffle"]);
        Assert.True(clean.GetProperty("balanced").GetBoolean());
        Assert.True(faulty.GetProperty("balanced").GetBoolean());
        JsonElement sent = faulty.GetProperty("messages"), stored = faulty.GetProperty("store");
        long Sent(string name) => sent.GetProperty(name).GetInt64();
        long Stored(string name) => stored.GetProperty(name).GetInt64();
        // stored + repeats discarded + dead-lettered = received; a share of each about as asked.
        Assert.Equal(Sent("answered"), Stored("batches") + Stored("repeats") + Stored("deadLettered"));
        Assert.Equal((900L, 900L * 9), (Sent("accepted"), Stored("readings")));
        Assert.Equal((Sent("repeats"), Sent("malformed")), (Stored("repeats"), Stored("deadLettered")));
        Assert.InRange(Sent("malformed"), 45, 180);
        Assert.InRange(Sent("repeats"), 90, 360);
        Assert.Equal(Readings(_clean), Readings(_faulty));
    }

    [Fact]
    public async Task The_same_seed_sends_the_same_and_another_does_not()
    {
        string[] plan = ["--agents", "2", "--messages", "20", "--data", _clean.Root, "--direct"];
        await RunAsync([.. plan, "--seed", "1"]);
        JsonElement again = await RunAsync([.. plan, "--seed", "1"]);
        Assert.Equal((0L, 40L), (again.GetProperty("store").GetProperty("batches").GetInt64(),
            again.GetProperty("store").GetProperty("repeats").GetInt64()));
        JsonElement other = await RunAsync([.. plan, "--seed", "2"]);
        Assert.Equal(40, other.GetProperty("store").GetProperty("batches").GetInt64());
    }

    [Fact]
    public async Task Agents_back_from_an_outage_drain_it_beside_what_they_measure_now()
    {
        JsonElement summary = await RunAsync(["--agents", "4", "--offline", "2d", "--interval", "1h", "--batch", "18",
            "--rate", "36", "--for", "1s", "--seed", "3"]);
        // 48 hours of nine parameters: 432 readings, 24 messages; and 2 live ones, for each of four agents.
        Assert.Equal(4 * (24 + 2), summary.GetProperty("messages").GetProperty("accepted").GetInt64());
        Assert.True(summary.GetProperty("balanced").GetBoolean());
        Assert.True(summary.GetProperty("liveMs").GetProperty("p95").GetDouble() > 0);
    }

    [Fact]
    public async Task While_the_store_is_held_all_are_told_to_come_again_and_then_nothing_is_missing()
    {
        await using AgentService service = await AgentService.StartAsync(new Monitor.Server.Intake.IntakeLimits
        {
            QueueMax = 16, QueueBytesMax = 32 * 1024,
        });
        var plan = new SimulationPlan { Agents = 12, Messages = 40, Batch = 20, Window = 8, Seed = 5 };
        var run = new SimulationRun(plan, TimeProvider.System, _ => { });
        Task<SimulationSummary> sending;
        using (var other = SqliteDatabase.Open(service.Folder.Record, StoreAccess.ReadWrite, new SqliteSettings()))
        {
            other.Execute("BEGIN IMMEDIATE");
            sending = run.AgainstAsync("127.0.0.1", service.Server.MqttPort, TestContext.Current.CancellationToken);
            while (await RefusedAsync(service) < 100) TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            Assert.Equal(0, service.Server.Record.LastPosition);
        }
        SimulationSummary summary = await sending.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal((480L, 0L, 0L), (summary.Tally.Accepted, summary.Tally.UnexpectedRefusals, summary.Tally.Lost));
        Assert.True(summary.Tally.Later >= 100);
        StoreCounts counts = service.Server.Record.Count();
        Assert.Equal((9600L, 9600L, 480L, 0L), (counts.Readings, counts.DistinctReadings, counts.Batches, counts.DeadLetters));
    }

    [Fact]
    public void A_store_without_room_takes_all_once_there_is_room()
    {
        var plan = new SimulationPlan { Agents = 5, Messages = 60, Batch = 50, Window = 4, Seed = 6 };
        long before;
        using (SqliteReadingStore small = SqliteReadingStore.Open(
            _clean["record.db"], settings: new SqliteSettings { BytesMax = 512 * 1024 }))
        {
            int refused = 0;
            foreach (BatchArrival arrival in Arrivals(plan))
            {
                try
                {
                    small.Append([arrival], new Instant(0));
                }
                catch (Domain.StoreUnavailableException)
                {
                    refused++;
                }
            }
            before = small.Count().Batches;
            Assert.InRange(refused, 1, 299);
            Assert.Equal(300 - refused, before);
        }
        using SqliteReadingStore large = SqliteReadingStore.Open(_clean["record.db"]);
        AppendOutcome[] outcomes = [.. large.Append([.. Arrivals(plan)], new Instant(0))];
        Assert.Equal(before, outcomes.Count(o => o == AppendOutcome.Repeat));
        Assert.Equal(new StoreCounts(15_000, 15_000, 300, before, 0), large.Count());
    }

    [Theory]
    [InlineData("--agents", "0")]
    [InlineData("--agents", "many")]
    [InlineData("--for", "10")]
    [InlineData("--malformed", "110%")]
    [InlineData("--rate", "-1")]
    [InlineData("--interval", "0s")]
    [InlineData("--batch", "501")]
    public async Task A_plan_that_makes_no_sense_is_exit_2(string option, string value)
    {
        (int code, string output, string errors) = await ProgramProcess.RunAsync("monitor", "simulate", option, value);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(option, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_agents_are_registered_for_the_run_and_revoked_after_it_and_nobody_elses_is_touched()
    {
        await using AgentService service = await AgentService.StartAsync();
        service.Register("A-017");
        var plan = new SimulationPlan { Agents = 3, Sections = 2, Messages = 5, Batch = 9, Seed = 4 };
        var run = new SimulationRun(plan, TimeProvider.System, _ => { });
        int port = service.Server.MqttPort;
        CancellationToken stop = TestContext.Current.CancellationToken;
        Assert.Equal("--port",
            (await Assert.ThrowsAsync<InputException>(() => run.AgainstAsync("127.0.0.1", port, stop))).Field);

        SimulationSummary summary = await run.AsRegisteredAsync("127.0.0.1", port, service.Folder, stop);
        Assert.Equal((3L * 5, 0L), (summary.Tally.Accepted, summary.Tally.UnexpectedRefusals));
        var register = new AgentRegister(service.Server.Registry, TimeProvider.System);
        Assert.Equal([("A-017", true), ("sim-00000", false), ("sim-00001", false), ("sim-00002", false)],
            register.All().Select(a => (a.Id, a.RevokedPosition is null)));

        // One of the ids is somebody's real agent now: it stays, and what was registered before it is revoked again.
        service.Register("sim-00001", "", "S-03");
        Assert.Equal("ID", (await Assert.ThrowsAsync<InputException>(
            () => run.AsRegisteredAsync("127.0.0.1", port, service.Folder, stop))).Field);
        Assert.Null(register.Find("sim-00001")!.RevokedPosition);
        Assert.NotNull(register.Find("sim-00000")!.RevokedPosition);
    }

    private static async Task<long> RefusedAsync(AgentService service)
    {
        using var http = new HttpClient();
        string health = await http.GetStringAsync(
            new Uri($"http://127.0.0.1:{service.Server.HttpPort}/api/v1/health"), TestContext.Current.CancellationToken);
        using JsonDocument json = JsonDocument.Parse(health);
        return json.RootElement.GetProperty("sinceStart").GetProperty("refused").GetInt64();
    }

    private static IEnumerable<BatchArrival> Arrivals(SimulationPlan plan) =>
        from number in Enumerable.Range(0, plan.Agents)
        from message in new SimulatedAgent(plan, number).Messages(1, plan.Count)
        select new BatchArrival(Decode(message));

    private static ReadingBatch Decode(SimulatedMessage message)
    {
        Assert.True(Wire.Envelope.EnvelopeCodec.TryDecode(message.Payload, out ReadingBatch? batch, out string reason), reason);
        return batch;
    }

    private static List<(string, Reading)> Readings(TempFolder folder)
    {
        using SqliteReadingStore store = SqliteReadingStore.Open(folder["record.db"], StoreAccess.ReadOnly);
        return [.. from section in store.Sections()
            from stored in store.Read(new ReadingQuery(
                section, Statistic.Instantaneous, new Instant(0), new Instant(long.MaxValue), long.MaxValue))
            orderby stored.Agent, stored.Sequence, stored.Reading.Index
            select (stored.Agent, stored.Reading)];
    }

    private static async Task<JsonElement> RunAsync(string[] options)
    {
        (int code, string output, string errors) = await ProgramProcess.RunAsync("monitor", ["simulate", .. options, "--json"]);
        Assert.True(code == 0, $"exit {code}: {output} {errors}");
        return JsonDocument.Parse(output).RootElement;
    }
}
