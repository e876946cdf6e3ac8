using System.Text.Json;
using Monitor.Cli;
using Monitor.Domain;
using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Storage;
using Monitor.Integration.Tests.Support;
using Monitor.Server;
using Monitor.Server.Intake;
using Monitor.Storage;
using Monitor.Storage.Sqlite;
using Monitor.Wire.Envelope;
using Xunit;

namespace Monitor.Integration.Tests.Intake;

/// <summary>The account of a day.</summary>
public sealed class ReconcileTests : IDisposable
{
    private const string Section = "OJ-05"; // of the shipped programme, whose days are UTC+8's
    private readonly TempFolder _scratch = new();

    private DataFolder Folder => new(_scratch.Root);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_day_adds_up()
    {
        // Batches of two hourly readings from 2025-01-01T00Z, which is 08:00 there: batches 9 to 20 are 2 January there.
        ReadingBatch[] batches = [.. Enumerable.Range(1, 24).Select(s => SampleBatch.Hourly(s, section: Section))];
        ReadingBatch refused = SampleBatch.Hourly(11, section: Section, agent: "A-018");
        using SqliteReadingStore store = SqliteReadingStore.Open(Folder.Record);
        Append(store, [.. batches.Where(b => b.Sequence is not (12 or 13)).Select(b => new BatchArrival(b))]);
        Append(store, [new BatchArrival(batches[8]), new BatchArrival(batches[8]), new BatchArrival(batches[0])]);
        Append(store, new DeadLetterArrival("A-018", $"monitor/v1/{Section}/A-018/data", "Not signed.", refused.Payload)
        {
            Batch = refused,
        });
        DayReconciliation day = Account(store, "2025-01-02");
        // 24 hours less the four of batches 12 and 13; two of them again, twice; two refused.
        Assert.Equal(20, day.Stored);
        Assert.Equal(2 * 2, day.Duplicates);
        Assert.Equal(2, day.DeadLettered);
        Assert.Equal(20 + 4 + 2, day.Received);
        Assert.Equal(20 + 2, day.Sent);
        Assert.Equal(day.Sent, day.Sampled);
        Assert.True(day.Balanced);
        Assert.Equal([new SequenceGap("A-017", "boot1", 12, 13)], day.Gaps);
        Assert.Equal("Asia/Shanghai", day.Zone);
        // Of the first day there only the first 16 hours: batches 1 to 8, one of them twice.
        Assert.Equal((16, 2, 18), Counts(Account(store, "2025-01-01")));
        Append(store, new BatchArrival(batches[11]), new BatchArrival(batches[12]));
        Assert.Empty(Account(store, "2025-01-02").Gaps);
        Assert.Equal((24, 4, 30), Counts(Account(store, "2025-01-02")));
        Assert.Equal((0, 0, 0), Counts(Account(store, "2025-02-01")));
    }

    [Fact]
    public void What_an_agent_dropped_was_sampled_and_is_listed()
    {
        var lost = new LostRange(new SequenceRange(3, 9), 63, At(10), At(12));
        Reading[] readings = [.. lost.ToReadings().Select((r, i) => r with { Index = i })];
        using SqliteReadingStore store = SqliteReadingStore.Open(Folder.Record);
        Append(store, new BatchArrival(SampleBatch.Of(10, readings, section: Section)));
        DayReconciliation day = Account(store, "2025-01-01");
        Assert.Equal([new LostBatches("A-017", "boot1", 3, 9, 63)], day.Lost);
        Assert.Equal(3 + 63, day.Sampled);
        Assert.Equal(3, day.Sent);
    }

