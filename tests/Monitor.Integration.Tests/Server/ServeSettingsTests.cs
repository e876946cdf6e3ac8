using System.Text.Json;
using Monitor.Integration.Tests.Intake;
using Monitor.Integration.Tests.Support;
using Monitor.Storage;
using Monitor.Storage.Sqlite;
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

    [Fact]
    public async Task An_agent_from_elsewhere_comes_through_the_TLS_door_with_the_configuration_that_was_written_for_it()
    {
        using var authority = new Authority(_scratch, "bureau");
        (string certificate, string key) = authority.Issue("127.0.0.1", forServer: true);
        string file = Write($$"""
            {
              "data": "bureau", "port": 0, "mqttPort": 0, "unregisteredAgents": "refused",
              "tls": { "certificate": "{{Path.GetFileName(certificate)}}", "key": "{{key}}", "address": "127.0.0.1", "port": 0 }
            }
            """);
        using ProgramProcess service = ProgramProcess.Start("monitor", ["serve", "--config", file], awaitedLine: "Serving ");
        Assert.True(await service.IsUpAsync(), service.Errors);
        Assert.Contains("mqtts 127.0.0.1:", service.Errors, StringComparison.Ordinal);

        string data = Path.Combine(_scratch.Root, "bureau");
        (int code, _, string errors) = await ProgramProcess.RunAsync(
            "monitor", "agent", "add", "A-1", "--section", "S-1", "--ca", authority.File, "--data", data);
        Assert.True(code == 0, errors);
        string table = _scratch.Write("day.csv", """
            time,measurand,value,status
            2025-03-01T00:00:00+08:00,w21003,0.412,N
            2025-03-01T04:00:00+08:00,w21003,0.405,N

            """);
        (code, string output, errors) = await ProgramProcess.RunAsync(
            "monitor-edge", "run", "--config", Path.Combine(data, "agents", "A-1.json"), "--replay", table, "--until-drained");
        Assert.True(code == 0, output + errors);

        using (SqliteReadingStore record = SqliteReadingStore.Open(new DataFolder(data).Record, StoreAccess.ReadOnly))
        {
            Assert.Equal(2, record.Count("S-1").Readings);
        }
        service.Terminate();
        Assert.Equal(0, (await service.EndAsync()).Code);
    }

    [Theory]
    [InlineData("{\"tls\": {\"key\": \"k.pem\"}}", "tls.certificate")]
    [InlineData("{\"tls\": {\"certificate\": \"c.pem\", \"key\": \"k.pem\"}}", "c.pem")]
    [InlineData("{\"tls\": {\"certificate\": \"c.pem\", \"key\": \"k.pem\", \"address\": \"here\"}}", "tls.address")]
    [InlineData("{\"tls\": {\"certificate\": \"c.pem\", \"key\": \"k.pem\", \"port\": 70000}}", "tls.port")]
    [InlineData("{\"unregisteredAgents\": \"all\"}", "unregisteredAgents")]
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
