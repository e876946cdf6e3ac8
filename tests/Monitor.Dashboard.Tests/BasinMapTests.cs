using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Monitor.Dashboard.Tests;

/// <summary>The map of the basin on the first page.</summary>
public sealed class BasinMapTests(Chromium chromium, DemoService demo)
{
    private const int ScriptBytesMax = 600 * 1024;

    [Theory]
    [InlineData("zh", 1440, 900)]
    [InlineData("en", 1440, 900)]
    [InlineData("zh", 1024, 768)]
    public async Task Every_section_stands_on_the_map_and_no_symbol_hides_another(string language, int width, int height)
    {
        await using WatchedPage watched = await chromium.OpenAsync(width, height);
        await watched.Page.GotoAsync($"{demo.Address}/{(language == "en" ? "?lang=en" : "")}");
        ILocator places = watched.Page.Locator("a[data-place]");
        await Expect(places).ToHaveCountAsync(7);
        LocatorBoundingBoxResult plan = (await watched.Page.Locator(".plan").BoundingBoxAsync())!;
        List<LocatorBoundingBoxResult> discs = [];
        foreach (ILocator disc in await places.Locator(".disc").AllAsync()) discs.Add((await disc.BoundingBoxAsync())!);
        Assert.All(discs, d => Assert.True(
            d.X >= plan.X && d.Y >= plan.Y && d.X + d.Width <= plan.X + plan.Width && d.Y + d.Height <= plan.Y + plan.Height));
        // Middles at least three quarters of a symbol apart: what is below is still told by its shape.
        for (int i = 0; i < discs.Count; i++)
        {
            for (int j = 0; j < i; j++)
                Assert.True(Math.Abs(discs[i].X - discs[j].X) + Math.Abs(discs[i].Y - discs[j].Y) >= 30, $"{i} on {j}");
        }
        await Expect(watched.Page.Locator(".ol-scale-line")).ToContainTextAsync("km");
        await Expect(watched.Page.Locator(".plan .caution")).ToHaveTextAsync(
            language == "en" ? "Schematic, not a boundary" : "示意图，不作划界依据");
        watched.AssertQuiet();
    }

    [Fact]
    public async Task A_symbol_is_a_link_by_key_and_its_modes_tell_other_facts_of_the_same_place()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        await watched.Page.GotoAsync(demo.Address);
        ILocator place = watched.Page.Locator("a[data-place=OJ-05]");
        await Expect(place).ToHaveAttributeAsync("aria-label", "缙云—莲都 Ⅲ类");
        await Mode(watched, "指数 E").PressAsync("Enter");
        await Expect(place).ToHaveAttributeAsync("aria-label", "缙云—莲都 E 1.162 上游补下游");
        await Expect(place.Locator(".sign")).ToHaveTextAsync("↓");
        await Mode(watched, "到报").PressAsync("Enter");
        await Expect(place).ToHaveAttributeAsync("aria-label", "缙云—莲都 到报 2025-12-31 20:00");
        await place.PressAsync("Enter");
        await Expect(watched.Page).ToHaveURLAsync($"{demo.Address}/sections/OJ-05");
        watched.AssertQuiet();
    }

    [Fact]
    public async Task A_phone_shows_the_board_alone_and_fetches_no_map()
    {
        await using WatchedPage watched = await chromium.OpenAsync(390, 844);
        ConcurrentQueue<string> scripts = Scripts(watched);
        await watched.Page.GotoAsync(demo.Address, new() { WaitUntil = WaitUntilState.Load });
        await Expect(watched.Page.Locator("tr[data-section]")).ToHaveCountAsync(7);
        await Expect(watched.Page.Locator(".plan")).ToHaveCountAsync(0);
        Assert.NotEmpty(scripts);
        Assert.DoesNotContain(
            scripts, s => s.Contains("/ol-", StringComparison.Ordinal) || s.Contains("BasinMap", StringComparison.Ordinal));
        watched.AssertQuiet();
    }

    [Fact]
    public async Task The_first_page_with_its_map_is_at_most_600_kilobytes_of_compressed_script()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        await using WatchedPage watched = await chromium.OpenAsync();
        ConcurrentQueue<string> scripts = Scripts(watched);
        await watched.Page.GotoAsync(demo.Address);
        await Expect(watched.Page.Locator("a[data-place]")).ToHaveCountAsync(7);
        using var http = new HttpClient();
        long bytes = 0;
        foreach (string script in scripts.Distinct())
        {
            using var packed = new MemoryStream();
            await using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
                gzip.Write(await http.GetByteArrayAsync(new Uri(script), stop));
            bytes += packed.Length;
        }
        TestContext.Current.SendDiagnosticMessage($"{bytes / 1024} KiB of script, compressed");
        Assert.InRange(bytes, 50 * 1024, ScriptBytesMax);
    }

    private static ILocator Mode(WatchedPage watched, string name) =>
        watched.Page.Locator(".basin").GetByRole(AriaRole.Button, new() { Name = name });

    private static ConcurrentQueue<string> Scripts(WatchedPage watched)
    {
        ConcurrentQueue<string> scripts = [];
        watched.Page.Request += (_, request) =>
        {
            if (new Uri(request.Url).AbsolutePath.EndsWith(".js", StringComparison.Ordinal)) scripts.Enqueue(request.Url);
        };
        return scripts;
    }
}
