using System.Diagnostics;
using System.Text.Json;

namespace Monitor.Integration.Tests.Imagery;

/// <summary>The program `monitor`, run as a user runs it.</summary>
internal sealed record MonitorProgram(int ExitCode, string Output, string Errors)
{
    internal JsonElement Json => JsonDocument.Parse(Output).RootElement;

    internal static async Task<MonitorProgram> RunAsync(
        IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "monitor.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["exec", program, .. arguments]) start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        using var ceiling = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        Task<string> output = process.StandardOutput.ReadToEndAsync(ceiling.Token);
        Task<string> errors = process.StandardError.ReadToEndAsync(ceiling.Token);
        await process.WaitForExitAsync(ceiling.Token);
        return new MonitorProgram(process.ExitCode, await output, await errors);
    }
}
