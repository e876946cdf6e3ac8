using System.Text.Json;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Server;

/// <summary><c>bank reserve|sell|suspend|lift|correct</c>, as scripts of several desks see them.</summary>
public sealed class BankTradeVerbTests : IDisposable
{
    private const int Sellers = 10;
    private readonly TempFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Ten_processes_sell_the_last_credit_once_and_nine_are_told_why_not()
    {
        await ReleaseAsync();
        (int Code, string Output)[] ends = await Task.WhenAll(
            Enumerable.Range(1, Sellers).Select(i => Run(Sale($"X-{i}", "13.5999"))));
        Assert.All(ends, e => Assert.True(e.Code is 0 or 1, e.Output));
        Assert.Single(ends, e => e.Code == 0 && e.Output.Contains("is the sale", StringComparison.Ordinal));
        Assert.All(ends.Where(e => e.Code == 1), e => Assert.Contains(
            "13.5999 credits are asked of jiulong and 0.0000 are available", e.Output, StringComparison.Ordinal));
        using JsonDocument shown = JsonDocument.Parse((await Run("bank", "show", "jiulong", "--json")).Output);
        Assert.Equal(("13.5999", "0.0000", 1), (
            shown.RootElement.GetProperty("sold").GetString(), shown.RootElement.GetProperty("available").GetString(),
            shown.RootElement.GetProperty("sales").GetArrayLength()));
        Assert.Equal(0, (await Run("ledger", "verify")).Code);
    }

