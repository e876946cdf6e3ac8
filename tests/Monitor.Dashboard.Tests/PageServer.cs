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
