using System.Text.Json.Nodes;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Faults;

/// <summary>The whole demonstration, killed with everything it started, and begun again on the same folder.</summary>
[Collection(FinishedDemo.Collection)]
public sealed class DemoKillTests(FinishedDemo calm) : IDisposable
{
    private const int KilledCode = 128 + 9;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_at_each_step_of_a_commit_and_of_a_seal_it_comes_to_what_an_undisturbed_run_comes_to()
    {
        // Each run goes on in the folder that the one before left. In this order every step is still before it.
        string[] steps =
        [
            "after-insert-before-commit:2", "after-commit-before-ack:3", "ledger-before-commit",
            "ledger-after-commit-before-head",
        ];
        foreach (string step in steps) Assert.True(await DiesAsync(step, default), step);
        await FinishAsync();
    }

    [Fact]
    public async Task Killed_at_random_moments_it_comes_to_what_an_undisturbed_run_comes_to()
    {
        var chance = new Random(11);
        int deaths = 0;
        for (int run = 1; run <= 4; run++)
        {
            if (await DiesAsync(null, calm.Length * chance.NextDouble())) deaths++;
        }
        Assert.NotEqual(0, deaths);
        await FinishAsync();
    }

    private async Task FinishAsync()
    {
        (int code, string disturbed, string errors) =
            await ProgramProcess.RunAsync("monitor", "demo", "--once", "--json", "--data", _folder["stormy"]);
        Assert.True(code == 0, errors);
        (string expected, string calmHead) = WithoutHead(calm.Summary);
        (string actual, string stormyHead) = WithoutHead(disturbed);
        Assert.Equal(expected, actual);
        // The times of sealing differ, and so do the hashes: else the two runs would not be two.
        Assert.NotEqual(calmHead, stormyHead);
        (code, _, errors) = await ProgramProcess.RunAsync("monitor", "ledger", "verify", "--data", _folder["stormy"]);
        Assert.True(code == 0, errors);
    }

    private async Task<bool> DiesAsync(string? dieAt, TimeSpan moment)
    {
        using ProgramProcess process = ProgramProcess.Start(
            "monitor", ["demo", "--once", "--json", "--data", _folder["stormy"]],
            dieAt is null ? [] : [("MONITOR_TEST", "1"), ("MONITOR_TEST_DIE_AT", dieAt)]);
        Task<int> exit = process.ExitAsync();
        if (dieAt is null)
        {
            await Task.WhenAny(exit, Task.Delay(moment, TestContext.Current.CancellationToken));
            if (!exit.IsCompleted) process.Kill();
        }
        int code = await exit;
        Assert.True(code is 0 or KilledCode, $"{code}: {process.Errors}");
        return code == KilledCode;
    }

    private static (string Summary, string Head) WithoutHead(string output)
    {
        JsonObject summary = JsonNode.Parse(output)!.AsObject();
        JsonObject ledger = summary["ledger"]!.AsObject();
        string head = ledger["head"]!.GetValue<string>();
        ledger.Remove("head");
        return (summary.ToJsonString(), head);
    }
}
