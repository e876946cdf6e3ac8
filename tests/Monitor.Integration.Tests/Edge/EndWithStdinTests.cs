using System.Diagnostics;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Edge;

/// <summary>An agent must not outlive the program that started it, even one that was killed.</summary>
public sealed class EndWithStdinTests : IDisposable
{
    private static readonly TimeSpan Ceiling = TimeSpan.FromSeconds(60);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_agent_ends_when_its_standard_input_does_and_leaves_its_outbox_free()
    {
        File.WriteAllText(_folder.File("r.csv"), "time,measurand,value,status\n2025-01-01T00:00:00+08:00,w21003,0.4,N\n");
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "monitor-edge"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // A port that nobody answers at: the agent would try for ever.
            ArgumentList =
            {
                "run", "--agent", "A1", "--section", "S1", "--server", "127.0.0.1:1", "--outbox", _folder.File("o.db"),
                "--replay", _folder.File("r.csv"), "--until-drained", "--end-with-stdin",
            },
        };
        using Process agent = Process.Start(start)!;
        Task<string> errors = agent.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        agent.StandardInput.Close();
        await agent.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(
            Ceiling, TestContext.Current.CancellationToken);
        Assert.Contains("stopped before all was sent", await errors, StringComparison.Ordinal);
        Assert.Equal(3, agent.ExitCode);
        (int code, string output, _) = await ProgramProcess.RunAsync(
            "monitor-edge", "status", "--outbox", _folder.File("o.db"), "--json");
        Assert.Equal(0, code);
        Assert.Contains("\"acknowledged\":0", output, StringComparison.Ordinal);
    }
}
