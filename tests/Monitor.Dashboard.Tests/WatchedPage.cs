using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;

namespace Monitor.Dashboard.Tests;

/// <summary>A page that remembers each error on its console and each request that would leave the machine.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _errors = [];
    private readonly ConcurrentQueue<string> _strays = [];

    public WatchedPage(IPage page)
    {
        Page = page;
        page.SetDefaultTimeout(60_000);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _errors.Enqueue(message.Text);
        };
        page.PageError += (_, error) => _errors.Enqueue(error);
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is { Host: not "127.0.0.1" }) _strays.Enqueue(request.Url);
        };
    }

    public IPage Page { get; }

    /// <summary>Errors since the last call; a test that provokes one takes it, so that none is left.</summary>
    public string[] TakeErrors()
    {
        string[] taken = [.. _errors];
        _errors.Clear();
        return taken;
    }

    public void AssertQuiet()
    {
        Assert.Empty(_errors);
        Assert.Empty(_strays);
    }

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
