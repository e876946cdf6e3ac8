using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Monitor.Cli.Simulation;
using Monitor.Domain.Readings;
using Monitor.Integration.Tests.Support;
using Monitor.Storage;
using Monitor.Storage.Sqlite;

namespace Monitor.Integration.Tests.Faults;

/// <summary>
/// Agents that come back together after an outage and go on measuring: a real service, which takes registered agents only and
/// may be killed meanwhile, and the agents in a process of their own, over sockets.
/// </summary>
/// <param name="Sampled">Readings that the agents have.</param>
/// <param name="Stored">Different ones that the store has.</param>
/// <param name="Duplicated">Rows of the store beyond one for each.</param>
/// <param name="Acknowledged">Readings that were acknowledged.</param>
/// <param name="Deaths">How often the service was killed.</param>
/// <param name="LiveP95">What 95 % of the messages of the moment waited for their answer at most.</param>
/// <param name="LongestStart">The longest time from a killed service's new start until it listens.</param>
internal sealed record ReturnRun(
    long Sampled, long Stored, long Duplicated, long Acknowledged, int Deaths, TimeSpan LiveP95, TimeSpan LongestStart)
{
    /// <summary>Nothing lost, doubled, or promised in vain.</summary>
    internal bool IsClean => Sampled > 0 && (Stored, Duplicated, Acknowledged) == (Sampled, 0, Sampled);

    /// <summary>Runs it.</summary>
    /// <param name="plan">The agents, their outage, and how fast they measure now.</param>
    /// <param name="kills">How often the service is killed while they drain.</param>
    /// <param name="stop">Gives up.</param>
    internal static async Task<ReturnRun> OfAsync(SimulationPlan plan, int kills, CancellationToken stop)
    {
        using var scratch = new TempFolder();
        var folder = new DataFolder(scratch["data"]);
        int port = FaultRun.FreePort(), deaths = 0;
        TimeSpan longest = TimeSpan.Zero;
        var chance = new Random(plan.Seed);
        ProgramProcess server = await StartAsync(folder, port);
        try
        {
            using ProgramProcess agents = ProgramProcess.Start("monitor", Arguments(plan, folder, port));
            await using CancellationTokenRegistration ending = stop.Register(agents.Kill);
            Task end = agents.EndedAsync(stop);
            for (; deaths < kills; deaths++)
            {
                await Task.WhenAny(end, Task.Delay(chance.Next(500, 2000), stop));
                if (end.IsCompleted) break;
                await server.KillAsync();
                server.Dispose();
                long started = Stopwatch.GetTimestamp();
                server = await StartAsync(folder, port);
                TimeSpan took = Stopwatch.GetElapsedTime(started);
                if (took > longest) longest = took;
            }
            await end;
            (int code, string output) = await agents.EndAsync();
            if (code != 0) throw new InvalidOperationException($"simulate ended with {code}: {agents.Errors}");
            server.Terminate();
            await server.ExitAsync();
            return Count(plan, folder, output) with { Deaths = deaths, LongestStart = longest };
        }
        finally
        {
            server.Dispose();
        }
    }

    private static async Task<ProgramProcess> StartAsync(DataFolder folder, int port)
    {
        ProgramProcess server = ProgramProcess.Start(
            "monitor", ["serve", "--data", folder.Root, "--port", "0", "--mqtt-port", Text(port)], awaitedLine: "Serving ");
        if (await server.IsUpAsync()) return server;
        using (server) throw new InvalidOperationException($"The server does not start: {server.Errors}");
    }

    private static string[] Arguments(SimulationPlan plan, DataFolder folder, int port) =>
    [
        "simulate", "--port", Text(port), "--data", folder.Root, "--agents", Text(plan.Agents), "--offline",
        $"{plan.Offline.TotalHours.ToString(CultureInfo.InvariantCulture)}h", "--rate",
        plan.Rate.ToString(CultureInfo.InvariantCulture), "--for",
        $"{plan.Duration.TotalSeconds.ToString(CultureInfo.InvariantCulture)}s", "--batch", Text(plan.Batch), "--seed",
        Text(plan.Seed), "--json",
    ];

    private static ReturnRun Count(SimulationPlan plan, DataFolder folder, string output)
    {
        using JsonDocument json = JsonDocument.Parse(output);
        long accepted = json.RootElement.GetProperty("messages").GetProperty("accepted").GetInt64() * plan.Batch;
        double live = json.RootElement.GetProperty("liveMs").GetProperty("p95").GetDouble();
        using SqliteReadingStore record = SqliteReadingStore.Open(folder.Record, StoreAccess.ReadOnly);
        StoreCounts counts = record.Count();
        return new ReturnRun(
            (plan.Backlog + plan.Count!.Value) * plan.Batch * plan.Agents, counts.DistinctReadings,
            counts.Readings - counts.DistinctReadings, accepted, 0, TimeSpan.FromMilliseconds(live), TimeSpan.Zero);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
