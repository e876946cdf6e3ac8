using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Monitor.Dashboard.Tests;

/// <summary>Stages, conditions and reports of a bank on its page.</summary>
public sealed class WetlandStagesTests(Chromium chromium, DemoService demo, UnseenService unseen)
{
    private const string Page = "/wetlands/jiulong";

    [Fact]
    public async Task A_bank_without_an_award_gathers_evidence_and_each_condition_has_its_tick()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        await watched.Page.GotoAsync(unseen.Address + Page);
        ILocator cover = watched.Page.Locator("li[data-milestone=cover]");
        await Expect(cover.Locator("[data-step=evidence]")).ToContainTextAsync("收集证据", new() { Timeout = 60_000 });
        // Ten: not released before, not suspended, within the award, assured, reported and not contradicted hold from the start.
        await Expect(cover.Locator(".conditions summary")).ToContainTextAsync("释放条件 6 / 10");
        await cover.Locator(".conditions summary").ClickAsync();
        await Expect(cover.Locator("[data-condition=award]")).ToContainTextAsync("○ 信用已核定");
        await Expect(cover.Locator("[data-condition=previous]")).ToHaveClassAsync("awaited");
        await Expect(cover.Locator("[data-condition=assurance]")).ToContainTextAsync("✓ 担保有效");
        await Expect(watched.Page.Locator("[data-report=monitoring]")).ToContainTextAsync("核定后起报");
        watched.AssertQuiet();
    }

    [Fact]
    public async Task A_bank_whose_milestones_are_released_shows_its_next_reports_and_nothing_against_it()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        await watched.Page.GotoAsync(demo.Address + Page + "?lang=en");
        ILocator cover = watched.Page.Locator("li[data-milestone=cover]");
        await Expect(cover.Locator("[data-step=released]")).ToContainTextAsync("released", new() { Timeout = 60_000 });
        await Expect(cover.Locator(".conditions summary")).ToHaveCountAsync(0);
        await Expect(watched.Page.Locator(".triggers")).ToContainTextAsync("Nothing speaks for a suspension.");
        string year = TimeProvider.System.GetUtcNow().AddHours(8).ToString(
            "yyyy", System.Globalization.CultureInfo.InvariantCulture);
        await Expect(watched.Page.Locator("[data-report=ledger]")).ToContainTextAsync($"annual ledger report {year}, due by");
        watched.AssertQuiet();
    }
}
