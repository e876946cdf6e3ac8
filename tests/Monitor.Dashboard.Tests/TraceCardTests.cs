using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Monitor.Dashboard.Tests;

/// <summary>One credit followed on the page, from a movement or by its number, to the entries of the ledger and back.</summary>
public sealed class TraceCardTests(Chromium chromium, DemoService demo)
{
    [Fact]
    public async Task A_credit_is_followed_by_its_number_to_its_sale_and_the_ledger_page_leads_back_to_it()
    {
        await using WatchedPage watched = await chromium.OpenAsync(1440, 900);
        IPage page = watched.Page;
        await page.GotoAsync(demo.Address + "/wetlands/jiulong");
        ILocator card = page.Locator("[data-part=trace]");
        await card.Locator("input[name=serial]").FillAsync("30000");
        await card.Locator("button").ClickAsync();
        await Expect(card.Locator("li")).ToHaveCountAsync(12, new() { Timeout = 60_000 });
        await Expect(card.Locator("[role=status]")).ToContainTextAsync("已使用");
        Assert.Contains("serial=30000", page.Url, StringComparison.Ordinal);
        ILocator sale = card.Locator("li[data-step=sale]");
        await Expect(sale).ToContainTextAsync("1-45000");
        await sale.Locator("a[href*='/ledger/']").ClickAsync();
        await Expect(page.Locator(".chain")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        // The sale's first number is another credit of the same sale.
        await page.Locator("a[href*='serial=1']").ClickAsync();
        await Expect(page.Locator("[data-part=trace] li[data-step=sale]")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        watched.AssertQuiet();
    }

    [Fact]
    public async Task The_api_has_the_chain_the_papers_and_says_what_is_not_there()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        using var http = new HttpClient { BaseAddress = new Uri(demo.Address) };
        JsonElement trace = await http.GetFromJsonAsync<JsonElement>("/api/v1/wetlands/shitang/credits/1", stop);
        JsonElement[] steps = [.. trace.GetProperty("steps").EnumerateArray()];
        Assert.Equal(
            ["determination", "approval", "approval", "award"], steps[..4].Select(s => s.GetProperty("step").GetString()));
        long release = steps.Single(s => s.GetProperty("step").GetString() == "release").GetProperty("entry").GetInt64();
        JsonElement entry = await http.GetFromJsonAsync<JsonElement>($"/api/v1/ledger/{release}", stop);
        Assert.Equal(
            steps.Single(s => s.GetProperty("step").GetString() == "release").GetProperty("hash").GetString(),
            entry.GetProperty("entry").GetProperty("hash").GetString());
        foreach ((string path, HttpStatusCode status) in ((string, HttpStatusCode)[])
        [
            ("/api/v1/wetlands/shitang/report?kind=monitoring&year=2025", HttpStatusCode.OK),
            ("/api/v1/wetlands/shitang/report?year=2025", HttpStatusCode.OK),
            ("/api/v1/wetlands/shitang/milestones/cover/petition", HttpStatusCode.OK),
            ($"/api/v1/ledger/{release}/bundle", HttpStatusCode.OK),
            ("/api/v1/wetlands/shitang/credits/999999999", HttpStatusCode.NotFound),
            ("/api/v1/wetlands/nowhere/credits/1", HttpStatusCode.NotFound),
            ("/api/v1/wetlands/shitang/milestones/nothing/petition", HttpStatusCode.NotFound),
            ("/api/v1/wetlands/shitang/report?kind=yearly", HttpStatusCode.BadRequest),
        ])
        {
            using HttpResponseMessage answer = await http.GetAsync(path, stop);
            Assert.True(answer.StatusCode == status, $"{path}: {answer.StatusCode}");
        }
    }
}
