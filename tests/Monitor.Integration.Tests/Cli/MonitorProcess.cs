using System.Diagnostics;

namespace Monitor.Integration.Tests.Cli;

/// <summary>Runs the built program, as a user does, and waits for its end.</summary>
internal static class MonitorProcess
{
    private static readonly TimeSpan Ceiling = TimeSpan.FromSeconds(60);

    public static async Task<(int Code, string Output, string Error)> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "monitor.dll"));
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        using var ceiling = new CancellationTokenSource(Ceiling);
        Task<string> output = process.StandardOutput.ReadToEndAsync(ceiling.Token);
        Task<string> error = process.StandardError.ReadToEndAsync(ceiling.Token);
        try
        {
            await process.WaitForExitAsync(ceiling.Token);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
