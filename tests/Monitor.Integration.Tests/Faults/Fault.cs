using System.Globalization;

namespace Monitor.Integration.Tests.Faults;

/// <summary>
/// How one life of a process ends: at a named step of its own, after a time, or after an acknowledgement.
/// </summary>
/// <param name="Name">The fault's name in the table.</param>
/// <param name="DieAt">What MONITOR_TEST_DIE_AT is set to; null where the harness kills.</param>
/// <param name="After">How long it may live; null where it dies at a step.</param>
internal sealed record Fault(string Name, string? DieAt, TimeSpan? After)
{
    /// <summary>The server, once an agent has seen its acknowledgement.</summary>
    internal const string AfterAcknowledgement = "after-ack";

    /// <summary>At any moment.</summary>
    internal const string Random = "random";

    /// <summary>The steps of the server's commit, in their order.</summary>
    internal static IReadOnlyList<string> ServerSteps { get; } =
    [
        "received", "before-begin", "after-insert-before-commit", "after-commit-before-ack", AfterAcknowledgement,
    ];

    /// <summary>The steps of an agent's batch, in their order.</summary>
    internal static IReadOnlyList<string> AgentSteps { get; } =
        ["before-persist", "after-persist", "sent", "acked-before-mark", "marked"];

    /// <summary>Half at random, half at the steps in turn; in a seeded order.</summary>
    internal static IReadOnlyList<Fault> Mixed(int count, IReadOnlyList<string> steps, Random chance)
    {
        Fault[] faults = [.. Enumerable.Range(0, count).Select(i =>
            Of(i % 2 == 0 ? Random : steps[i / 2 % steps.Count], chance))];
        chance.Shuffle(faults);
        return faults;
    }

    /// <summary>One fault of a name, its moment drawn.</summary>
    internal static Fault Of(string name, Random chance) => name switch
    {
        Random => new Fault(name, null, TimeSpan.FromMilliseconds(chance.Next(5, 300))),
        AfterAcknowledgement => new Fault(name, null, null),
        _ => new Fault(name, string.Create(CultureInfo.InvariantCulture, $"{name}:{chance.Next(1, 9)}"), null),
    };
}
