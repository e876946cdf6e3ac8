using System.Net;
using System.Text.Json;
using Monitor.Domain.Readings;
using Monitor.Programmes.Records;
using Monitor.Server;
using Xunit;

namespace Monitor.Integration.Tests.Server;

public sealed class ReadingsApiTests : IAsyncLifetime
{
    private readonly ReviewedFolder _folder = new();
    private readonly HttpClient _http = new();
    private MonitorServer? _server;

    public async ValueTask InitializeAsync()
    {
        _server = await MonitorServer.StartAsync(
            new MonitorServerOptions
            {
                Folder = _folder.Folder,
                HttpPort = 0,
                MqttPort = 0,
                Programmes = new ProgrammeShelf([_folder.Programme], []),
            },
            TestContext.Current.CancellationToken);
        _http.BaseAddress = new Uri($"http://127.0.0.1:{_server.HttpPort}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Readings_stand_beside_their_flags_tests_and_reviews()
    {
        // Put there by another connection while the service runs, as the command line does.
        _folder.Review("w21003", ReviewVerdict.Correct, "0.512");
        JsonElement[] readings = [.. (await Get("?measurand=w21003")).GetProperty("readings").EnumerateArray()];

        Assert.Equal(["0.412", "<0.025", "0.412"], readings.Select(r => r.GetProperty("value").GetString()));
        Assert.Equal(["0.512", "0.0125", null], readings.Select(r => r.GetProperty("counted").GetString()));
        Assert.Equal([1, 1, 4], readings.Select(r => r.GetProperty("flag").GetInt32()));
        Assert.Equal(["status-M"], readings[2].GetProperty("tests").EnumerateArray().Select(t => t.GetString()));
        Assert.Equal([5L, 11, 17], readings.Select(r => r.GetProperty("position").GetInt64()));
        JsonElement review = readings[0].GetProperty("review");
        Assert.Equal(("correct", "0.512", "示例批准人"), (review.GetProperty("verdict").GetString(),
            review.GetProperty("value").GetString(), review.GetProperty("person").GetString()));
        Assert.Equal(JsonValueKind.Null, readings[1].GetProperty("review").ValueKind);
    }

    [Fact]
    public async Task Pages_fit_together_whatever_arrives_meanwhile()
    {
        JsonElement page = await Get("?limit=7");
        List<long> positions = [.. Positions(page)];
        // Earlier than all, so that without the position it would move every page by one.
        _folder.Append(4, [ReviewedFolder.FixtureReadings()[0].Reading with { Time = _folder.March.Start, Index = 0 }]);
        while (page.GetProperty("next").GetString() is string next)
        {
            page = await GetPath(next);
            positions.AddRange(Positions(page));
        }
        Assert.Equal(ReviewedFolder.FixtureReadings().Select(r => r.Position), positions);
        Assert.Equal(18, page.GetProperty("total").GetInt32());
        Assert.Equal(19, (await Get("")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_span_is_half_open_and_takes_any_offset()
    {
        JsonElement answer = await Get(
            "?measurand=w21003&from=2025-03-01T00:00:00%2B08:00&to=2025-02-28T20:00:00Z");
        Assert.Equal([5L], Positions(answer));
        Assert.Equal([11L, 17], Positions(await Get("?measurand=w21003&from=2025-03-01T04:00:00+08:00")));
        Assert.Empty(Positions(await Get("?measurand=nothing")));
    }

    [Theory]
    [InlineData("?from=yesterday", "from")]
    [InlineData("?from=2025-03-01T00:00:00", "from")]
    [InlineData("?from=2025-03-02T00:00:00Z&to=2025-03-01T00:00:00Z", "to")]
    [InlineData("?from=1990-01-01T00:00:00Z", "from")]
    [InlineData("?from=0001-01-01T00:00:00Z", "from")]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=many", "limit")]
    [InlineData("?offset=-1", "offset")]
    [InlineData("?position=-1", "position")]
    public async Task A_question_that_cannot_be_answered_is_a_problem_with_its_field(string query, string field)
    {
        using HttpResponseMessage answer = await _http.GetAsync(
            new Uri("/api/v1/sections/OJ-05/readings" + query, UriKind.Relative), TestContext.Current.CancellationToken);
        await Problem(answer, HttpStatusCode.BadRequest, field);
    }

    [Fact]
    public async Task A_section_that_no_programme_has_is_not_found()
    {
        using HttpResponseMessage answer = await _http.GetAsync(
            new Uri("/api/v1/sections/OJ-99/readings", UriKind.Relative), TestContext.Current.CancellationToken);
        await Problem(answer, HttpStatusCode.NotFound, "section");
    }

    [Fact]
    public async Task The_overview_says_until_when_there_are_data()
    {
        JsonElement overview = await GetPath("/api/v1/overview");
        Instant newest = ReviewedFolder.FixtureReadings().Max(r => r.Reading.Time);
        Assert.Equal(newest.ToString(), overview.GetProperty("dataUntil").GetString());
    }

    private static async Task Problem(HttpResponseMessage answer, HttpStatusCode status, string field)
    {
        string text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using JsonDocument json = JsonDocument.Parse(text);
        Assert.Equal(field, json.RootElement.GetProperty("field").GetString());
        Assert.NotEqual("", json.RootElement.GetProperty("detail").GetString());
    }

    private static IEnumerable<long> Positions(JsonElement page) =>
        page.GetProperty("readings").EnumerateArray().Select(r => r.GetProperty("position").GetInt64());

    private Task<JsonElement> Get(string query) => GetPath("/api/v1/sections/OJ-05/readings" + query);

    private async Task<JsonElement> GetPath(string path)
    {
        string text = await _http.GetStringAsync(
            new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        using JsonDocument json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }
}
