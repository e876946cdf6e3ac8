using System.Text.Json;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Server;

/// <summary><c>serve --config FILE</c>, as the built program takes it.</summary>
public sealed class ServeSettingsTests : IDisposable
{
    private readonly TempFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task The_settings_file_names_folder_and_ports_and_its_paths_are_its_own()
    {
        string file = Write(
            """
            {
              // relative to this file, wherever the service is started
              "data": "bureau",
              "port": 0, "mqttPort": 0,
            }
            """);
        using ProgramProcess process = ProgramProcess.Start(
            "monitor", ["serve", "--config", file], awaitedLine: "Serving ", folder: "/");
        Assert.True(await process.IsUpAsync(), process.Errors);

        string endpoints = await File.ReadAllTextAsync(
            Path.Combine(_scratch.Root, "bureau", "endpoints.json"), TestContext.Current.CancellationToken);
        using JsonDocument ports = JsonDocument.Parse(endpoints);
        Assert.True(ports.RootElement.GetProperty("http").GetInt32() > 0);
        process.Terminate();
        Assert.Equal(0, (await process.EndAsync()).Code);
    }

    [Fact]
    public async Task What_the_command_line_says_wins_over_the_file()
    {
        string file = Write("""{"data": "of-the-file", "port": 0, "mqttPort": 0}""");
        string other = Path.Combine(_scratch.Root, "of-the-line");
        using ProgramProcess process = ProgramProcess.Start(
            "monitor", ["serve", "--config", file, "--data", other], awaitedLine: "Serving ");
        Assert.True(await process.IsUpAsync(), process.Errors);

        Assert.True(File.Exists(Path.Combine(other, "record.db")));
        Assert.False(Directory.Exists(Path.Combine(_scratch.Root, "of-the-file")));
        process.Terminate();
        Assert.Equal(0, (await process.EndAsync()).Code);
    }

    [Theory]
    [InlineData("{\"prot\": 80}", "prot")]
    [InlineData("{\"port\": \"80\"}", "port")]
    [InlineData("{\"port\": 1, \"port\": 2}", "port")]
    [InlineData("{\"port\": 70000}", "port")]
    [InlineData("{\n\"data\": \"\"}", "data")]
    [InlineData("null", "null")]
    [InlineData("", "")]
    public async Task A_fault_in_the_file_ends_with_2_and_names_what_is_wrong(string text, string named)
    {
        (int code, string output, string errors) = await ProgramProcess.RunAsync("monitor", "serve", "--config", Write(text));

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(named, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_ends_with_2()
    {
        (int code, _, string errors) = await ProgramProcess.RunAsync(
            "monitor", "serve", "--config", Path.Combine(_scratch.Root, "none.json"));

        Assert.Equal(2, code);
        Assert.Contains("none.json", errors, StringComparison.Ordinal);
    }

    private string Write(string text)
    {
        string file = Path.Combine(_scratch.Root, "service.json");
        File.WriteAllText(file, text);
        return file;
    }
}
