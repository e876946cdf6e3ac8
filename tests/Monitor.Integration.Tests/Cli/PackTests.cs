using System.Diagnostics;
using System.Text.Json;
using Monitor.Integration.Tests.Support;
using Monitor.Storage;
using Xunit;

namespace Monitor.Integration.Tests.Cli;

/// <summary>The archive of <c>./monitor pack</c>, carried to another folder of a machine without a network.</summary>
public sealed class PackTests : IDisposable
{
    // Publishes the program with its runtime: a build of its own, on cores that other tests use.
    private static readonly TimeSpan Ceiling = TimeSpan.FromMinutes(8);
    private readonly TempFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task The_archive_installs_elsewhere_and_runs_the_demonstration_with_the_network_off()
    {
        // A network namespace of its own has no way out but its loopback, which is down until it is told.
        (int offline, _, _) = await RunAsync("unshare", "-rn", "true");
        Assert.SkipUnless(offline == 0, "This machine lets nobody make a network namespace.");
        (int packed, string archive, string packErrors) = await RunAsync("bash", Script(), "pack");
        Assert.True(packed == 0, packErrors);

        (int code, _, string errors) = await RunAsync("tar", "-xzf", archive.Trim(), "-C", _scratch.Root);
        Assert.True(code == 0, errors);
        string unpacked = Assert.Single(Directory.GetDirectories(_scratch.Root));
        string prefix = Path.Combine(_scratch.Root, "opt");
        (code, _, errors) = await RunAsync("bash", Path.Combine(unpacked, "install.sh"), prefix);
        Assert.True(code == 0, errors);
        // The agent alone, as it goes to a small box: without the service's files beside it, and with nothing cut out of it
        // that it needs to keep, sign and send.
        string box = Path.Combine(_scratch.Root, "box");
        (code, _, errors) = await RunAsync("cp", "-a", Path.Combine(prefix, "current", "edge"), box);
        Assert.True(code == 0, errors);
        await AssertSendsAsync(Path.Combine(box, "monitor-edge"));
        // What was unpacked is not needed any more, and nothing leads back to where it was built.
        Directory.Delete(unpacked, recursive: true);
        (code, string summary, errors) = await RunAsync(
            "unshare", "-rn", "sh", "-c", "ip link set lo up && exec \"$0\" demo --once --json --data \"$1\" --port 0",
            Path.Combine(prefix, "current", "bin", "monitor"), Path.Combine(_scratch.Root, "data"));
        Assert.True(code == 0, errors);

        using JsonDocument json = JsonDocument.Parse(summary);
        JsonElement readings = json.RootElement.GetProperty("readings");
        Assert.Equal(readings.GetProperty("published").GetInt64(), readings.GetProperty("stored").GetInt64());
        Assert.True(json.RootElement.GetProperty("ledger").GetProperty("verified").GetBoolean());
        Assert.Equal(7, json.RootElement.GetProperty("notices").GetArrayLength());
    }

    [Fact]
    public async Task A_byte_that_changed_on_the_way_is_found_before_anything_is_installed()
    {
        Directory.CreateDirectory(Path.Combine(_scratch.Root, "unpacked"));
        string folder = Path.Combine(_scratch.Root, "unpacked");
        File.Copy(Path.Combine(Root(), "deploy", "install.sh"), Path.Combine(folder, "install.sh"));
        await File.WriteAllTextAsync(Path.Combine(folder, "VERSION"), "0.0.0\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "SHA256SUMS"), $"{new string('0', 64)}  ./VERSION\n", TestContext.Current.CancellationToken);

        string prefix = Path.Combine(_scratch.Root, "opt");
        (int code, _, string errors) = await RunAsync("bash", Path.Combine(folder, "install.sh"), prefix);

        Assert.Equal(3, code);
        Assert.Contains("damaged", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(prefix));
    }

    private async Task AssertSendsAsync(string agent)
    {
        (ProgramProcess process, int port) =
            await ProgramProcess.ServeAsync(new DataFolder(Path.Combine(_scratch.Root, "service")));
        using ProgramProcess server = process;
        string key = Path.Combine(_scratch.Root, "agent.key"), replay = Path.Combine(_scratch.Root, "replay.csv");
        (int code, _, string errors) = await RunAsync(agent, "keygen", "--out", key);
        Assert.True(code == 0, errors);
        await File.WriteAllTextAsync(replay, "time,measurand,value,status\n2025-01-01T00:00:00+08:00,w21003,0.412,N\n",
            TestContext.Current.CancellationToken);
        (code, string counts, errors) = await RunAsync(
            agent, "run", "--agent", "A-1", "--section", "S-1", "--server", $"127.0.0.1:{port}", "--outbox",
            Path.Combine(_scratch.Root, "outbox.db"), "--replay", replay, "--sign-key", key, "--until-drained");
        Assert.True(code == 0, errors);
        Assert.Contains("\"published\":1,\"acknowledged\":1", counts, StringComparison.Ordinal);
    }

    private static string Root() => Repository.Root?.FullName
        ?? throw new DirectoryNotFoundException("No Monitor.sln above the tests.");

    private static string Script() => Path.Combine(Root(), "monitor");

    private static async Task<(int Code, string Output, string Errors)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        late.CancelAfter(Ceiling);
        Task<string> output = process.StandardOutput.ReadToEndAsync(late.Token);
        Task<string> errors = process.StandardError.ReadToEndAsync(late.Token);
        try
        {
            await process.WaitForExitAsync(late.Token);
            return (process.ExitCode, await output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
