using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Monitor.Dashboard.Tests;

/// <summary>Scenes of a site compared on the wetland page, drawn by the real service.</summary>
public sealed partial class SceneCompareTests(Chromium chromium, DemoService demo, UnseenService unseen)
{
    private const string Page = "/wetlands/jiulong";

    // All colours of the first map's canvas, once nothing is on its way.
    private const string Drawn = "() => document.querySelector('[data-map=a] canvas').toDataURL()";

    [Fact]
    public async Task The_line_moves_by_keys_and_stands_in_the_address()
    {
        await using WatchedPage watched = await OpenAsync(Page);
        ILocator handle = watched.Page.GetByRole(AriaRole.Slider, new() { Name = "分隔线" });
        await Expect(handle).ToHaveAttributeAsync("aria-valuenow", "50");
        await handle.PressAsync("ArrowRight");
        await Expect(handle).ToHaveAttributeAsync("aria-valuenow", "51");
        await handle.PressAsync("Shift+ArrowRight");
        await Expect(handle).ToHaveAttributeAsync("aria-valuenow", "61");
        await handle.PressAsync("ArrowLeft");
        await Expect(watched.Page).ToHaveURLAsync(At60());
        await watched.Page.ReloadAsync();
        await Expect(handle).ToHaveAttributeAsync("aria-valuenow", "60");
        await handle.PressAsync("End");
        await handle.PressAsync("ArrowRight");
        await Expect(handle).ToHaveAttributeAsync("aria-valuenow", "100");
        watched.AssertQuiet();
    }

    [Fact]
    public async Task The_line_is_dragged_and_the_earlier_scene_is_on_its_left()
    {
        await using WatchedPage watched = await OpenAsync(Page + "?a=2025-07-15&b=2025-01-18");
        // Given the wrong way round: A is the earlier all the same.
        await Expect(watched.Page.Locator(".date.left")).ToHaveTextAsync("A 2025-01-18");
        await Expect(watched.Page.Locator(".date.right")).ToHaveTextAsync("B 2025-07-15");
        ILocator handle = watched.Page.GetByRole(AriaRole.Slider, new() { Name = "分隔线" });
        LocatorBoundingBoxResult box = (await handle.BoundingBoxAsync())!;
        LocatorBoundingBoxResult map = (await watched.Page.Locator("[data-map=a]").BoundingBoxAsync())!;
        await watched.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await watched.Page.Mouse.DownAsync();
        await watched.Page.Mouse.MoveAsync(map.X + (map.Width * 0.25f), box.Y, new() { Steps = 5 });
        await watched.Page.Mouse.UpAsync();
        await Expect(handle).ToHaveAttributeAsync("aria-valuenow", "25");
        await Expect(watched.Page).ToHaveURLAsync(At25());
        watched.AssertQuiet();
    }

    [Fact]
    public async Task The_whole_map_is_A_at_one_end_and_B_at_the_other()
    {
        string all = await DrawnAsync("?a=2025-01-18&b=2025-05-08&at=100");
        string none = await DrawnAsync("?a=2025-01-18&b=2025-05-08&at=0");
        Assert.NotEqual(all, none);
        // With the line at the right end another B changes nothing, at the left end another A.
        Assert.Equal(all, await DrawnAsync("?a=2025-01-18&b=2025-07-15&at=100"));
        Assert.Equal(none, await DrawnAsync("?a=2025-03-14&b=2025-05-08&at=0"));
        Assert.NotEqual(none, await DrawnAsync("?a=2025-01-18&b=2025-07-15&at=0"));
        Assert.NotEqual(all, await DrawnAsync("?a=2025-01-18&b=2025-05-08&at=100&layer=cover"));
        Assert.NotEqual(all, await DrawnAsync("?a=2025-01-18&b=2025-05-08&at=100&o=40"));
        string change = await DrawnAsync("?a=2025-01-18&b=2025-05-08&mode=difference");
        Assert.NotEqual(all, change);
        Assert.NotEqual(change, await DrawnAsync("?a=2025-01-18&b=2025-07-15&mode=difference"));
    }

