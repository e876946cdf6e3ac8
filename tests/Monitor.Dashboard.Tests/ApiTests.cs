using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Monitor.Dashboard.Tests;

/// <summary>What every answer of the API keeps, on the demonstration's service.</summary>
public sealed class ApiTests(DemoService demo) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri(demo.Address), Timeout = TimeSpan.FromSeconds(60) };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task The_types_of_the_page_come_from_the_description_that_is_served()
    {
        // To mend: save /api/v1/openapi.json as src/Monitor.Dashboard/openapi.json, then `npm run types` there.
        CancellationToken stop = TestContext.Current.CancellationToken;
        string served = await _http.GetStringAsync("/api/v1/openapi.json", stop);
        string kept = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "openapi.json"), stop);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(kept), JsonNode.Parse(served)), "openapi.json is not what is served.");
    }

    [Theory]
    [InlineData("/api/v1/sections/OJ-05")]
    [InlineData("/api/v1/wetlands/jiulong")]
    [InlineData("/api/v1/notices")]
    [InlineData("/api/v1/ledger?from=5&count=2")]
    public async Task The_same_question_is_answered_by_its_tag_alone(string path)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        using HttpResponseMessage first = await _http.GetAsync(path, stop);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using HttpResponseMessage second = await _http.SendAsync(again, stop);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/sections/XX", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/nothing", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/ledger/0", HttpStatusCode.NotFound)]
    [InlineData("/documents/..%2Fledger.db", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/ledger?count=0", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/sections/OJ-05/series?from=never", HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_answered_is_a_problem_document(string path, HttpStatusCode expected)
    {
        using HttpResponseMessage answer = await _http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_foreign_name_that_was_bound_to_this_machine_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/overview");
        request.Headers.Host = "elsewhere.example";
        using HttpResponseMessage answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_thinned_series_keeps_its_peak_its_gaps_and_every_flagged_point()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        const string path = "/api/v1/sections/OJ-07/series?measurand=w21011&points=";
        JsonNode whole = JsonNode.Parse(await _http.GetStringAsync(path + "5000", stop))!["series"]![0]!;
        JsonNode thin = JsonNode.Parse(await _http.GetStringAsync(path + "100", stop))!["series"]![0]!;
        Assert.True(thin["line"]!.AsArray().Count < whole["line"]!.AsArray().Count / 4);
        Assert.Equal(Peak(whole), Peak(thin));
        // July and August are missing: a break of the line, and a gap with its count.
        Assert.Contains(thin["gaps"]!.AsArray(), gap => gap!["missing"]!.GetValue<int>() >= 62 * 6);
        Assert.True(JsonNode.DeepEquals(whole["flagged"], thin["flagged"]));
        Assert.Equal(Breaks(whole), Breaks(thin));
    }

    [Fact]
    public async Task The_stream_says_where_things_stand_at_once()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        using Stream stream = await _http.GetStreamAsync("/api/v1/events", stop);
        using var lines = new StreamReader(stream);
        Assert.Equal("event: state", await lines.ReadLineAsync(stop));
        Assert.Contains("\"entries\":", await lines.ReadLineAsync(stop), StringComparison.Ordinal);
    }

    private static decimal Peak(JsonNode series) => series["line"]!.AsArray().Where(p => p is not null)
        .Max(p => decimal.Parse(p!["v"]!.GetValue<string>().TrimStart('<'), System.Globalization.CultureInfo.InvariantCulture));

    private static int Breaks(JsonNode series) => series["line"]!.AsArray().Count(p => p is null);
}
