using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Monitor.Integration.Tests.People;

/// <summary>A browser at the page, as far as HTTP goes: it keeps cookies, and says from where it asks.</summary>
internal sealed class PageVisitor : IDisposable
{
    private readonly CookieContainer cookies = new();
    private readonly HttpClient http;

    public PageVisitor(int port)
    {
        http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(60),
        };
        Origin = $"http://127.0.0.1:{port}";
    }

    public string Origin { get; set; }

    public string Token { get; set; } = "";

    public IEnumerable<Cookie> Cookies => cookies.GetAllCookies();

    private static CancellationToken Ceiling => TestContext.Current.CancellationToken;

    public async Task<JsonNode?> GetAsync(string path) =>
        JsonNode.Parse(await http.GetStringAsync("/api/v1/" + path, Ceiling));

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null) => SendAsync(
        method, path, body is null
            ? null
            : new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, new MediaTypeHeaderValue("application/json")));

    public Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, "/api/v1/" + path) { Content = content };
        if (Origin.Length > 0) request.Headers.Add("Origin", Origin);
        if (Token.Length > 0) request.Headers.Add("X-Monitor-Token", Token);
        foreach ((string name, string value) in headers) request.Headers.Add(name, value);
        return http.SendAsync(request, Ceiling);
    }

    /// <summary>Signs in; the answer's status.</summary>
    public async Task<HttpStatusCode> SignInAsync(string person, string password)
    {
        using HttpResponseMessage answer = await SendAsync(HttpMethod.Post, "session", new { person, password });
        if (answer.IsSuccessStatusCode)
        {
            JsonNode? session = await answer.Content.ReadFromJsonAsync<JsonNode>(Ceiling);
            Token = session!["token"]!.GetValue<string>();
        }
        return answer.StatusCode;
    }

    /// <summary>What the person types as the amount; null for what is asked for.</summary>
    public string? Figure { get; set; }

    /// <summary>Decides on an entry as it is now.</summary>
    public async Task<(HttpStatusCode Status, JsonNode Body)> DecideAsync(
        long entry, bool approves, string password, string reason = "", string? seen = null)
    {
        JsonNode? shown = await GetAsync($"proposals/{entry}");
        string? documentSha256 = seen ?? shown!["documentSha256"]?.GetValue<string>();
        // What the page makes the person type.
        JsonNode? proposal = shown?["proposal"];
        string? figure = Figure ?? (proposal?["amount"] ?? proposal?["credits"])?.GetValue<string>();
        using HttpResponseMessage answer = await SendAsync(
            HttpMethod.Post, $"proposals/{entry}/decision", new { approves, reason, password, documentSha256, figure });
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>(Ceiling))!);
    }

    public void Dispose() => http.Dispose();
}
