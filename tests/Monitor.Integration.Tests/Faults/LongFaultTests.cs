using System.Globalization;
using System.Text;
using Monitor.Cli.Simulation;
using Monitor.Domain;
using Xunit;

namespace Monitor.Integration.Tests.Faults;

/// <summary>
/// The long form, for <c>./monitor test faults</c>: each fault by itself, many times, as a row of a table. Not part of
/// the
/// ordinary run.
/// </summary>
public sealed class LongFaultTests
{
    private const int BrokenKills = 10;

    [Theory(Explicit = true)]
    [InlineData(0)]
    [InlineData(10)]
    public async Task A_hundred_agents_back_after_thirty_days_lose_nothing(int kills)
    {
        ReturnRun run = await ReturnAsync(kills);
        TestContext.Current.SendDiagnosticMessage("{0}", run);
        Assert.True(IsGood(run), run.ToString());
    }

    [Fact(Explicit = true)]
    public async Task Each_fault_by_itself_and_all_together_lose_nothing()
    {
        int seed = Number("MONITOR_FAULT_SEED", 2025, 0), kills = Number("MONITOR_FAULT_KILLS", 200, 10);
        string file = Environment.GetEnvironmentVariable("MONITOR_FAULT_TABLE") ?? "";
        Assert.True(file.Length > 0, "MONITOR_FAULT_TABLE must name the file for the table.");
        var table = new StringBuilder(
            """
            | fault | count | sampled | stored | lost | duplicated | falsely acknowledged |
            | --- | --- | --- | --- | --- | --- | --- |

            """);
        bool clean = true;
        // As in the plan of faults: agents half as often as the server, half at random, half at the steps in turn.
        foreach ((string name, FaultPlan plan) in Plans(seed, kills, kills / 2))
        {
            clean &= await RowAsync(table, name, plan, file);
        }
        foreach (int deaths in new[] { 0, 10 })
        {
            clean &= await ReturnRowAsync(table, deaths, file);
        }
        FaultPlan control = FaultPlan.OfServer(seed, "after-insert-before-commit", BrokenKills);
        bool broken = await RowAsync(table, "control: a server that acknowledges before it commits",
            control with { AcknowledgesBeforeCommit = true }, file);
        Assert.True(clean, table.ToString());
        Assert.False(broken, table.ToString());
    }

    private static IEnumerable<(string Name, FaultPlan Plan)> Plans(int seed, int serverKills, int agentKills)
    {
        int server = serverKills / 4, agent = agentKills / 4;
        yield return ("server killed at random", FaultPlan.OfServer(seed, Fault.Random, server));
        foreach (string step in Fault.ServerSteps)
        {
            int kills = Math.Max(1, server / Fault.ServerSteps.Count);
            yield return ($"server killed: {step}", FaultPlan.OfServer(seed, step, kills));
        }
        yield return ("agent killed at random", FaultPlan.OfAgents(seed, Fault.Random, agent));
        foreach (string step in Fault.AgentSteps)
        {
            yield return ($"agent killed: {step}", FaultPlan.OfAgents(seed, step, agentKills));
        }
        yield return ("server and agents, all of these mixed", FaultPlan.Mixed(seed, serverKills / 2, agentKills / 2));
    }

    private static async Task<bool> RowAsync(StringBuilder table, string name, FaultPlan plan, string file)
    {
        (FaultTally t, IReadOnlyList<string> deaths) =
            await FaultRun.RunAsync(plan, TestContext.Current.CancellationToken);
        table.Append(CultureInfo.InvariantCulture, $"| {name} | {deaths.Count} | {t.Sampled} | {t.Stored} | ")
            .Append(CultureInfo.InvariantCulture, $"{t.Lost} | {t.Duplicated} | {t.FalselyAcknowledged} |\n");
        // After each row: a long run that is broken off has shown something.
        await File.WriteAllTextAsync(file, table.ToString(), TestContext.Current.CancellationToken);
        return t.IsClean && deaths.Count == plan.Server.Count + plan.Agents.Count;
    }

    private static async Task<bool> ReturnRowAsync(StringBuilder table, int kills, string file)
    {
        ReturnRun r = await ReturnAsync(kills);
        string name = kills == 0 ? "100 agents back after 30 days" : "the same, the server killed meanwhile";
        table.Append(CultureInfo.InvariantCulture, $"| {name} | {r.Deaths} | {r.Sampled} | {r.Stored} | ")
            .Append(CultureInfo.InvariantCulture, $"{r.Sampled - r.Stored} | {r.Duplicated} | ")
            .Append(CultureInfo.InvariantCulture, $"{Math.Max(0, r.Acknowledged - r.Stored)} |\n");
        await File.WriteAllTextAsync(file, table.ToString(), TestContext.Current.CancellationToken);
        return IsGood(r) && r.Deaths == kills;
    }

    /// <summary>A hundred agents with thirty days of nine parameters at five minutes, which go on measuring.</summary>
    private static Task<ReturnRun> ReturnAsync(int kills) => ReturnRun.OfAsync(
        new SimulationPlan
        {
            Agents = 100, Offline = TimeSpan.FromDays(30), Rate = 40, Duration = TimeSpan.FromSeconds(20), Batch = 200,
            Seed = Number("MONITOR_FAULT_SEED", 2025, 0),
        }, kills, TestContext.Current.CancellationToken);

    // While the service is dead the live readings wait for it; how long is the other row's question.
    private static bool IsGood(ReturnRun run) => run.IsClean && run.LongestStart <= TimeSpan.FromSeconds(5)
        && (run.Deaths > 0 || run.LiveP95 <= TimeSpan.FromSeconds(5));

    /// <summary>A number of the environment, as the command sets it.</summary>
    internal static int Number(string variable, int otherwise, int min)
    {
        string? text = Environment.GetEnvironmentVariable(variable);
        if (string.IsNullOrEmpty(text)) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= min
            ? number
            : throw new InputException($"'{text}' is no whole number from {min}.", "Correct it.", field: variable);
    }
}
