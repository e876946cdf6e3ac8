using Microsoft.Playwright;
using Monitor.Dashboard.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace Monitor.Dashboard.Tests;

/// <summary>The one browser of a run, which is Debian's. Each test opens a context of its own in it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";

    private static readonly string[] Flags =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        // The ceiling of every wait: a page that answers sooner is not waited for.
        Assertions.SetDefaultExpectTimeout(60_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = Flags });
    }

    /// <summary>A page in a fresh context, watched from its first moment.</summary>
    public async Task<WatchedPage> OpenAsync(int width = 1440, int height = 900)
    {
        IBrowserContext context = await _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            // A browser far from the river: times shown must not depend on it.
            TimezoneId = "America/Los_Angeles",
        });
        return new WatchedPage(await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
