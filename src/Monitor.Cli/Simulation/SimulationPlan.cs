namespace Monitor.Cli.Simulation;

/// <summary>What is to be simulated. With the same seed and counts, the same bytes are sent.</summary>
internal sealed record SimulationPlan
{
    /// <summary>Sections; agents are dealt to them in turn.</summary>
    internal int Sections { get; init; } = 10;

    /// <summary>Agents, each a connection.</summary>
    internal int Agents { get; init; } = 10;

    /// <summary>Readings per second of each agent; 0 for as fast as they are answered.</summary>
    internal double Rate { get; init; }

    /// <summary>How long; with a rate it fixes the number of messages.</summary>
    internal TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Messages of each agent, instead of a duration; null for by duration.</summary>
    internal int? Messages { get; init; }

    /// <summary>Readings in a batch, 1 to 500.</summary>
    internal int Batch { get; init; } = 20;

    /// <summary>Messages in flight on each connection.</summary>
    internal int Window { get; init; } = 4;

    /// <summary>Backlog that each agent has to begin with; zero for none.</summary>
    internal TimeSpan Offline { get; init; }

    /// <summary>Time between two samples of the simulated instruments.</summary>
    internal TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Share of messages that a broken one goes before, 0 to 1.</summary>
    internal double Malformed { get; init; }

    /// <summary>Share of messages that are sent twice, 0 to 1.</summary>
    internal double Duplicate { get; init; }

    /// <summary>Whether each agent's messages go out of order.</summary>
    internal bool Shuffle { get; init; }

    /// <summary>Fixes values, faults and order.</summary>
    internal int Seed { get; init; } = 1;

    /// <summary>
    /// Messages of one agent that are not backlog; null where only the clock ends it.
    /// </summary>
    internal long? Count => Messages is int messages ? messages
        : Rate > 0 ? (long)Math.Ceiling(Duration.TotalSeconds * Rate / Batch)
        : null;

    /// <summary>Messages of one agent's backlog.</summary>
    internal long Backlog =>
        (long)Math.Ceiling(Offline / Interval * SimulatedAgent.Parameters / Batch);
}
