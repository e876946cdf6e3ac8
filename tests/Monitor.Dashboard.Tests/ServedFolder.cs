using System.Diagnostics;
using System.Text.RegularExpressions;
using Monitor.Dashboard.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(DemoService))]
[assembly: AssemblyFixture(typeof(EmptyService))]
[assembly: AssemblyFixture(typeof(UnseenService))]

namespace Monitor.Dashboard.Tests;

/// <summary>The built program as a process of its own, on a fresh folder, until the run is over.</summary>
public abstract partial class ServedFolder(params string[] arguments) : IAsyncLifetime
{
    private static readonly TimeSpan Ceiling = TimeSpan.FromMinutes(5);

    private Process? _program;

    /// <summary>What is served.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("monitor-page-").FullName;

    /// <summary>Where the page is.</summary>
    public string Address { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await PrepareAsync();
        ProcessStartInfo start = Program(arguments);
        var listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        List<string> said = [];
        _program = Process.Start(start)!;
        _program.EnableRaisingEvents = true;
        _program.Exited += (_, _) => listening.TrySetException(
            new InvalidOperationException($"The program ended: {string.Join('\n', said)}"));
        _program.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null) return;
            lock (said) said.Add(line.Data);
            Match at = PageAddress().Match(line.Data);
            if (at.Success) listening.TrySetResult(at.Groups[1].Value);
        };
        _program.BeginErrorReadLine();
        _program.BeginOutputReadLine();
        Address = await listening.Task.WaitAsync(Ceiling);
    }

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
        {
            _program.Kill(entireProcessTree: true);
            await _program.WaitForExitAsync();
            _program.Dispose();
        }
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Puts into the folder what is to be served.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    /// <summary>Runs a verb on the folder, with one line of stdin, to its end, which must be a good one.</summary>
    protected async Task RunAsync(string line, params string[] verb)
    {
        ProcessStartInfo start = Program(verb);
        start.RedirectStandardInput = true;
        using Process program = Process.Start(start)!;
        await program.StandardInput.WriteLineAsync(line);
        program.StandardInput.Close();
        Task<string> said = program.StandardOutput.ReadToEndAsync(), errors = program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync().WaitAsync(Ceiling);
        Assert.True(program.ExitCode == 0, $"{await said}{await errors}");
    }

    private ProcessStartInfo Program(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "monitor.dll"));
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        start.ArgumentList.Add("--data");
        start.ArgumentList.Add(Folder);
        return start;
    }

    [GeneratedRegex(@"(?:page is at|Serving .*:) (http://127\.0\.0\.1:\d+)")]
    private static partial Regex PageAddress();
}

/// <summary><c>monitor demo</c>, kept up.</summary>
public sealed class DemoService() : ServedFolder("demo", "--port", "0");

/// <summary><c>monitor serve</c> on a folder with nothing in it.</summary>
public sealed class EmptyService() : ServedFolder("serve", "--port", "0", "--mqtt-port", "0");

/// <summary><c>monitor serve</c> with the shipped wetland programme and no scene yet.</summary>
public sealed class UnseenService() : ServedFolder("serve", "--port", "0", "--mqtt-port", "0")
{
    protected override Task PrepareAsync()
    {
        const string programme = "wetland-seed-florida.yaml";
        string pipelines = Directory.CreateDirectory(Path.Combine(Folder, "pipelines")).FullName;
        File.Copy(
            Path.Combine(AppContext.BaseDirectory, "pipelines", programme), Path.Combine(pipelines, programme));
        return Task.CompletedTask;
    }
}