    [Fact]
    public async Task The_strip_names_the_cloud_and_chooses_scenes()
    {
        await using WatchedPage watched = await OpenAsync(Page);
        ILocator frames = watched.Page.Locator("button[data-scene]");
        await Expect(frames).ToHaveCountAsync(8);
        ILocator cloudy = watched.Page.Locator("button[data-scene='2025-03-14']");
        await Expect(cloudy).ToContainTextAsync("云 73% · 不判定");
        // Not chosen by itself: it cannot be judged by.
        await Expect(cloudy).ToHaveAttributeAsync("aria-pressed", "false");
        await cloudy.PressAsync("Enter");
        await Expect(cloudy).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(watched.Page.Locator(".date.right")).ToHaveTextAsync("B 2025-03-14");
        await Expect(watched.Page).ToHaveURLAsync(Chosen());
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "并排" }).ClickAsync();
        await Expect(watched.Page.Locator("[data-map=b] canvas").First).ToBeVisibleAsync();
        await Expect(watched.Page.GetByRole(AriaRole.Slider, new() { Name = "分隔线" })).ToHaveCountAsync(0);
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "云掩膜" }).ClickAsync();
        await Expect(watched.Page).ToHaveURLAsync(PairOfMasks());
        watched.AssertQuiet();
    }

    [Fact]
    public async Task Space_plays_the_scenes_and_leaves_out_what_cannot_be_judged_by()
    {
        await using WatchedPage watched = await OpenAsync(Page + "?a=2025-01-18&b=2025-01-18");
        List<string> shown = [];
        await watched.Page.ExposeFunctionAsync("shown", (string day) => shown.Add(day));
        await watched.Page.EvaluateAsync("""
            () => new MutationObserver(() => window.shown(document.querySelector('.date.right').textContent))
              .observe(document.querySelector('.date.right'), { subtree: true, characterData: true, childList: true })
            """);
        await watched.Page.GetByRole(AriaRole.Slider, new() { Name = "分隔线" }).PressAsync("Space");
        await Expect(watched.Page.Locator(".date.right")).ToHaveTextAsync("B 2025-11-12");
        // From the last it goes on with the first after A.
        await Expect(watched.Page.Locator(".date.right")).ToHaveTextAsync("B 2025-05-08");
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "停止" }).ClickAsync();
        Assert.Equal(
            ["B 2025-05-08", "B 2025-06-22", "B 2025-07-15", "B 2025-09-21", "B 2025-11-12", "B 2025-05-08"],
            shown.Select(day => day.Trim()).Take(6));
        watched.AssertQuiet();
    }

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task A_phone_compares_too_and_never_scrolls_sideways(string language)
    {
        await using WatchedPage watched = await OpenAsync($"{Page}?lang={language}", 390, 844);
        int beyond = await watched.Page.EvaluateAsync<int>(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.Equal(0, beyond);
        LocatorBoundingBoxResult handle = (await watched.Page.Locator("[role=slider]").BoundingBoxAsync())!;
        Assert.True(handle.Width >= 44 && handle.Height >= 44);
        watched.AssertQuiet();
    }

    [Theory]
    [InlineData("", 1440, 900, "还没有影像。")]
    [InlineData("?mode=pair", 1440, 900, "还没有影像。")]
    [InlineData("?lang=en", 390, 844, "No scene yet.")]
    public async Task A_site_without_scenes_keeps_its_outline_and_says_so(string query, int width, int height, string words)
    {
        await using WatchedPage watched = await chromium.OpenAsync(width, height);
        await watched.Page.GotoAsync($"{unseen.Address}{Page}{query}");
        await Expect(watched.Page.Locator(".gone")).ToHaveTextAsync(words);
        await Expect(watched.Page.Locator("[data-map=a] canvas").First).ToBeVisibleAsync();
        await Expect(watched.Page.Locator("[role=slider]")).ToHaveCountAsync(0);
        watched.AssertQuiet();
    }

    [Fact]
    public async Task A_tile_that_cannot_be_had_is_hatched_not_blank()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        await watched.Page.RouteAsync("**/tiles/*/*/*/*/*", route => route.FulfillAsync(new() { Status = 503 }));
        await watched.Page.GotoAsync(demo.Address + Page);
        await watched.Page.WaitForFunctionAsync("""
            () => {
              const canvas = document.querySelector('[data-map=a] canvas')
              if (!canvas?.width) return false
              const copy = document.createElement('canvas')
              ;[copy.width, copy.height] = [canvas.width, canvas.height]
              const context = copy.getContext('2d', { willReadFrequently: true })
              context.drawImage(canvas, 0, 0)
              const pixels = context.getImageData(0, 0, copy.width, copy.height).data
              for (let i = 0; i < pixels.length; i += 4)
                if (pixels[i] > 150 && pixels[i + 1] < 90 && pixels[i + 2] < 100 && pixels[i + 3] === 255) return true
              return false
            }
            """, null, new() { Timeout = 60_000 });
        // The outline and all else stay.
        await Expect(watched.Page.Locator("button[data-scene]")).ToHaveCountAsync(8);
        Assert.All(watched.TakeErrors(), e => Assert.Contains("503", e, StringComparison.Ordinal));
    }

    private async Task<WatchedPage> OpenAsync(string path, int width = 1440, int height = 900)
    {
        WatchedPage watched = await chromium.OpenAsync(width, height);
        await watched.Page.GotoAsync(demo.Address + path);
        await Expect(watched.Page.Locator("[data-map=a] canvas").First).ToBeVisibleAsync();
        return watched;
    }

    private async Task<string> DrawnAsync(string query)
    {
        await using WatchedPage watched = await OpenAsync(Page + query);
        await watched.Page.WaitForLoadStateAsync(LoadState.Load);
        // Two looks that show the same, with no tile on its way between them.
        await watched.Page.WaitForFunctionAsync("""
            () => {
              const now = document.querySelector('[data-map=a] canvas').toDataURL()
              const tiles = performance.getEntriesByType('resource').filter((e) => /tiles.*png/.test(e.name)).length
              const same = tiles > 6 && window.looked === now + tiles
              window.looked = now + tiles
              return same
            }
            """, null, new() { PollingInterval = 700, Timeout = 60_000 });
        watched.AssertQuiet();
        return await watched.Page.EvaluateAsync<string>(Drawn);
    }

    [GeneratedRegex(@"[?&]at=60(&|$)")]
    private static partial Regex At60();

    [GeneratedRegex(@"[?&]at=25(&|$)")]
    private static partial Regex At25();

    [GeneratedRegex(@"\?(?=.*a=2025-01-18)(?=.*b=2025-03-14)")]
    private static partial Regex Chosen();

    [GeneratedRegex(@"\?(?=.*mode=pair)(?=.*layer=mask)")]
    private static partial Regex PairOfMasks();
}