    [Fact]
    public void A_batch_of_a_clock_that_is_not_set_is_listed_as_doubtful()
    {
        using SqliteReadingStore store = SqliteReadingStore.Open(Folder.Record);
        Append(store, new BatchArrival(SampleBatch.Hourly(1, section: Section, sent: 5)));
        DoubtfulBatch doubtful = Assert.Single(Account(store, "2025-01-01").Doubtful);
        Assert.Equal(("A-017", 1L), (doubtful.Agent, doubtful.Sequence));
        Assert.Contains("1970-01-01", doubtful.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2025-03-30", 23)] // summer time begins: the day has no 02:30
    [InlineData("2025-10-26", 25)] // and ends: 02:30 comes twice, and both readings are of this day
    [InlineData("2025-10-27", 24)]
    public void A_day_of_a_zone_with_summer_time_has_the_hours_that_it_has(string day, int hours)
    {
        string text = File.ReadAllText(Path.Combine(DefinitionFiles.ShippedFolder, "ou-river.yaml"))
            .Replace("time_zone: Asia/Shanghai", "time_zone: Europe/Berlin", StringComparison.Ordinal);
        var shelf = new ProgrammeShelf([DefinitionFiles.River(DefinitionFiles.Load(_scratch.Write("river.yaml", text)))], []);
        using SqliteReadingStore store = SqliteReadingStore.Open(Folder.Record);
        // Each hour of 2025, by UTC, which has no summer time: batches of a day.
        Append(store, [.. Enumerable.Range(1, 365)
            .Select(s => new BatchArrival(SampleBatch.Hourly(s, count: 24, section: Section)))]);
        Assert.Equal(hours, DayAccountant.Of(Section, day, shelf, store, []).Stored);
    }

    [Fact]
    public void A_clock_an_hour_ahead_or_back_is_listed_on_the_day_it_claims_and_a_right_one_is_not()
    {
        long received = SampleBatch.Start + (10 * SampleBatch.Hour), hour = SampleBatch.Hour;
        using SqliteReadingStore store = SqliteReadingStore.Open(Folder.Record);
        ReadingBatch[] batches =
        [
            SampleBatch.Hourly(1, section: Section, sent: received), // right
            SampleBatch.Hourly(2, section: Section, sent: received + hour), // ahead: made after it came in
            Behind(SampleBatch.Hourly(3, section: Section, sent: received - hour)), // back: only the agent can tell
            SampleBatch.Of(4, [SampleBatch.One(0, 9 * hour, "1.0")], section: Section, sent: 9 * hour), // 1970
        ];
        store.Append([.. batches.Select(b => new BatchArrival(b))], new Instant(received));
        Assert.Equal([2, 3], Account(store, "2025-01-01").Doubtful.Select(d => d.Sequence));
        // What was made in 1970 counts on no other day.
        Assert.Equal([4], Account(store, "1970-01-01").Doubtful.Select(d => d.Sequence));
        Assert.Equal((6, 1), (Account(store, "2025-01-01").Stored, Account(store, "1970-01-01").Stored));

        static ReadingBatch Behind(ReadingBatch batch)
        {
            batch = batch with
            {
                Clock = new ClockState("rtc", ErrorMilliseconds: SampleBatch.Hour, Epoch: 2, StepMilliseconds: 1),
            };
            return batch with { Payload = EnvelopeCodec.Encode(batch) };
        }
    }

    [Fact]
    public async Task The_verb_and_the_service_give_the_same_account_and_a_row_that_is_missing_shows()
    {
        using (SqliteReadingStore store = SqliteReadingStore.Open(Folder.Record))
        {
            Append(store, new BatchArrival(SampleBatch.Hourly(1, count: 8, section: Section)));
        }
        string[] verb = ["reconcile", Section, "2025-01-01", "--programmes", "shipped", "--data", _scratch.Root, "--json"];
        (int code, string output, string errors) = await ProgramProcess.RunAsync("monitor", verb);
        Assert.Equal((0, ""), (code, errors));
        Assert.StartsWith("{\"section\":\"OJ-05\",\"day\":\"2025-01-01\",\"zone\":\"Asia/Shanghai\",\"sampled\":8,\"sent\":8," +
            "\"received\":8,\"stored\":8,\"duplicates\":0,\"deadLettered\":0,\"judgedIn\":[],\"gaps\":[],",
            output, StringComparison.Ordinal);
        await using (MonitorServer server = await MonitorServer.StartAsync(new MonitorServerOptions
        {
            Folder = Folder, HttpPort = 0, MqttPort = 0, Programmes = Shelf(),
        }, TestContext.Current.CancellationToken))
        {
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.HttpPort}") };
            string served = await http.GetStringAsync(
                new Uri($"/api/v1/sections/{Section}/days/2025-01-01/reconciliation", UriKind.Relative),
                TestContext.Current.CancellationToken);
            Assert.True(JsonElement.DeepEquals(Parse(output), Parse(served)), served);
            Assert.Equal(404, await Status(http, "/api/v1/sections/NOPE/days/2025-01-01/reconciliation"));
            Assert.Equal(400, await Status(http, $"/api/v1/sections/{Section}/days/yesterday/reconciliation"));
        }
        using (var database = SqliteDatabase.Open(Folder.Record, StoreAccess.ReadWrite, new SqliteSettings()))
        {
            database.Execute("DROP TRIGGER readings_remain; DELETE FROM readings WHERE position = 5");
        }
        (code, output, _) = await ProgramProcess.RunAsync("monitor", verb);
        Assert.Equal(1, code);
        Assert.Contains("\"received\":8,\"stored\":7,", output, StringComparison.Ordinal);
        Assert.Contains("\"balanced\":false", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OJ-05", "2025-02-30", "day")]
    [InlineData("OJ-05", "today", "day")]
    [InlineData("OJ 05", "2025-01-01", "section")]
    [InlineData("XX-99", "2025-01-01", "section")]
    public void A_question_that_makes_no_sense_is_refused(string section, string day, string field)
    {
        using SqliteReadingStore store = SqliteReadingStore.Open(Folder.Record);
        Assert.Equal(field, Assert.Throws<InputException>(
            () => DayAccountant.Of(section, day, Shelf(), store, [])).Field);
    }

    private static (long Stored, long Duplicates, long Received) Counts(DayReconciliation day) =>
        (day.Stored, day.Duplicates, day.Received);

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    private static async Task<int> Status(HttpClient http, string path)
    {
        using HttpResponseMessage answer = await http.GetAsync(
            new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    private static Instant At(int hour) => new(SampleBatch.Start + (hour * SampleBatch.Hour));

    private static ProgrammeShelf Shelf() => new([DefinitionFiles.River(DefinitionFiles.Shipped("ou-river.yaml"))], []);

    private static DayReconciliation Account(SqliteReadingStore store, string day) =>
        DayAccountant.Of(Section, day, Shelf(), store, []);

    private static void Append(SqliteReadingStore store, params Arrival[] arrivals) =>
        store.Append(arrivals, new Instant(SampleBatch.Start + 5000));
}
