using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Monitor.Dashboard.Tests;

/// <summary>Signing in and deciding in a real browser, against the real service and its ledger.</summary>
public sealed class DecisionPageTests(Chromium chromium, DecidingService service)
    : IClassFixture<DecidingService>
{
    private static string Pictures { get; } =
        Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "pictures")).FullName;

    [Fact]
    public async Task Two_persons_issue_a_notice_on_the_page_and_the_ledger_verifies()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        IPage page = watched.Page;
        string address = await DraftAsync(page, "龙泉—云和");
        await Expect(page.Locator("[data-sign]")).ToHaveTextAsync("批准并存证 (请先登录)");

        await SignInAsync(page, DecidingService.Reviewer);
        await Expect(page.Locator("[data-signed-in]")).ToContainTextAsync("示例审批人甲 · 复核人");
        int waiting = await WaitingAsync(page);
        await Expect(page.Locator("input[name=choice]:checked")).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-sign]")).ToHaveTextAsync("批准并存证 (先选择一项)");
        await ApproveAsync(page, "desk-zh");
        await Expect(page.Locator("[data-made]")).ToContainTextAsync("已存证：第 #");
        await Expect(page.Locator("[data-made]")).ToContainTextAsync("还需另一人批准");
        await Expect(page.Locator(".badge")).ToContainTextAsync($"{waiting - 1}");

        await page.GetByRole(AriaRole.Button, new() { Name = "退出" }).ClickAsync();
        await SignInAsync(page, DecidingService.Approver);
        await page.GotoAsync(address);
        await Expect(page.GetByText("等你（示例审批人乙）")).ToBeVisibleAsync();
        await ApproveAsync(page, null);
        await Expect(page.Locator("[data-made] a").First).ToContainTextAsync("通知书");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, "deciding-made-desk-zh.png") });
        await page.Locator("[data-made] a").First.ClickAsync();
        await Expect(page.GetByText("文件与存证一致")).ToBeVisibleAsync();
        await Expect(page.Locator(".chip.issued")).ToBeVisibleAsync();

        string verified = await (await page.APIRequest.GetAsync(service.Address + "/api/v1/ledger/verify")).TextAsync();
        Assert.True(JsonNode.Parse(verified)!["intact"]!.GetValue<bool>(), verified);
        watched.AssertQuiet();
    }

    [Fact]
    public async Task By_keyboard_alone_somebody_signs_in_reads_the_draft_and_approves()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        IPage page = watched.Page;
        string address = await DraftAsync(page, "松阳—莲都");
        await page.GotoAsync(address + "?lang=en");
        await Expect(page.Locator("[data-check=evidence]")).ToBeVisibleAsync();

        await TabToAsync(page, "[data-sign-in]");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("input[name=username]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(DecidingService.Approver);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(DecidingService.Password);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-signed-in]")).ToContainTextAsync("approver");

        await TabToAsync(page, "[data-read]");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.FrameLocator("dialog iframe").Locator("h1").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("End");
        await Expect(page.Locator("dialog [role=status]")).ToContainTextAsync("Draft read in full");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("dialog")).ToBeHiddenAsync();

        await TabToAsync(page, "input[name=choice]");
        await page.Keyboard.PressAsync("Space");
        await TabToAsync(page, "input[name=figure]");
        await page.Keyboard.TypeAsync("8000000");
        await TabToAsync(page, ".desk input[name=password]");
        await page.Keyboard.TypeAsync(DecidingService.Password);
        await TabToAsync(page, "[data-sign]");
        await Expect(page.Locator("[data-sign]")).ToHaveTextAsync("Approve and seal");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, "deciding-ready-desk-en.png") });
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-made]")).ToContainTextAsync("Sealed as entry #");
        watched.AssertQuiet();
    }

    [Fact]
    public async Task A_wrong_amount_and_a_wrong_password_sign_nothing_and_say_so()
    {
        await using WatchedPage watched = await chromium.OpenAsync();
        IPage page = watched.Page;
        await DraftAsync(page);
        await page.Locator("[data-sign-in]").ClickAsync();
        await FillSignInAsync(page, DecidingService.Reviewer, "not the password");
        await Expect(page.Locator(".sign-in [role=alert]")).ToContainTextAsync("姓名与密码不符");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, "deciding-signin-desk-zh.png") });
        await FillSignInAsync(page, DecidingService.Reviewer, DecidingService.Password);
        await Expect(page.Locator("[data-signed-in]")).ToBeVisibleAsync();

        await page.GetByText("不予批准").First.ClickAsync();
        await Expect(page.Locator("[data-sign]")).ToHaveTextAsync("不予批准并存证 (请写理由)");
        await page.Locator("textarea").FillAsync("基线未核");
        await page.Locator(".desk input[name=password]").FillAsync("not the password");
        await page.Locator("[data-sign]").ClickAsync();
        await Expect(page.Locator("form [role=alert]")).ToContainTextAsync("密码不对，没有签署");

        await page.GetByText("批准", new() { Exact = true }).Last.ClickAsync();
        await ReadAsync(page);
        await page.Locator("input[name=figure]").FillAsync("800000");
        await Expect(page.Locator("#figure-words")).ToHaveTextAsync("人民币捌拾万元整 ■ 与提案不同");
        await Expect(page.Locator("[data-sign]")).ToBeDisabledAsync();
        Assert.All(watched.TakeErrors(), e => Assert.Matches("40[13]", e));

        string entry = page.Url.Split('/')[^1];
        string kept = await (await page.APIRequest.GetAsync($"{service.Address}/api/v1/proposals/{entry}")).TextAsync();
        Assert.Empty(JsonNode.Parse(kept)!["proposal"]!["signatures"]!.AsArray());
        watched.AssertQuiet();
    }

    [Fact]
    public async Task On_a_phone_a_proposal_is_read_and_not_signed()
    {
        foreach (string language in new[] { "zh", "en" })
        {
            await using WatchedPage watched = await chromium.OpenAsync(390, 844);
            IPage page = watched.Page;
            string address = await DraftAsync(page);
            if (language == "en") await page.GotoAsync(address + "?lang=en");
            await Expect(page.Locator("h1")).ToContainTextAsync("8,000,000");
            await Expect(page.Locator(".phone")).ToBeVisibleAsync();
            await Expect(page.Locator("[data-sign]")).ToBeHiddenAsync();
            int beyond = await page.EvaluateAsync<int>(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth");
            await page.ScreenshotAsync(new()
            {
                Path = Path.Combine(Pictures, $"deciding-phone-{language}.png"), FullPage = true,
            });
            Assert.True(beyond == 0, $"{language} scrolls sideways by {beyond}.");
            watched.AssertQuiet();
        }
    }

    [Fact]
    public async Task The_form_of_signing_in_comes_only_when_it_is_asked_for_and_the_first_page_stays_light()
    {
        const int kilobytesMax = 600;
        await using WatchedPage watched = await chromium.OpenAsync();
        List<string> asked = [];
        watched.Page.Request += (_, request) => asked.Add(request.Url);
        await watched.Page.GotoAsync(service.Address);
        await Expect(watched.Page.Locator("tr[data-section]").First).ToBeVisibleAsync();
        string[] assets = [.. asked.Where(a => a.Contains("/assets/", StringComparison.Ordinal))];
        Assert.DoesNotContain(assets, a => a.Contains("SignIn", StringComparison.Ordinal));
        string folder = Path.Combine(AppContext.BaseDirectory, "wwwroot", "assets");
        long bytes = assets.Sum(a => Compressed(Path.Combine(folder, Path.GetFileName(a))));
        Assert.True(bytes <= kilobytesMax * 1024, $"{bytes} bytes compressed: {string.Join(", ", assets)}");

        await watched.Page.Locator("[data-sign-in]").ClickAsync();
        await Expect(watched.Page.Locator("input[name=username]")).ToBeFocusedAsync();
        await watched.Page.Keyboard.PressAsync("Enter");
        await Expect(watched.Page.GetByText("请填姓名")).ToBeVisibleAsync();
        await watched.Page.Keyboard.PressAsync("Escape");
        await Expect(watched.Page.Locator(".sign-in")).ToBeHiddenAsync();
        watched.AssertQuiet();
    }

    // A supplement that somebody would pay. Each test that signs has a section of its own, since decisions stay.
    private async Task<string> DraftAsync(IPage page, string section = "莲都—青田")
    {
        await page.GotoAsync(service.Address + "/proposals");
        await page.Locator("tr[data-proposal] a").GetByText(new Regex($"{section}.*2025")).ClickAsync();
        await Expect(page.Locator("[data-check=replay].ok")).ToBeVisibleAsync();
        return page.Url;
    }

    private static async Task SignInAsync(IPage page, string person)
    {
        await page.Locator("[data-sign-in]").ClickAsync();
        await FillSignInAsync(page, person, DecidingService.Password);
        await Expect(page.Locator("[data-signed-in]")).ToContainTextAsync(person);
    }

    private static async Task FillSignInAsync(IPage page, string person, string password)
    {
        await page.Locator("input[name=username]").FillAsync(person);
        await page.Locator(".sign-in input[name=password]").FillAsync(password);
        await page.Locator(".sign-in button[type=submit]").ClickAsync();
    }

    private static async Task ReadAsync(IPage page)
    {
        await page.Locator("[data-read]").ClickAsync();
        await Expect(page.FrameLocator("dialog iframe").Locator("h1").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("End");
        await Expect(page.Locator("dialog [role=status]")).ToContainTextAsync("已读草案全文");
        await page.Locator("dialog button").ClickAsync();
    }

    private static async Task ApproveAsync(IPage page, string? picture)
    {
        await page.Locator("input[value=approve]").CheckAsync();
        await Expect(page.Locator("[data-sign]")).ToHaveTextAsync("批准并存证 (未读草案全文)");
        await ReadAsync(page);
        await Expect(page.Locator("[data-sign]")).ToHaveTextAsync("批准并存证 (请输入金额或信用数)");
        await page.Locator("input[name=figure]").FillAsync("8000000");
        await Expect(page.Locator("#figure-words")).ToHaveTextAsync("人民币捌佰万元整 ✓");
        await page.Locator(".desk input[name=password]").FillAsync(DecidingService.Password);
        if (picture is not null)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"deciding-ready-{picture}.png") });
        }
        await page.Locator("[data-sign]").ClickAsync();
    }

    private static async Task<int> WaitingAsync(IPage page)
    {
        string badge = await page.Locator(".badge").InnerTextAsync();
        return int.Parse(badge.Split('\n', ' ')[0], CultureInfo.InvariantCulture);
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        const int stepsMax = 80;
        for (int i = 0; i < stepsMax; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("s => document.activeElement?.matches(s) ?? false", selector)) return;
        }
        Assert.Fail($"{selector} is not reached with Tab.");
    }

    private static long Compressed(string file)
    {
        using var packed = new MemoryStream();
        using (var zip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal, true))
        {
            zip.Write(File.ReadAllBytes(file));
        }
        return packed.Length;
    }
}
