using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Monitor.Storage;
using Xunit;

namespace Monitor.Integration.Tests.Server;

/// <summary>The built program in a process of its own; ended with the test, whatever happens.</summary>
internal sealed partial class MonitorProcess : IDisposable
{
    private static readonly TimeSpan Ceiling = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource _serving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<string> _output;

    private MonitorProcess(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                _serving.TrySetException(new InvalidOperationException($"It ended instead of serving: {Errors}"));
                return;
            }
            lock (_errors) _errors.AppendLine(line.Data);
            if (line.Data.StartsWith("Serving ", StringComparison.Ordinal)) _serving.TrySetResult();
        };
        process.BeginErrorReadLine();
        _output = process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>What it wrote to stderr so far.</summary>
    public string Errors
    {
        get { lock (_errors) return _errors.ToString(); }
    }

    /// <summary>Starts a verb.</summary>
    public static MonitorProcess Start(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "monitor.dll"));
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        return new MonitorProcess(Process.Start(start)!);
    }

    /// <summary>Starts the service on free ports and waits until it listens.</summary>
    /// <returns>The process and its MQTT port, as endpoints.json names it.</returns>
    public static async Task<(MonitorProcess Process, int MqttPort)> ServeAsync(
        DataFolder folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        MonitorProcess process = Start(environment ?? new Dictionary<string, string>(),
            "serve", "--data", folder.Root, "--port", "0", "--mqtt-port", "0");
        try
        {
            await process._serving.Task.WaitAsync(Ceiling, TestContext.Current.CancellationToken);
            string endpoints = await File.ReadAllTextAsync(folder.Endpoints, TestContext.Current.CancellationToken);
            using var json = System.Text.Json.JsonDocument.Parse(endpoints);
            return (process, json.RootElement.GetProperty("mqtt").GetInt32());
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Waits for the end.</summary>
    public async Task<(int Code, string Output)> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Ceiling);
        return (_process.ExitCode, await _output);
    }

    /// <summary>SIGKILL: nothing can be tidied up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await EndAsync();
    }

    /// <summary>SIGTERM, as a service manager stops it.</summary>
    public void Terminate() => Assert.Equal(0, Kill(_process.Id, 15));

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
