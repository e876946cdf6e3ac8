using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Monitor.Integration.Tests.Support;
using Monitor.Storage.Influx;
using Xunit;

namespace Monitor.Integration.Tests.Influx;

/// <summary>A real server on a probed port, with its data in a folder of its own; it can be killed and come again.</summary>
internal sealed class TimeSeriesServer : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly HttpClient _http = new();
    private readonly string _program;
    private readonly string[] _arguments;
    private readonly string _running;
    private Process? _process;

    private TimeSeriesServer(string program, string running, int port, Func<TempFolder, string[]> arguments)
    {
        (_program, _running, Port) = (program, running, port);
        _arguments = arguments(_folder);
    }

    internal int Port { get; }

    internal Uri Url => new($"http://127.0.0.1:{Port}");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>InfluxDB 1.x, Debian's package influxdb, with a database.</summary>
    internal static async Task<TimeSeriesServer> InfluxAsync(string database = "monitor")
    {
        TimeSeriesServer server = await StartAsync("influxd", "influxdb", "Listening on HTTP", (folder, port) =>
        {
            string file = folder.Write("influx.conf", $"""
                reporting-disabled = true
                bind-address = "127.0.0.1:0"
                [meta]
                  dir = "{folder["meta"]}"
                [data]
                  dir = "{folder["data"]}"
                  wal-dir = "{folder["wal"]}"
                [http]
                  bind-address = "127.0.0.1:{port}"
                  log-enabled = false
                [monitor]
                  store-enabled = false
                """);
            return ["-config", file];
        });
        await server.AskAsync($"CREATE DATABASE \"{database}\"");
        return server;
    }

    /// <summary>VictoriaMetrics, Debian's package victoria-metrics, which takes <c>/api/v2/write</c>.</summary>
    internal static Task<TimeSeriesServer> VictoriaMetricsAsync() => StartAsync(
        "victoria-metrics", "victoria-metrics", "starting http server at", (folder, port) =>
        [
            "-storageDataPath", folder["data"], "-httpListenAddr", $"127.0.0.1:{port}", "-retentionPeriod", "100y",
            "-dedup.minScrapeInterval", "1ms",
        ]);

    internal InfluxTarget Target(Uri? through = null) =>
        new() { Url = through ?? Url, Bucket = "monitor", IsVersion1 = true };

    /// <summary>A question by InfluxQL, and the whole answer.</summary>
    internal async Task<string> AskAsync(string question)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("q", question)]);
        using HttpResponseMessage answer =
            await _http.PostAsync(new Uri(Url, "/query?db=monitor&epoch=ms"), form, Stop);
        string text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.IsSuccessStatusCode && !text.Contains("\"error\"", StringComparison.Ordinal), text);
        return text;
    }

    /// <summary>Lines written past the projection.</summary>
    internal async Task WriteAsync(string lines)
    {
        using var body = new StringContent(lines, Encoding.UTF8);
        using HttpResponseMessage answer =
            await _http.PostAsync(new Uri(Url, "/write?db=monitor&precision=ms"), body, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    /// <summary>All series of VictoriaMetrics as it exports them, one JSON object each.</summary>
    internal async Task<List<JsonElement>> ExportAsync(string match)
    {
        // What was just written is searchable only once it is flushed.
        await _http.GetStringAsync(new Uri(Url, "/internal/force_flush"), Stop);
        string lines = await _http.GetStringAsync(
            new Uri(Url, $"/api/v1/export?match[]={Uri.EscapeDataString(match)}"), Stop);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)];
    }

    internal void Kill()
    {
        if (_process is null) return;
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Starts it on the same port and folder.</summary>
    internal async Task RestartAsync() => Assert.True(await TryRunAsync(), $"{_program} does not start again");

    public void Dispose()
    {
        Kill();
        _http.Dispose();
        _folder.Dispose();
    }

    private static async Task<TimeSeriesServer> StartAsync(
        string program, string package, string running, Func<TempFolder, int, string[]> arguments)
    {
        string? path = new[] { "/usr/bin", "/usr/local/bin" }.Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists);
        Assert.True(path is not null, $"{program} is missing: install the Debian package {package}.");
        for (int attempt = 1; ; attempt++)
        {
            int port = FreePort();
            var server = new TimeSeriesServer(path, running, port, folder => arguments(folder, port));
            if (await server.TryRunAsync()) return server;
            server.Dispose();
            Assert.True(attempt < 3, $"{program} does not start on a free port");
        }
    }

    private async Task<bool> TryRunAsync()
    {
        _process = Process.Start(new ProcessStartInfo(_program, _arguments)
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        })!;
        _ = _process.StandardOutput.ReadToEndAsync(Stop);
        var running = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Process watched = _process;
        _ = Task.Run(async () =>
        {
            while (await watched.StandardError.ReadLineAsync(CancellationToken.None) is string line)
            {
                if (line.Contains(_running, StringComparison.Ordinal)) running.TrySetResult(true);
            }
            running.TrySetResult(false);
        }, CancellationToken.None);
        bool says = await running.Task.WaitAsync(ProgramProcess.Ceiling, Stop);
        return says && await AnswersAsync();
    }

    // It says that it listens a moment before it does.
    private async Task<bool> AnswersAsync()
    {
        using var ceiling = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        ceiling.CancelAfter(ProgramProcess.Ceiling);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        do
        {
            try
            {
                using HttpResponseMessage answer = await _http.GetAsync(new Uri(Url, "/ping"), ceiling.Token);
                return true;
            }
            catch (HttpRequestException) when (_process is { HasExited: false })
            {
                continue;
            }
        }
        while (await look.WaitForNextTickAsync(ceiling.Token));
        return false;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
