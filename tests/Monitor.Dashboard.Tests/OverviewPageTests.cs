using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Monitor.Dashboard.Tests;

/// <summary>The overview in a real browser, against answers of the API's shape.</summary>
public sealed partial class OverviewPageTests(Chromium chromium)
{
    [Fact]
    public async Task The_answer_stands_first_and_in_Chinese()
    {
        await using PageServer server = await PageServer.StartAsync(Overviews.Year);
        await using WatchedPage watched = await chromium.OpenAsync();
        await watched.Page.GotoAsync(server.Address);

        await Expect(watched.Page.Locator("h1")).ToHaveTextAsync("2 个断面达标，丙溪超标（Ⅳ类），丁溪无有效数据");
        await Expect(watched.Page.Locator("html")).ToHaveAttributeAsync("lang", "zh-CN");
        // 16:00 UTC on the last day of the year is midnight in Beijing, wherever the browser is.
        await Expect(watched.Page.GetByText("数据截至 2026-01-01 00:00")).ToBeVisibleAsync();
        watched.AssertQuiet();
    }

    [Fact]
    public async Task A_row_shows_the_digits_that_were_compared_and_the_direction_in_words()
    {
        await using PageServer server = await PageServer.StartAsync(Overviews.Year);
        await using WatchedPage watched = await chromium.OpenAsync();
        await watched.Page.GotoAsync(server.Address);

        ILocator rows = watched.Page.Locator("tr[data-section]");
        await Expect(rows).ToHaveCountAsync(4);
        await Expect(rows.Nth(0)).ToContainTextAsync("0.842");
        await Expect(rows.Nth(0)).ToContainTextAsync("下游补上游");
        await Expect(rows.Nth(0)).ToContainTextAsync("1,200,000 元");
        await Expect(rows.Nth(1)).ToContainTextAsync("规则未定");
        await Expect(rows.Nth(1)).Not.ToContainTextAsync("不补偿");
        // More digits than a double holds: grouped as text, none is lost.
        await Expect(rows.Nth(2)).ToContainTextAsync("12,345,678,901,234,567.05 元");
        await Expect(rows.Nth(3)).ToContainTextAsync("已中止");
        await Expect(rows.Nth(3).Locator("td.index")).ToHaveTextAsync("—");
        await Expect(rows.Nth(2).GetByRole(AriaRole.Img, new() { Name = "Ⅳ类" })).ToBeVisibleAsync();
        watched.AssertQuiet();
    }

    [Fact]
    public async Task English_is_one_key_away_and_stays_in_the_address()
    {
        await using PageServer server = await PageServer.StartAsync(Overviews.Year);
        await using WatchedPage watched = await chromium.OpenAsync();
        await watched.Page.GotoAsync(server.Address);

        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "EN" }).PressAsync("Enter");
        await Expect(watched.Page.Locator("h1")).ToContainTextAsync("2 sections meet their target");
        await Expect(watched.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await Expect(watched.Page).ToHaveURLAsync(EnglishAddress());
        await watched.Page.ReloadAsync();
        await Expect(watched.Page.Locator("h1")).ToContainTextAsync("Bing Creek exceeds it (class IV)");
        // No word of the other language is left but its own name on the switch.
        string shown = await watched.Page.Locator("body").InnerTextAsync();
        Assert.Equal(["中"], Chinese().Matches(shown).Select(m => m.Value));
        watched.AssertQuiet();
    }

    [Fact]
    public async Task An_empty_store_says_what_to_do()
    {
        await using PageServer server = await PageServer.StartAsync(Overviews.Empty);
        await using WatchedPage watched = await chromium.OpenAsync();
        await watched.Page.GotoAsync(server.Address);

        await Expect(watched.Page.Locator("h1")).ToHaveTextAsync("还没有评判");
        await Expect(watched.Page.GetByText("./monitor demo")).ToBeVisibleAsync();
        await Expect(watched.Page.GetByText("尚无条目")).ToBeVisibleAsync();
        watched.AssertQuiet();
    }

    [Fact]
    public async Task A_service_that_fails_is_named_and_reading_again_recovers()
    {
        await using PageServer server = await PageServer.StartAsync(Results.StatusCode(503));
        await using WatchedPage watched = await chromium.OpenAsync();
        await watched.Page.GotoAsync(server.Address);

        await Expect(watched.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("HTTP 503");
        await Expect(watched.Page.Locator("h1")).ToHaveCountAsync(0);
        // The browser itself reports a failed answer on the console; nothing else may be there.
        Assert.All(watched.TakeErrors(), e => Assert.Contains("503", e, StringComparison.Ordinal));

        server.Answer(Overviews.Year);
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "重读" }).ClickAsync();
        await Expect(watched.Page.Locator("tr[data-section]")).ToHaveCountAsync(4);
        await Expect(watched.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        watched.AssertQuiet();
    }

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(1024, 768)]
    [InlineData(390, 844)]
    public async Task The_page_never_scrolls_sideways(int width, int height)
    {
        await using PageServer server = await PageServer.StartAsync(Overviews.Year);
        await using WatchedPage watched = await chromium.OpenAsync(width, height);
        await watched.Page.GotoAsync(server.Address);
        await Expect(watched.Page.Locator("tr[data-section]")).ToHaveCountAsync(4);

        int beyond = await watched.Page.EvaluateAsync<int>(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.Equal(0, beyond);
        watched.AssertQuiet();
    }

    [GeneratedRegex(@"\?lang=en$")]
    private static partial Regex EnglishAddress();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();
}
