namespace Monitor.Integration.Tests.Faults;

/// <summary>Who is killed how, in one run.</summary>
/// <param name="Seed">Seed of the readings and of every moment.</param>
/// <param name="Server">How the lives of the server end, one after another.</param>
/// <param name="Agents">How the lives of all agents end, dealt out among them.</param>
internal sealed record FaultPlan(int Seed, IReadOnlyList<Fault> Server, IReadOnlyList<Fault> Agents)
{
    /// <summary>How many agents there are.</summary>
    internal const int AgentCount = 3;

    /// <summary>Whether the server runs broken, acknowledging before it commits.</summary>
    internal bool AcknowledgesBeforeCommit { get; init; }

    /// <summary>Both kinds of process, each half at random and half at its steps.</summary>
    internal static FaultPlan Mixed(int seed, int serverKills, int agentKills)
    {
        var chance = new Random(seed);
        return new FaultPlan(seed, Fault.Mixed(serverKills, Fault.ServerSteps, chance),
            Fault.Mixed(agentKills, Fault.AgentSteps, chance));
    }

    /// <summary>Only the server, always at one step.</summary>
    internal static FaultPlan OfServer(int seed, string step, int kills)
    {
        var chance = new Random(seed);
        return new FaultPlan(seed, [.. Enumerable.Range(0, kills).Select(_ => Fault.Of(step, chance))], []);
    }

    /// <summary>Only agents, always at one step.</summary>
    internal static FaultPlan OfAgents(int seed, string step, int kills)
    {
        var chance = new Random(seed);
        return new FaultPlan(seed, [], [.. Enumerable.Range(0, kills).Select(_ => Fault.Of(step, chance))]);
    }

    /// <summary>The faults of one agent.</summary>
    internal IReadOnlyList<Fault> OfAgent(int agent) =>
        [.. Agents.Where((_, index) => index % AgentCount == agent)];
}
