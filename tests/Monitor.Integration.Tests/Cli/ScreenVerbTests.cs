using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Cli;

public sealed class ScreenVerbTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Each_value_is_one_line_with_the_tests_that_were_run()
    {
        string file = folder.Write("series.csv", """
            time,value,by
            2025-01-01T08:00:00+08:00,10,x
            2025-01-01T00:15:00Z,12,x
            2025-01-01T00:30:00Z,999.99,x
            2025-01-01T00:45:00Z,--,x
            2025-01-01T01:00:00Z,13,x

            """);
        string limits = folder.Write("limits.yaml", "spike: {suspect: 25, fail: 50}\ngross_range: {fail: [0, 1000]}\n");
        string[] arguments = ["screen", file, "--limits", limits, "--json"];
        (int code, string output, string error) = await ProgramProcess.RunAsync("monitor", arguments);
        Assert.Equal((0, ""), (code, error));
        Assert.Equal("""
            {"row":1,"flag":1,"tests":{"gross_range":1,"spike":2}}
            {"row":2,"flag":4,"tests":{"gross_range":1,"spike":4}}
            {"row":3,"flag":1,"tests":{"gross_range":1,"spike":2}}
            {"row":4,"flag":9,"tests":{"gross_range":9,"spike":9}}
            {"row":5,"flag":1,"tests":{"gross_range":1,"spike":2}}

            """, output);
        (_, string table, _) = await ProgramProcess.RunAsync("monitor", "screen", file, "--limits", limits);
        Assert.Contains("9 missing 1", table, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("time,value\n2025-01-01T00:00:00Z,high\n", "spike: {suspect: 1}", "series.csv:2, value")]
    [InlineData("time,value\nyesterday,1\n", "spike: {suspect: 1}", "series.csv:2, time")]
    [InlineData("time,value\n2025-01-02T00:00Z,1\n2025-01-01T00:00Z,1\n", "spike: {suspect: 1}", "series.csv:3, time")]
    [InlineData("time,level\n2025-01-01T00:00:00Z,1\n", "spike: {suspect: 1}", "series.csv:1, value")]
    [InlineData("time,value\n2025-01-01T00:00:00Z,1\n", "gap: {}\nspikes: {}", "limits.yaml:2, spikes")]
    [InlineData("time,value\n2025-01-01T00:00:00Z,1\n", "spike: {", "limits.yaml:1")]
    public async Task Bad_input_is_exit_2_with_its_place(string rows, string limitsText, string place)
    {
        string file = folder.Write("series.csv", rows), limits = folder.Write("limits.yaml", limitsText);
        string[] arguments = ["screen", file, "--limits", limits, "--json"];
        (int code, string output, string error) = await ProgramProcess.RunAsync("monitor", arguments);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(place, error, StringComparison.Ordinal);
    }
}
