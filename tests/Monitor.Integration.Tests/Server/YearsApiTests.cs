using System.Net;
using System.Text.Json;
using Monitor.Cli;
using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Jobs;
using Monitor.Integration.Tests.Support;
using Monitor.Programmes.Definitions;
using Monitor.Server;
using Monitor.Server.Jobs;
using Monitor.Storage;
using Monitor.Storage.Evidence;
using Monitor.Storage.Sqlite;
using Xunit;

namespace Monitor.Integration.Tests.Server;

/// <summary>One section at 0.8 of its baseline in 2025, sealed by round three, beside round two.</summary>
public sealed class YearsApiTests : IAsyncLifetime
{
    private readonly TempFolder temp = new();
    private readonly HttpClient http = new();
    private MonitorServer? server;

    public async ValueTask InitializeAsync()
    {
        var folder = new DataFolder(temp["data"]);
        RiverProgramme programme = JobYear.Programme(1);
        RiverProgramme before = DefinitionFiles.River(
            DefinitionFiles.Load(Path.Combine(DefinitionFiles.ShippedFolder, "families", "ou-river-2021.yaml")));
        server = await MonitorServer.StartAsync(
            new MonitorServerOptions
            {
                Folder = folder,
                HttpPort = 0,
                MqttPort = 0,
                Programmes = new ProgrammeShelf([programme], []) { Rounds = [before] },
            },
            TestContext.Current.CancellationToken);
        http.BaseAddress = new Uri($"http://127.0.0.1:{server.HttpPort}");
        await new JobYear(programme).SendAsync(server);
        using SqliteRegistryStore registry = SqliteRegistryStore.Open(folder.Record);
        using SqliteLedgerStore ledger = SqliteLedgerStore.Open(folder);
        var desk = new SealingDesk(ledger, new EvidenceStore(folder.Evidence), folder, TimeProvider.System);
        new RiverFlow(server.Record, registry, desk).Judge(programme, Period.OfYear(2025, programme.Zone));
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        http.Dispose();
        temp.Dispose();
    }

    [Fact]
    public async Task What_was_sealed_stands_beside_what_ifs_that_hold_no_entry()
    {
        JsonElement[] rows = await Rows("/api/v1/sections/OJ-01/years");
        Assert.Equal(["sealed", "today", "round"], rows.Select(r => r.GetProperty("terms").GetString()));
        Assert.Equal([false, true, true], rows.Select(r => r.GetProperty("whatIf").GetBoolean()));
        JsonElement[] years = [.. rows.Select(r => Assert.Single(r.GetProperty("years").EnumerateArray()))];
        Assert.Equal(["8000000", "8000000", "5000000"], years.Select(y => y.GetProperty("amount").GetString()));
        Assert.Equal([true, false, false], years.Select(y => y.GetProperty("entry").ValueKind == JsonValueKind.Number));
        Assert.Equal(
            ["same", "changed"], years.Skip(1).Select(y => y.GetProperty("against").GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task A_year_that_is_asked_for_and_has_no_readings_says_so()
    {
        JsonElement[] rows = await Rows("/api/v1/sections/OJ-01/years?years=2024,2025");
        JsonElement first = rows[1].GetProperty("years")[0], second = rows[1].GetProperty("years")[1];
        Assert.Equal("the year has no readings", first.GetProperty("reasons")[0].GetProperty("en").GetString());
        Assert.Equal(
            "2024 is suspended: the year has no readings",
            second.GetProperty("change").GetProperty("unsaid")[0].GetProperty("en").GetString());
        JsonElement absent = rows[0].GetProperty("years")[0].GetProperty("absent");
        Assert.Equal("no judgement of that year is sealed", absent.GetProperty("en").GetString());
    }

    [Fact]
    public async Task The_basin_keeps_what_was_sealed_apart_from_what_ifs()
    {
        JsonElement[] rows = await Rows("/api/v1/programmes/ou-river/years");
        Assert.Equal(
            [("sealed", "8000000"), ("today", "8000000"), ("round", "5000000")],
            rows.Select(r => (r.GetProperty("terms").GetString(), Pays(r, r.GetProperty("whatIf").GetBoolean()))));
        // Nobody approved it yet: it is in no sum of what is paid.
        Assert.Equal("0", Pays(rows[0], isPaid: true));
        Assert.Equal(1, rows[0].GetProperty("years")[0].GetProperty("drafts").GetInt32());
    }

    // The same readings and the same ledger, and other terms than before the restart.
    [Fact]
    public async Task Edited_definitions_give_an_answer_of_another_tag()
    {
        using HttpResponseMessage before = await http.GetAsync(
            "/api/v1/sections/OJ-01/years", TestContext.Current.CancellationToken);
        await server!.DisposeAsync();
        server = await MonitorServer.StartAsync(
            new MonitorServerOptions
            {
                Folder = new DataFolder(temp["data"]),
                HttpPort = 0,
                MqttPort = 0,
                Programmes = new ProgrammeShelf([JobYear.Programme(1)], []),
            },
            TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"http://127.0.0.1:{server.HttpPort}/api/v1/sections/OJ-01/years");
        request.Headers.IfNoneMatch.Add(before.Headers.ETag!);
        using HttpResponseMessage after = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
    }

    [Theory]
    [InlineData("/api/v1/sections/XX/years", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/programmes/nothing/years", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/sections/OJ-01/years?years=2024-05", HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_compared_at_all_is_refused(string path, HttpStatusCode expected)
    {
        using HttpResponseMessage answer = await http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(expected, answer.StatusCode);
    }

    private static string? Pays(JsonElement row, bool isPaid) =>
        row.GetProperty("years")[0].GetProperty(isPaid ? "downstreamPays" : "draftDownstreamPays").GetString();

    private async Task<JsonElement[]> Rows(string path)
    {
        string text = await http.GetStringAsync(path, TestContext.Current.CancellationToken);
        return [.. JsonDocument.Parse(text).RootElement.GetProperty("rows").EnumerateArray()];
    }
}
