using System.Diagnostics;

namespace Monitor.Integration.Tests.Edge;

/// <summary>The program monitor-edge as a process, with what it printed.</summary>
internal sealed class EdgeProcess : IDisposable
{
    private readonly Process process;

    internal EdgeProcess(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "monitor-edge"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process = Process.Start(start) ?? throw new InvalidOperationException("monitor-edge does not start");
        Output = process.StandardOutput.ReadToEndAsync();
        Errors = process.StandardError.ReadToEndAsync();
    }

    internal Task<string> Output { get; }

    internal Task<string> Errors { get; }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    internal void Kill() => process.Kill();

    /// <summary>SIGTERM.</summary>
    internal void Terminate()
    {
        using var kill = Process.Start("/bin/kill", ["-TERM", $"{process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>The exit code.</summary>
    internal async Task<int> ExitAsync(CancellationToken stop)
    {
        using var ceiling = CancellationTokenSource.CreateLinkedTokenSource(stop);
        ceiling.CancelAfter(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(ceiling.Token);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }
}
