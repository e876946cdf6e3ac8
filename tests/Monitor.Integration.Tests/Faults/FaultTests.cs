using Monitor.Cli.Simulation;
using Xunit;

namespace Monitor.Integration.Tests.Faults;

/// <summary>Nothing is lost, doubled or promised in vain, whenever the server or an agent is killed.</summary>
public sealed class FaultTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_and_agents_killed_twenty_times_each_lose_and_double_nothing_and_promise_nothing_in_vain()
    {
        (FaultTally tally, IReadOnlyList<string> deaths) = await FaultRun.RunAsync(FaultPlan.Mixed(2025, 20, 20), Stop);

        Assert.Equal(20 + 20, deaths.Count);
        // 20 / 2 at random for each; the other ten of each over its five steps, twice each.
        Assert.Equal(20, deaths.Count(name => name == Fault.Random));
        Assert.All(
            Fault.ServerSteps.Concat(Fault.AgentSteps), step => Assert.Equal(2, deaths.Count(name => name == step)));
        Assert.True(tally.IsClean, tally.ToString());
        Assert.Equal((tally.Sampled, 0, 0, 0), (tally.Stored, tally.Lost, tally.Duplicated, tally.FalselyAcknowledged));
    }

    [Fact]
    public async Task Registered_agents_back_from_an_outage_lose_nothing_though_the_service_is_killed_while_they_drain()
    {
        ReturnRun run = await ReturnRun.OfAsync(new SimulationPlan
        {
            Agents = 20, Offline = TimeSpan.FromDays(4), Rate = 40, Duration = TimeSpan.FromSeconds(2), Batch = 40, Seed = 2025,
        }, kills: 2, Stop);

        // 4 days of 288 samples of nine parameters, 40 in a message: 260 messages; and 2 live ones.
        Assert.Equal(20 * (260 + 2) * 40, run.Sampled);
        Assert.True(run.IsClean, run.ToString());
    }

    [Fact]
    public async Task A_server_that_acknowledges_before_it_commits_is_caught_by_the_same_count()
    {
        FaultPlan plan = FaultPlan.OfServer(7, "after-insert-before-commit", 6) with
        {
            AcknowledgesBeforeCommit = true,
        };

        (FaultTally tally, _) = await FaultRun.RunAsync(plan, Stop);

        Assert.False(tally.IsClean);
        Assert.True(tally.Lost > 0, tally.ToString());
        Assert.Equal(tally.Lost, tally.FalselyAcknowledged);
    }
}
