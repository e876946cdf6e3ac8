using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Monitor.Storage;
using Xunit;

namespace Monitor.Integration.Tests.Support;

/// <summary>
/// A built program, <c>monitor</c> or <c>monitor-edge</c>, as a process that leads a group of its own: whatever it
/// starts
/// ends with it, also when it was killed and could not see to that itself.
/// </summary>
internal sealed partial class ProgramProcess : IDisposable
{
    /// <summary>Longest wait for any event.</summary>
    internal static readonly TimeSpan Ceiling = TimeSpan.FromSeconds(60);

    private const int SigKill = 9, SigTerm = 15;
    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<bool> _awaited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<string> _output;

    private ProgramProcess(Process process, string awaitedLine)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                _awaited.TrySetResult(false);
                return;
            }
            lock (_errors) _errors.AppendLine(line.Data);
            if (awaitedLine.Length > 0 && line.Data.StartsWith(awaitedLine, StringComparison.Ordinal))
            {
                _awaited.TrySetResult(true);
            }
        };
        process.BeginErrorReadLine();
        _output = process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>What it wrote to stderr so far.</summary>
    internal string Errors
    {
        get { lock (_errors) return _errors.ToString(); }
    }

    /// <summary>Its id, also that of its group.</summary>
    internal int Id => _process.Id;

    /// <summary>Starts a program of the build that the tests belong to.</summary>
    /// <param name="program"><c>monitor</c> or <c>monitor-edge</c>.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables on top of the tests' own.</param>
    /// <param name="awaitedLine">How the line on stderr begins that <see cref="IsUpAsync"/> waits for.</param>
    /// <param name="folder">Where it works; where the tests do when left out.</param>
    /// <param name="isFed">Whether its stdin is written to; else it has that of the tests.</param>
    internal static ProgramProcess Start(
        string program, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)>? environment = null,
        string awaitedLine = "", string folder = "", bool isFed = false)
    {
        // setsid becomes the program, under the same id, as the leader of a new group.
        var start = new ProcessStartInfo("setsid")
        {
            RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = isFed,
            WorkingDirectory = folder,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, program));
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment ?? []) start.Environment[name] = value;
        return new ProgramProcess(Process.Start(start)!, awaitedLine);
    }

    /// <summary>Runs a program to its end, with lines to read on stdin.</summary>
    internal static async Task<(int Code, string Output, string Errors)> RunWithAsync(
        string program, string[] lines, params string[] arguments)
    {
        using ProgramProcess process = Start(program, arguments, isFed: true);
        foreach (string line in lines) await process._process.StandardInput.WriteLineAsync(line);
        process._process.StandardInput.Close();
        int code = await process.ExitAsync();
        return (code, await process.OutputAsync(), process.Errors);
    }

    /// <summary>Runs a program to its end.</summary>
    internal static async Task<(int Code, string Output, string Errors)> RunAsync(
        string program, params string[] arguments)
    {
        using ProgramProcess process = Start(program, arguments);
        int code = await process.ExitAsync();
        return (code, await process.OutputAsync(), process.Errors);
    }

    /// <summary>Starts the service on free ports and waits until it listens.</summary>
    /// <returns>The process and its MQTT port, as endpoints.json names it.</returns>
    internal static async Task<(ProgramProcess Process, int MqttPort)> ServeAsync(
        DataFolder folder, params (string Name, string Value)[] environment)
    {
        ProgramProcess process = Start("monitor", ["serve", "--data", folder.Root, "--port", "0", "--mqtt-port", "0"],
            environment, "Serving ");
        try
        {
            Assert.True(await process.IsUpAsync(), process.Errors);
            string endpoints = await File.ReadAllTextAsync(folder.Endpoints, TestContext.Current.CancellationToken);
            using var json = JsonDocument.Parse(endpoints);
            return (process, json.RootElement.GetProperty("mqtt").GetInt32());
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Waits for the awaited line; false where the program ended instead.</summary>
    internal Task<bool> IsUpAsync() => _awaited.Task.WaitAsync(Ceiling, TestContext.Current.CancellationToken);

    /// <summary>Waits for the end: the exit code, 128 + the signal where one ended it.</summary>
    internal async Task<int> ExitAsync()
    {
        try
        {
            await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Ceiling);
            return _process.ExitCode;
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{_process.StartInfo.ArgumentList[0]} does not end: {Errors}", e);
        }
    }

    /// <summary>The most memory that it has held since it began: resident, in bytes.</summary>
    internal long PeakBytes
    {
        get
        {
            string line = File.ReadLines($"/proc/{_process.Id}/status")
                .Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
                System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The end, however late it is: for a program whose time another wait bounds.</summary>
    internal Task EndedAsync(CancellationToken stop) => _process.WaitForExitAsync(stop);

    /// <summary>Waits for the end: the exit code and all of stdout.</summary>
    internal async Task<(int Code, string Output)> EndAsync() => (await ExitAsync(), await OutputAsync());

    /// <summary>All of stdout, once it has ended.</summary>
    internal Task<string> OutputAsync() => _output.WaitAsync(Ceiling);

    /// <summary>SIGKILL to the whole group: nothing can be tidied up.</summary>
    internal void Kill() => Signal(-_process.Id, SigKill);

    /// <summary>SIGKILL, and waits for the end.</summary>
    internal async Task KillAsync()
    {
        Kill();
        await ExitAsync();
    }

    /// <summary>SIGTERM to the program, as a service manager stops it.</summary>
    internal void Terminate() => Signal(_process.Id, SigTerm);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The group outlives its leader where the leader was killed.
        Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static void Signal(int target, int signal)
    {
        const int noSuchProcess = 3;
        if (Send(target, signal) == 0 || Marshal.GetLastPInvokeError() == noSuchProcess) return;
        throw new InvalidOperationException($"kill({target}, {signal}): errno {Marshal.GetLastPInvokeError()}");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int process, int signal);
}
