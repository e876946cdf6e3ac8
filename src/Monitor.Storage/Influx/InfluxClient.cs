using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Monitor.Domain;

namespace Monitor.Storage.Influx;

/// <summary>The three things that are asked of a server: to write, to read back by InfluxQL, and to forget.</summary>
internal sealed class InfluxClient : IDisposable
{
    private const int ReasonCharactersMax = 300;
    private static readonly TimeSpan AfterMax = TimeSpan.FromMinutes(10);

    // What 2.x and proxies have answered with 500 although it is the points' fault.
    private static readonly string[] PointFaults =
        ["dropped=", "points beyond retention", "field type conflict", "unable to parse"];

    private readonly InfluxTarget _target;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;

    internal InfluxClient(InfluxTarget target, TimeProvider clock)
    {
        (_target, _clock) = (target, clock);
        _http = new HttpClient { Timeout = target.Timeout };
        _http.DefaultRequestHeaders.Authorization = target switch
        {
            { Token: string token } => new AuthenticationHeaderValue("Token", token),
            { User: string user } => new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{target.Password}"))),
            _ => null,
        };
    }

    /// <summary>Writes lines; never throws for what the server or the network does.</summary>
    internal async Task<InfluxAnswer> WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken stop)
    {
        Uri address = _target.IsVersion1
            ? _target.At("/write", ("db", _target.Bucket), ("rp", _target.RetentionPolicy), ("precision", "ms"))
            : _target.At("/api/v2/write", ("org", _target.Organisation), ("bucket", _target.Bucket), ("precision", "ms"));
        try
        {
            using var body = new ReadOnlyMemoryContent(lines);
            body.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "utf-8");
            using HttpResponseMessage answer = await _http.PostAsync(address, body, stop);
            if (answer.IsSuccessStatusCode) return InfluxAnswer.Taken;
            return Judge(answer, await answer.Content.ReadAsStringAsync(stop));
        }
        catch (Exception e) when (IsOfTheNetwork(e, stop))
        {
            return new InfluxAnswer(InfluxVerdict.Later, e.Message);
        }
    }

    /// <summary>Asks by InfluxQL: rows of values by column name; times in milliseconds.</summary>
    /// <exception cref="StoreUnavailableException">The server does not answer, or not so.</exception>
    internal async Task<IReadOnlyList<IReadOnlyDictionary<string, JsonElement>>> QueryAsync(
        string question, CancellationToken stop)
    {
        Uri address = _target.At("/query", ("db", _target.Bucket), ("rp", _target.RetentionPolicy), ("epoch", "ms"),
            ("q", question));
        string text = await AskAsync(HttpMethod.Get, address, null, stop);
        List<IReadOnlyDictionary<string, JsonElement>> rows = [];
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            foreach (JsonElement result in json.RootElement.GetProperty("results").EnumerateArray())
            {
                if (result.TryGetProperty("error", out JsonElement error)) throw Unavailable(error.GetString() ?? "");
                if (!result.TryGetProperty("series", out JsonElement series)) continue;
                foreach (JsonElement one in series.EnumerateArray()) Add(rows, one);
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Unavailable($"it answers a question by InfluxQL with something else: {Shortened(text)}", e);
        }
        return rows;
    }

    /// <summary>Takes away all that was ever projected.</summary>
    /// <exception cref="StoreUnavailableException">The server does not do it.</exception>
    internal async Task DropAsync(CancellationToken stop)
    {
        if (_target.IsVersion1)
        {
            // What does not exist is not dropped, and that is no fault.
            Uri drop = _target.At("/query", ("db", _target.Bucket), ("q", $"DROP MEASUREMENT \"{LineProtocol.Measurement}\""));
            string said = await AskAsync(HttpMethod.Post, drop, null, stop);
            bool isFault = said.Contains("\"error\"", StringComparison.Ordinal)
                && !said.Contains("measurement not found", StringComparison.Ordinal);
            if (isFault) throw Unavailable(Shortened(said));
            return;
        }
        Uri delete = _target.At("/api/v2/delete", ("org", _target.Organisation), ("bucket", _target.Bucket));
        const string all = """
            {"start":"1677-09-22T00:00:00Z","stop":"2262-04-11T00:00:00Z","predicate":"_measurement=\"readings\""}
            """;
        await AskAsync(HttpMethod.Post, delete, all, stop);
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> AskAsync(HttpMethod method, Uri address, string? body, CancellationToken stop)
    {
        try
        {
            using var request = new HttpRequestMessage(method, address);
            if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await _http.SendAsync(request, stop);
            string text = await answer.Content.ReadAsStringAsync(stop);
            if (answer.IsSuccessStatusCode) return text;
            throw Unavailable($"{(int)answer.StatusCode} {Shortened(text)}");
        }
        catch (Exception e) when (IsOfTheNetwork(e, stop))
        {
            throw Unavailable(e.Message, e);
        }
    }

    private InfluxAnswer Judge(HttpResponseMessage answer, string text)
    {
        string reason = $"{(int)answer.StatusCode} {Shortened(text)}";
        bool isOfPoints = answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity
                or HttpStatusCode.RequestEntityTooLarge
            || ((int)answer.StatusCode >= 500 && PointFaults.Any(f => text.Contains(f, StringComparison.OrdinalIgnoreCase)));
        if (isOfPoints) return new InfluxAnswer(InfluxVerdict.Refused, reason);
        // The rest a retry or a person mends: 429 and 503, a wrong token, a bucket that is not there yet.
        TimeSpan? after = answer.Headers.RetryAfter switch
        {
            { Delta: TimeSpan delta } => delta,
            { Date: DateTimeOffset date } => date - _clock.GetUtcNow(),
            _ => null,
        };
        if (after < TimeSpan.Zero) after = TimeSpan.Zero;
        return new InfluxAnswer(InfluxVerdict.Later, reason, after > AfterMax ? AfterMax : after);
    }

    private static void Add(List<IReadOnlyDictionary<string, JsonElement>> rows, JsonElement series)
    {
        string[] columns = [.. series.GetProperty("columns").EnumerateArray().Select(c => c.GetString()!)];
        if (!series.TryGetProperty("values", out JsonElement values)) return;
        foreach (JsonElement row in values.EnumerateArray())
        {
            Dictionary<string, JsonElement> named = new(StringComparer.Ordinal);
            int at = 0;
            // They outlive the document that they were read from.
            foreach (JsonElement cell in row.EnumerateArray()) named[columns[at++]] = cell.Clone();
            rows.Add(named);
        }
    }

    private StoreUnavailableException Unavailable(string why, Exception? inner = null)
    {
        string text = string.Create(CultureInfo.InvariantCulture,
            $"InfluxDB at {_target.Identity} cannot be asked: {why} See that it runs, and its name and token.");
        return inner is null ? new StoreUnavailableException(text) : new StoreUnavailableException(text, inner);
    }

    private static string Shortened(string text)
    {
        string line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= ReasonCharactersMax ? line : line[..ReasonCharactersMax] + "…";
    }

    private static bool IsOfTheNetwork(Exception e, CancellationToken stop) =>
        e is HttpRequestException or IOException || (e is OperationCanceledException && !stop.IsCancellationRequested);
}
