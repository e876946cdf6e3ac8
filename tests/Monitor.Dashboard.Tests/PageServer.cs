using Microsoft.Extensions.FileProviders;

namespace Monitor.Dashboard.Tests;

/// <summary>The built page on a port of its own, with answers of the API that a test sets.</summary>
public sealed class PageServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private volatile IResult _overview;

    private PageServer(IResult overview)
    {
        _overview = overview;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        var files = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, "wwwroot"));
        _app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        _app.UseStaticFiles(new StaticFileOptions { FileProvider = files });
        _app.MapGet("/api/v1/overview", () => _overview);
        _app.MapGet("/api/v1/session", () => Results.Text("null", "application/json"));
        _app.MapGet("/api/v1/ledger/verify", () => Results.Json(new
        {
            intact = true, entries = 1234, hash = "", brokenAt = (long?)null, reason = "", milliseconds = 1.5,
            checkedAt = "2026-01-02T00:00:00Z", steps = Array.Empty<object>(), kinds = new { },
        }));
        _app.MapGet("/api/v1/events", async (HttpContext http) =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync("event: state\ndata: {}\n\n");
            await http.Response.Body.FlushAsync();
            var gone = new TaskCompletionSource();
            using var stops = _app.Lifetime.ApplicationStopping.Register(() => gone.TrySetResult());
            using var leaves = http.RequestAborted.Register(() => gone.TrySetResult());
            await gone.Task;
        });
    }

    public string Address => _app.Urls.Single();

    public static async Task<PageServer> StartAsync(IResult overview)
    {
        var server = new PageServer(overview);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>What the next request is answered with.</summary>
    public void Answer(IResult overview) => _overview = overview;

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
