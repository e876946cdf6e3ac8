using Monitor.Integration.Tests.Jobs;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Cli;

/// <summary>Years side by side as a process: section OJ-01 at 0.8 of its baseline, by rounds three and two.</summary>
public sealed class CompareVerbTests : IDisposable
{
    private static readonly string Pipelines = Path.Combine(AppContext.BaseDirectory, "pipelines");

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Each_section_has_a_line_and_the_basin_one_and_all_are_what_ifs()
    {
        string csv = folder.Write("readings.csv", new JobYear(JobYear.Programme(1)).ToCsv());
        (int code, string output, _) = await ProgramProcess.RunAsync(
            "monitor", "compare", Path.Combine(Pipelines, "ou-river.yaml"),
            Path.Combine(Pipelines, "families", "ou-river-2021.yaml"), "--readings", csv, "--years", "2025", "--json");
        Assert.Equal(0, code);
        string[] lines = output.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.DoesNotContain("\"whatIf\":false", output, StringComparison.Ordinal);
        Assert.Contains("\"amount\":\"8000000\"", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"against\":{\"version\":\"2024-demo.1\",\"whatIf\":true,", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"outcome\":\"changed\"", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("{\"basin\":\"ou-river\"", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"downstreamPays\":\"5000000\"", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("families/dabie.yaml", "2025", "data.statistic")]
    [InlineData("ou-river.yaml", "2025", "is named twice")]
    [InlineData("families/ou-river-2021.yaml", "2025-03", "is no year")]
    public async Task What_cannot_be_held_together_is_refused_with_a_remedy(string other, string years, string said)
    {
        string csv = folder.Write("readings.csv", "section,measurand,time,value,status\n");
        (int code, _, string errors) = await ProgramProcess.RunAsync(
            "monitor", "compare", Path.Combine(Pipelines, "ou-river.yaml"), Path.Combine(Pipelines, other),
            "--readings", csv, "--years", years);
        Assert.Equal(2, code);
        Assert.Contains(said, errors, StringComparison.Ordinal);
    }
}
