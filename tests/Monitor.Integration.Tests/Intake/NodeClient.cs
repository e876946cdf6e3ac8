using System.Diagnostics;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Intake;

/// <summary>npm's <c>mqtt</c>, installed by its lock file into a folder of its own, once for a class of tests.</summary>
public sealed class NodeClient : IAsyncLifetime
{
    private static readonly TimeSpan Ceiling = TimeSpan.FromMinutes(2);
    private readonly TempFolder _folder = new();

    public async ValueTask InitializeAsync()
    {
        string from = Path.Combine(Repository.Root!.FullName, "tests", "Monitor.Integration.Tests", "Clients");
        foreach (string name in new[] { "package.json", "package-lock.json", ".npmrc", "agent.mjs" })
        {
            File.Copy(Path.Combine(from, name), _folder[name]);
        }
        (int code, string output) = await RunAsync("npm", "ci", "--prefer-offline", "--ignore-scripts");
        Assert.True(code == 0, $"npm ci of tests/Monitor.Integration.Tests/Clients: {output}");
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs <c>agent.mjs</c>: its exit code, and all that it said.</summary>
    internal Task<(int Code, string Output)> PublishAsync(params string[] arguments) =>
        RunAsync("node", ["agent.mjs", .. arguments]);

    private async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder.Root, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        using var late = new CancellationTokenSource(Ceiling);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(late.Token);
            Task<string> errors = process.StandardError.ReadToEndAsync(late.Token);
            await process.WaitForExitAsync(late.Token);
            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
