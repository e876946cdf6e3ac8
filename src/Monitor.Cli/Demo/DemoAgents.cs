using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Monitor.Domain;

namespace Monitor.Cli.Demo;

/// <summary>What an agent says when it has sent everything.</summary>
/// <param name="Published">Readings that it put into its outbox.</param>
/// <param name="Acknowledged">Readings that the server acknowledged.</param>
/// <param name="Parked">Readings that the server refused for good.</param>
internal sealed record AgentReport(long Published, long Acknowledged, long Parked);

/// <summary>Runs real agents: <c>monitor-edge</c> as processes of their own, each with its outbox and its replay file.</summary>
internal static class DemoAgents
{
    /// <summary>Starts an agent, and waits until all it has is acknowledged.</summary>
    /// <param name="agent">Agent id.</param>
    /// <param name="section">Section id.</param>
    /// <param name="mqttPort">The intake's port on this machine.</param>
    /// <param name="outbox">Its outbox.</param>
    /// <param name="replay">What it replays.</param>
    /// <param name="statistic">Wire name of what the values stand for.</param>
    /// <param name="config">A configuration that names its devices; null for none.</param>
    /// <param name="cancellation">Ends the agent too.</param>
    /// <exception cref="StoreUnavailableException">The agent ended without having sent everything.</exception>
    internal static async Task<AgentReport> RunAsync(
        string agent, string section, int mqttPort, string outbox, string replay, string statistic,
        string? config, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(ProgramFile)
        {
            // Its end is the agent's sign that this program is gone, killed or not.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "run", "--agent", agent, "--section", section,
                "--server", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{mqttPort}"),
                "--outbox", outbox, "--replay", replay, "--statistic", statistic, "--until-drained", "--end-with-stdin",
            },
        };
        if (config is not null)
        {
            start.ArgumentList.Add("--config");
            start.ArgumentList.Add(config);
        }
        using Process process = Process.Start(start)
            ?? throw new StoreUnavailableException($"{ProgramFile} does not start.");
        await using CancellationTokenRegistration ending = cancellation.Register(() => process.Kill());
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string output = await process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
        {
            throw new StoreUnavailableException($"Agent {agent} ended with code {process.ExitCode}: {await errors}");
        }
        using JsonDocument json = JsonDocument.Parse(output);
        long Count(string key) => json.RootElement.GetProperty(key).GetInt64();
        return new AgentReport(Count("published"), Count("acknowledged"), Count("parked"));
    }

    // Beside this program, where the build puts both.
    private static string ProgramFile => Path.Combine(
        AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "monitor-edge.exe" : "monitor-edge");
}
