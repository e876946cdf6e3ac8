using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Monitor.Dashboard.Tests;

/// <summary>Every page in a real browser against the real service, with the demonstration's data and with nothing.</summary>
public sealed partial class PagesTests(Chromium chromium, DemoService demo, EmptyService empty)
{
    private static string Pictures { get; } =
        Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "pictures")).FullName;

    public static TheoryData<string, string, string> Pages => new()
    {
        { "overview", "/", "tr[data-section=OJ-05]" },
        { "section", "/sections/OJ-05", "canvas" },
        { "section-gap", "/sections/OJ-07?p=w21011&table=1", "canvas" },
        { "section-month", "/sections/OJ-02?period=2025-03", "canvas" },
        { "wetland", "/wetlands/jiulong", "li[data-milestone=cover]" },
        { "proposals", "/proposals?state=all", "tr[data-proposal]" },
        { "proposal", "/proposals/1", "[data-state]" },
        { "notices", "/notices", "tr[data-notice]" },
        { "ledger", "/ledger", ".chain" },
        { "lost", "/no-such-page", "h1" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Each_page_shows_the_demonstration_in_both_languages_and_sizes(string name, string path, string sign)
    {
        foreach ((int width, int height, string size) in new[] { (1440, 900, "desk"), (390, 844, "phone") })
        {
            foreach (string language in new[] { "zh", "en" })
            {
                await using WatchedPage watched = await chromium.OpenAsync(width, height);
                string query = language == "en" ? (path.Contains('?') ? "&lang=en" : "?lang=en") : "";
                await watched.Page.GotoAsync(demo.Address + path + query);
                await Expect(watched.Page.Locator(sign).First).ToBeAttachedAsync(new() { Timeout = 60_000 });
                await Expect(watched.Page.Locator("html")).ToHaveAttributeAsync("lang", language == "en" ? "en" : "zh-CN");
                int beyond = await watched.Page.EvaluateAsync<int>(
                    "document.documentElement.scrollWidth - document.documentElement.clientWidth");
                await watched.Page.ScreenshotAsync(new()
                {
                    Path = Path.Combine(Pictures, $"{name}-{size}-{language}.png"), FullPage = size == "phone",
                });
                Assert.True(beyond == 0, $"{name} scrolls sideways by {beyond} at {width} in {language}.");
                watched.AssertQuiet();
            }
        }
    }

    [Theory]
    [InlineData("/", "还没有评判")]
    [InlineData("/sections", "还没有断面被评判")]
    [InlineData("/wetlands", "还没有登记湿地")]
    [InlineData("/proposals", "没有符合条件的事项")]
    [InlineData("/notices", "还没有通知书")]
    [InlineData("/ledger", "还没有存证")]
    public async Task An_empty_store_says_so_on_each_page(string path, string words)
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        await watched.Page.GotoAsync(empty.Address + path);
        await Expect(watched.Page.GetByText(words).First).ToBeVisibleAsync(new() { Timeout = 60_000 });
        watched.AssertQuiet();
    }

    [Fact]
    public async Task A_sections_page_balances_the_day_of_its_newest_reading_and_any_other()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        await watched.Page.GotoAsync(demo.Address + "/sections/OJ-05");
        ILocator card = watched.Page.Locator("[data-part=reconcile]");
        await Expect(card).ToContainTextAsync("收支相符", new() { Timeout = 60_000 });
        string stored = await card.Locator("[data-count=stored] dd").InnerTextAsync();
        Assert.NotEqual("0", stored);
        await Expect(card.Locator("[data-count=received] dd")).ToHaveTextAsync(stored);
        await card.Locator("input[type=date]").FillAsync("2024-06-01");
        await Expect(card.Locator("[data-count=stored] dd")).ToHaveTextAsync("0");
        watched.AssertQuiet();
    }

    [Fact]
    public async Task A_notice_is_shown_with_the_hash_that_was_sealed_and_no_script_can_run_in_it()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        await watched.Page.GotoAsync(demo.Address + "/notices?status=issued");
        await watched.Page.Locator("tr[data-notice] a").First.ClickAsync();
        await Expect(watched.Page.GetByText("文件与存证一致")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(watched.Page.FrameLocator("iframe").Locator("h1").First).ToContainTextAsync("通知书");
        await watched.Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, "notice-desk-zh.png") });
        string source = (await watched.Page.Locator("iframe").GetAttributeAsync("src"))!;
        IAPIResponse document = await watched.Page.APIRequest.GetAsync(demo.Address + source);
        Assert.Contains("default-src 'none'", document.Headers["content-security-policy"], StringComparison.Ordinal);
        Assert.Contains("sandbox", document.Headers["content-security-policy"], StringComparison.Ordinal);
        watched.AssertQuiet();
    }

    [Fact]
    public async Task A_judgement_is_recomputed_from_its_readings_on_the_ledger_page()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        await watched.Page.GotoAsync(demo.Address + "/ledger?q=assessment/ou-river");
        await watched.Page.Locator("a[data-entry]").First.ClickAsync();
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "用原始读数复算" }).ClickAsync();
        await Expect(watched.Page.GetByText("复算一致")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        watched.AssertQuiet();
    }

    [Fact]
    public async Task The_language_switch_keeps_the_address_and_the_place()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        await watched.Page.GotoAsync(demo.Address + "/sections/OJ-05?p=w21011&period=2025-03");
        await Expect(watched.Page.Locator("canvas").First).ToBeAttachedAsync(new() { Timeout = 60_000 });
        await watched.Page.EvaluateAsync("window.scrollTo(0, 200)");
        await watched.Page.GetByRole(AriaRole.Button, new() { Name = "EN" }).PressAsync("Enter");
        await Expect(watched.Page).ToHaveURLAsync(KeptAddress());
        Assert.Equal(200, await watched.Page.EvaluateAsync<int>("Math.round(window.scrollY)"));
        watched.AssertQuiet();
    }

    [GeneratedRegex(@"/sections/OJ-05\?(?=.*p=w21011)(?=.*period=2025-03)(?=.*lang=en)")]
    private static partial Regex KeptAddress();
}