    [Fact]
    public async Task A_reservation_is_held_sold_from_corrected_and_a_suspension_stops_it_all()
    {
        await ReleaseAsync();
        string until = $"{TimeProvider.System.GetUtcNow().AddDays(20):yyyy-MM-dd}";
        string[] reserve =
        [
            "bank", "reserve", "jiulong", "--credits", "10", "--permittee", "甲公司", "--reference", "HT-1", "--until", until,
            "--key", Key("s"),
        ];
        Assert.Contains("Entry 10 is the reservation", (await Run(reserve)).Output, StringComparison.Ordinal);
        Assert.Equal(1, (await Run(reserve)).Code);
        Assert.Equal(1, (await Run(Sale("X-1", "3.6"))).Code);
        Assert.Equal(0, (await Run([.. Sale("X-1", "4"), "--reservation", "10"])).Code);
        Assert.Equal(0, (await Run(
            "bank", "suspend", "jiulong", "--trigger", "late-report", "--reason", "逾期", "--key", Key("b"))).Code);
        Assert.Contains("is suspended by entry 12", (await Run(Sale("X-2", "1"))).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Run("bank", "lift", "jiulong", "--reason", "已补交", "--key", Key("b"))).Code);
        Assert.Equal(0, (await Run(
            "bank", "correct", "jiulong", "--entry", "10", "--reason", "合同解除", "--key", Key("b"))).Code);
        Assert.Equal(0, (await Run(Sale("X-2", "9.5999"))).Code);
        Assert.Equal(2, (await Run(Sale("X-3", "lots"))).Code);
        string report = scratch.File("report.html");
        string year = $"{TimeProvider.System.GetUtcNow().AddHours(8):yyyy}";
        Assert.Equal(0, (await Run("bank", "report", "jiulong", "--year", year, "--out", report)).Code);
        string page = await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken);
        foreach (string line in (string[])["核定 award", "使用 sale", "中止 suspension", "更正 correction", "13.5999"])
        {
            Assert.Contains(line, page, StringComparison.Ordinal);
        }
        Assert.Equal(0, (await Run("ledger", "verify")).Code);
    }

    [Fact]
    public async Task A_voided_assurance_stops_sales_until_an_approver_files_that_it_holds_again()
    {
        await ReleaseAsync();
        string paper = scratch.File("easement.txt");
        string[] owed = ["--document", paper, "--key", Key("s")];
        string today = $"{TimeProvider.System.GetUtcNow().AddHours(8):yyyy-MM-dd}";
        Assert.Contains("Entry 10 files the report ledger of 2025", (await Run(
            ["bank", "report-file", "jiulong", "ledger", "--year", "2025", .. owed])).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await Run(["bank", "report-file", "jiulong", "survey", "--year", "2025", .. owed])).Code);
        Assert.Equal(2, (await Run(["bank", "measures", "jiulong", "--order", "1", .. owed])).Code);
        string[] instrument = ["jiulong", "bond-1", "--from", today, "--reason", "保函撤销"];
        string said = (await Run(["bank", "void", .. instrument, .. owed])).Output;
        Assert.Contains($"Entry 11 files that bond-1 is voided from {today} on", said, StringComparison.Ordinal);
        Assert.Contains("proposed at the next midnight of `serve`", said, StringComparison.Ordinal);
        Assert.Contains(
            $"VOID bond-1 from {today} on, by entry 11: 保函撤销", (await Run("bank", "show", "jiulong")).Output,
            StringComparison.Ordinal);
        (int code, string output) = await Run(Sale("X-1", "1"));
        Assert.Equal(1, code);
        Assert.Contains("the assurance bond-1 of jiulong is void from", output, StringComparison.Ordinal);
        using JsonDocument shown = JsonDocument.Parse((await Run("bank", "show", "jiulong", "--json")).Output);
        JsonElement trigger = Assert.Single(shown.RootElement.GetProperty("triggers").EnumerateArray());
        Assert.Equal(
            ("lapsed-assurance", "bond-1", JsonValueKind.Null),
            (trigger.GetProperty("trigger").GetString(), trigger.GetProperty("subject").GetString(),
                trigger.GetProperty("proposal").ValueKind));
        JsonElement exotics = shown.RootElement.GetProperty("milestones")[1];
        Assert.Equal("evidence", exotics.GetProperty("stage").GetProperty("step").GetString());
        Assert.Equal(["assurance", "decision"], exotics.GetProperty("conditions").EnumerateArray()
            .Where(c => !c.GetProperty("met").GetBoolean()).Select(c => c.GetProperty("condition").GetString()));
        Assert.Equal(2, (await Run(["bank", "renew", .. instrument, .. owed])).Code);
        Assert.Equal(0, (await Run(["bank", "renew", .. instrument, "--document", paper, "--key", Key("b")])).Code);
        Assert.Equal(0, (await Run(Sale("X-1", "1"))).Code);
        Assert.Equal(0, (await Run("ledger", "verify")).Code);
    }

    [Fact]
    public async Task A_bank_of_the_folders_own_programme_is_known_and_a_shipped_one_is_not()
    {
        string own = Path.Combine(scratch.Root, "data", "pipelines");
        Directory.CreateDirectory(own);
        File.Copy(
            Path.Combine(AppContext.BaseDirectory, "pipelines", "wetlands", "washington.yaml"),
            Path.Combine(own, "washington.yaml"));
        await Run("user", "add", "方", "--role", "sponsor", "--new-key", Key("s"));
        Assert.Contains(
            "the award of 20.0000 ha", (await Run("bank", "award", "yunhe-example", "--key", Key("s"))).Output,
            StringComparison.Ordinal);
        (int code, string output) = await Run("bank", "award", "jiulong", "--key", Key("s"));
        Assert.Equal(2, code);
        Assert.Contains("yunhe-example", output, StringComparison.Ordinal);
    }

    private string[] Sale(string permit, string credits) =>
    [
        "bank", "sell", "jiulong", "--credits", credits, "--permit", permit, "--permittee", "乙公司", "--place",
        "119.92,28.45", "--basin", "33010203", "--price", "100000", "--key", Key("s"),
    ];

    private async Task ReleaseAsync()
    {
        await Run("user", "add", "甲", "--role", "reviewer", "--new-key", Key("a"));
        await Run("user", "add", "乙", "--role", "approver", "--new-key", Key("b"));
        await Run("user", "add", "方", "--role", "sponsor", "--new-key", Key("s"));
        string paper = scratch.File("easement.txt");
        await File.WriteAllTextAsync(paper, "地役权登记", TestContext.Current.CancellationToken);
        await Run("bank", "award", "jiulong", "--key", Key("s"));
        await Run("bank", "file", "jiulong", "easement", "--document", paper, "--key", Key("s"));
        foreach (string entry in (string[])["1", "3"])
        {
            await Run("approve", entry, "--key", Key("a"));
            await Run("approve", entry, "--key", Key("b"));
        }
    }

    private string Key(string name) => scratch.File(name + ".pem");

    // What it said, wherever it said it.
    private async Task<(int Code, string Output)> Run(params string[] arguments)
    {
        (int code, string output, string errors) = await ProgramProcess.RunAsync(
            "monitor", [.. arguments, "--data", scratch.File("data")]);
        return (code, output + errors);
    }
}
