using System.Net;
using System.Net.Sockets;

namespace Monitor.Integration.Tests.Faults;

/// <summary>
/// A real service and real agents, killed as planned while readings are on the way; then drained, ended and counted.
/// </summary>
internal static class FaultRun
{
    /// <summary>Runs a plan in a folder of its own.</summary>
    /// <returns>What was counted, and every death by its fault.</returns>
    internal static async Task<(FaultTally Tally, IReadOnlyList<string> Deaths)> RunAsync(
        FaultPlan plan, CancellationToken stop)
    {
        DirectoryInfo root = Directory.CreateTempSubdirectory("monitor-faults-");
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            var field = new FaultField(root.FullName, FreePort());
            FaultAgent[] agents =
                [.. Enumerable.Range(0, FaultPlan.AgentCount).Select(number => new FaultAgent(field, number, plan))];
            var server = new FaultServer(field, plan);
            Task drained = Task.WhenAll(agents.Select(agent => GuardedAsync(agent.RunAsync(either.Token))));
            await Task.WhenAll(drained, GuardedAsync(server.RunAsync(drained, either.Token)));
            return (FaultTally.Of(field.Data, agents), [.. server.Deaths, .. agents.SelectMany(a => a.Deaths)]);
        }
        finally
        {
            root.Delete(recursive: true);
        }

        // Where one fails the others would wait for it in vain.
        async Task GuardedAsync(Task running)
        {
            try
            {
                await running;
            }
            catch
            {
                await either.CancelAsync();
                throw;
            }
        }
    }

    // Below the ports that connections get by themselves: while the server is dead nobody may take its port, not even
    // an
    // agent's own attempt to reach it.
    internal static int FreePort()
    {
        for (int attempt = 1; ; attempt++)
        {
            int port = Random.Shared.Next(15_000, 32_000);
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException) when (attempt < 3)
            {
                continue;
            }
        }
    }
}
