using System.Text.Json;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Influx;

/// <summary>The verb as a program, beside a running service and alone.</summary>
public sealed class InfluxVerbTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_service_leaves_a_projection_that_the_next_one_and_the_verb_make_whole()
    {
        using TimeSeriesServer server = await TimeSeriesServer.InfluxAsync();
        using var record = new ProjectedRecord();
        record.AppendHourly("S-03", 300);
        string config = Path.Combine(record.Folder.Root, "serve.json");
        await File.WriteAllTextAsync(config, $$"""
            {"data":".","port":0,"mqttPort":0,"influx":{"url":"{{server.Url}}","version":1,"bucket":"monitor"} }
            """, Stop);
        using (ProgramProcess service = ProgramProcess.Start("monitor", ["serve", "--config", config],
            [("MONITOR_TEST", "1"), ("MONITOR_TEST_DIE_AT", "projected-before-cursor")]))
        {
            Assert.Equal(128 + 9, await service.ExitAsync());
        }
        Assert.False(File.Exists(record.Folder.Projection));

        (int code, string output, string errors) =
            await ProgramProcess.RunAsync("monitor", "influx", "verify", "--config", config, "--json");
        Assert.True(code == 0, errors + output);
        // Nothing counts as projected: what the killed one wrote is beyond that, and is passed over.
        Assert.Equal((0, 300), Figures(output, "position", "behind"));

        (code, output, errors) = await ProgramProcess.RunAsync("monitor", "influx", "rebuild", "--config", config, "--json");
        Assert.True(code == 0, errors);
        Assert.Equal((300, 300), Figures(output, "position", "written"));
        (code, output, _) = await ProgramProcess.RunAsync("monitor", "influx", "verify", "--config", config, "--json");
        Assert.Equal((0, 300), (code, Figures(output, "points", "points").First));

        await server.AskAsync("DELETE FROM readings WHERE time < '2025-01-01T10:00:00Z'");
        (code, output, _) = await ProgramProcess.RunAsync("monitor", "influx", "verify", "--config", config);
        Assert.Equal(1, code);
        Assert.Contains("differs    S-03 2025-01-01: 24 in the record, 14 in InfluxDB", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", 2, "It has no key 'influx'")]
    [InlineData("""{"influx":{"url":"here","bucket":"b"}}""", 2, "'here' is no address of a server")]
    [InlineData("""{"influx":{"url":"http://127.0.0.1:1"}}""", 2, "No bucket is named")]
    [InlineData("""{"influx":{"url":"http://127.0.0.1:1","bucket":"b","user":"x"}}""", 2, "only another version has")]
    [InlineData("""{"influx":{"url":"http://127.0.0.1:1","bucket":"b","tokenFile":"none"}}""", 2, "The token cannot be read")]
    [InlineData("""{"influx":{"url":"http://127.0.0.1:1","bucket":"b","colour":"blue"}}""", 2, "influx with url, version")]
    [InlineData("""{"influx":{"url":"http://127.0.0.1:1","bucket":"b"}}""", 3, "cannot be asked")]
    public async Task What_is_wrong_is_named_with_a_remedy(string settings, int expected, string named)
    {
        using var record = new ProjectedRecord();
        record.AppendHourly("S-03", 1);
        string config = Path.Combine(record.Folder.Root, "serve.json");
        await File.WriteAllTextAsync(config, settings, Stop);

        (int code, string output, string errors) =
            await ProgramProcess.RunAsync("monitor", "influx", "verify", "--config", config, "--data", record.Folder.Root);

        Assert.Equal((expected, ""), (code, output));
        Assert.Contains(named, errors, StringComparison.Ordinal);
    }

    private static (int First, int Second) Figures(string output, string first, string second)
    {
        using JsonDocument json = JsonDocument.Parse(output);
        return (json.RootElement.GetProperty(first).GetInt32(), json.RootElement.GetProperty(second).GetInt32());
    }
}
