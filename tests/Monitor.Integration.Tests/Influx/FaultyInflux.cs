using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Xunit;

namespace Monitor.Integration.Tests.Influx;

/// <summary>What becomes of one write on its way to the real server.</summary>
/// <param name="Status">Answered in its place; 0 to pass it on and give the server's answer.</param>
/// <param name="Body">What is said with it.</param>
/// <param name="RetryAfter">Seconds in Retry-After; null for none.</param>
/// <param name="Share">Share of the lines that reach the server all the same, 0 to 1.</param>
/// <param name="Aborts">Cut without an answer.</param>
internal sealed record WriteFault(
    int Status = 0, string Body = "", int? RetryAfter = null, double Share = 0, bool Aborts = false)
{
    internal static WriteFault None { get; } = new();
}

/// <summary>A real HTTP server before a real InfluxDB, which answers writes as planned and passes all else on.</summary>
internal sealed class FaultyInflux : IAsyncDisposable
{
    private readonly WebApplication _host;
    private readonly HttpClient _http = new();
    private readonly Uri _target;
    private readonly Func<int, string, WriteFault> _plan;
    private int _writes;

    private FaultyInflux(Uri target, Func<int, string, WriteFault> plan)
    {
        (_target, _plan) = (target, plan);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _host = builder.Build();
        _host.Run(ServeAsync);
    }

    /// <summary>Writes that came.</summary>
    internal int Writes => Volatile.Read(ref _writes);

    internal Uri Url =>
        new(_host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <param name="target">The real server.</param>
    /// <param name="plan">What becomes of the nth write (from 1) with such lines.</param>
    internal static async Task<FaultyInflux> StartAsync(Uri target, Func<int, string, WriteFault> plan)
    {
        var faulty = new FaultyInflux(target, plan);
        await faulty._host.StartAsync(TestContext.Current.CancellationToken);
        return faulty;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _http.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        string text = await reader.ReadToEndAsync(context.RequestAborted);
        var address = new Uri(_target, context.Request.Path + context.Request.QueryString.Value);
        bool isWrite = context.Request.Path.Value is "/write" or "/api/v2/write";
        WriteFault fault = isWrite ? _plan(Interlocked.Increment(ref _writes), text) : WriteFault.None;
        if (fault.Status == 0 && !fault.Aborts)
        {
            (HttpStatusCode status, string body) = await ForwardAsync(context, address, text);
            context.Response.StatusCode = (int)status;
            if (status != HttpStatusCode.NoContent) await context.Response.WriteAsync(body, context.RequestAborted);
            return;
        }
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string part = string.Concat(lines.Take((int)(lines.Length * fault.Share)).Select(line => line + "\n"));
        if (part.Length > 0) await ForwardAsync(context, address, part);
        if (fault.Aborts)
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = fault.Status;
        if (fault.RetryAfter is int seconds) context.Response.Headers.RetryAfter = $"{seconds}";
        await context.Response.WriteAsync(fault.Body, context.RequestAborted);
    }

    private async Task<(HttpStatusCode Status, string Body)> ForwardAsync(HttpContext context, Uri address, string text)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), address);
        if (text.Length > 0) request.Content = new StringContent(text, Encoding.UTF8);
        using HttpResponseMessage answer = await _http.SendAsync(request, context.RequestAborted);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(context.RequestAborted));
    }
}
