using System.Text.Json;
using Monitor.Integration.Tests.Support;

namespace Monitor.Integration.Tests.Imagery;

/// <summary>The program `monitor`, run as a user runs it.</summary>
internal sealed record MonitorProgram(int ExitCode, string Output, string Errors)
{
    internal JsonElement Json => JsonDocument.Parse(Output).RootElement;

    internal static async Task<MonitorProgram> RunAsync(
        IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        using ProgramProcess process = ProgramProcess.Start("monitor", arguments, environment);
        int code = await process.ExitAsync();
        return new MonitorProgram(code, await process.OutputAsync(), process.Errors);
    }
}
