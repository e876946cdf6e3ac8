using System.Globalization;
using System.Text;
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
