using System.Text.Json;
using Monitor.Domain.Readings;

namespace Monitor.Cli.Simulation;

/// <summary>What a simulation did.</summary>
/// <param name="Plan">What was asked.</param>
/// <param name="Tally">What was answered.</param>
/// <param name="Elapsed">From the first message to the last answer.</param>
/// <param name="Before">The store's counts before; null where it is not ours to count.</param>
/// <param name="After">The store's counts after; null where it is not ours to count.</param>
internal sealed record SimulationSummary(
    SimulationPlan Plan, SimulationTally Tally, TimeSpan Elapsed, StoreCounts? Before, StoreCounts? After)
{
    /// <summary>
    /// Whether every message is accounted for: stored + repeats + dead-lettered = received, nothing twice, and every good
    /// one accepted. Null where the store cannot be counted. Answers that were lost may have been stored: at least as many.
    /// </summary>
    internal bool? Balanced => After is null || Before is null
        ? null
        : Tally.UnexpectedRefusals == 0 && After.Readings == After.DistinctReadings
            && (Tally.Lost + Tally.Later > 0 ? Arrived >= Tally.Answered : Arrived == Tally.Answered)
            && After.Readings - Before.Readings <= Tally.Readings;

    private long Arrived => After!.Batches - Before!.Batches + After.Repeats - Before.Repeats
        + After.DeadLetters - Before.DeadLetters;

    private double Seconds => Math.Max(Elapsed.TotalSeconds, 1e-6);

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("agents", Plan.Agents);
        json.WriteNumber("sections", Plan.Sections);
        json.WriteNumber("seed", Plan.Seed);
        json.WriteNumber("batch", Plan.Batch);
        json.WriteNumber("window", Plan.Window);
        json.WriteStartObject("messages");
        json.WriteNumber("answered", Tally.Answered);
        json.WriteNumber("accepted", Tally.Accepted);
        json.WriteNumber("repeats", Tally.Repeats);
        json.WriteNumber("malformed", Tally.Malformed);
        json.WriteNumber("refusedForGood", Tally.RefusedForGood);
        json.WriteNumber("refusedForLater", Tally.Later);
        json.WriteNumber("connectionsLost", Tally.Lost);
        json.WriteEndObject();
        json.WriteNumber("readings", Tally.Readings);
        json.WriteNumber("seconds", Math.Round(Elapsed.TotalSeconds, 3));
        json.WriteNumber("messagesPerSecond", Math.Round(Tally.Answered / Seconds, 1));
        json.WriteNumber("readingsPerSecond", Math.Round(Tally.Readings / Seconds, 1));
        Write(json, "pubackMs", Tally.Latency);
        if (Tally.Live.Count > 0) Write(json, "liveMs", Tally.Live);
        if (After is not null && Before is not null)
        {
            json.WriteStartObject("store");
            json.WriteNumber("readings", After.Readings - Before.Readings);
            json.WriteNumber("batches", After.Batches - Before.Batches);
            json.WriteNumber("repeats", After.Repeats - Before.Repeats);
            json.WriteNumber("deadLettered", After.DeadLetters - Before.DeadLetters);
            json.WriteEndObject();
            json.WriteBoolean("balanced", Balanced!.Value);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, LatencyCounts latency)
    {
        json.WriteStartObject(name);
        json.WriteNumber("p50", Math.Round(latency.Milliseconds(0.50), 3));
        json.WriteNumber("p95", Math.Round(latency.Milliseconds(0.95), 3));
        json.WriteNumber("p99", Math.Round(latency.Milliseconds(0.99), 3));
        json.WriteNumber("max", Math.Round(latency.Longest.TotalMilliseconds, 3));
        json.WriteEndObject();
    }
}
