using System.Text.Json;
using Monitor.Integration.Tests.Server;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Cli;

/// <summary>The verbs review, suspend and readings, as a user runs them beside an open store.</summary>
public sealed class ReviewVerbTests : IDisposable
{
    private readonly ReviewedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_review_is_kept_with_its_position_and_shown_beside_the_reading()
    {
        (int code, string output, string error) = await Run(
            "review", "OJ-05/w21003", "--from", "2025-03-01T00:00:00+08:00", "--to", "2025-03-01T04:00:00+08:00",
            "--correct", "0.512", "--reason", "实验室比对", "--key", _folder.Key, "--json");
        Assert.True(code == 0, error);
        using JsonDocument kept = JsonDocument.Parse(output);
        // 18 readings, then the approver's registration.
        Assert.Equal(20, kept.RootElement.GetProperty("position").GetInt64());
        Assert.Equal(1, kept.RootElement.GetProperty("readings").GetInt32());

        (code, output, error) = await Run("readings", "OJ-05", "--measurand", "w21003", "--json");
        Assert.True(code == 0, error);
        string[] counted = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Select(r => $"{r.GetProperty("value").GetString()} {r.GetProperty("counted").GetString()}")];
        Assert.Equal(["0.412 0.512", "<0.025 0.0125", "0.412 "], counted);
    }

    [Fact]
    public async Task A_suspension_is_kept_and_lifted_by_an_approver()
    {
        Assert.Equal(0, (await Run("suspend", "OJ-05", "2025", "--reason", "施工", "--key", _folder.Key)).Code);
        (int code, string output, _) = await Run(
            "suspend", "OJ-05", "2025", "--lift", "--reason", "完工", "--key", _folder.Key, "--json");
        Assert.Equal(0, code);
        using JsonDocument kept = JsonDocument.Parse(output);
        Assert.False(kept.RootElement.GetProperty("suspended").GetBoolean());
        Assert.Equal("示例批准人", kept.RootElement.GetProperty("person").GetString());
    }

    [Theory]
    [InlineData("OJ-05", "2025-03-01T00:00:00Z", "2025-03-02T00:00:00Z", "--accept", "series")]
    [InlineData("OJ-05/w21003", "2025-03-01", "2025-03-02T00:00:00Z", "--accept", "--from")]
    [InlineData("OJ-05/w21003", "2025-03-02T00:00:00Z", "2025-03-01T00:00:00Z", "--accept", "--to")]
    [InlineData("OJ-05/w21003", "2024-03-01T00:00:00Z", "2024-03-02T00:00:00Z", "--accept", "no reading")]
    [InlineData("OJ-05/w21003", "2025-02-28T16:00:00Z", "2025-03-01T00:00:00Z", "--correct=a", "--correct")]
    [InlineData("OJ-05/w21003", "2025-02-28T16:00:00Z", "2025-03-01T00:00:00Z", "--correct=>9", "--correct")]
    [InlineData("OJ-05/w21003", "2025-02-28T16:00:00Z", "2025-03-01T00:00:00Z", "--json", "--reject")]
    public async Task A_review_that_will_not_do_exits_2_and_says_why(
        string series, string from, string to, string verdict, string word)
    {
        (int code, _, string error) = await Run(
            "review", series, "--from", from, "--to", to, verdict, "--reason", "r", "--key", _folder.Key);
        Assert.Equal(2, code);
        Assert.Contains(word, error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(19, _folder.Registry.LastPosition);
    }

    [Theory]
    [InlineData("OJ-77", "2025", "OJ-77")]
    [InlineData("OJ-05", "2025-13", "PERIOD")]
    [InlineData("OJ-05", "2025", "nothing to lift")]
    public async Task A_suspension_that_will_not_do_exits_2_and_says_why(string section, string period, string word)
    {
        (int code, _, string error) = await Run(
            "suspend", section, period, "--lift", "--reason", "r", "--key", _folder.Key);
        Assert.Equal(2, code);
        Assert.Contains(word, error, StringComparison.Ordinal);
        Assert.Equal(19, _folder.Registry.LastPosition);
    }

    [Fact]
    public async Task A_folder_with_programmes_of_its_own_knows_their_sections_and_not_the_shipped_ones()
    {
        Directory.CreateDirectory(_folder.Folder.Pipelines);
        File.Copy(
            Path.Combine(AppContext.BaseDirectory, "pipelines", "families", "dabie.yaml"),
            Path.Combine(_folder.Folder.Pipelines, "dabie.yaml"));
        Assert.Equal(0, (await Run("suspend", "DB-LGZ", "2025", "--reason", "断流", "--key", _folder.Key)).Code);
        Assert.Equal(0, (await Run("readings", "DB-LGZ")).Code);
        (int code, _, string error) = await Run("suspend", "OJ-01", "2025", "--reason", "断流", "--key", _folder.Key);
        Assert.Equal(2, code);
        Assert.Contains("DB-LGZ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readings_of_a_section_that_nobody_knows_and_a_folder_without_a_record_exit_2()
    {
        Assert.Equal(2, (await Run("readings", "OJ-77")).Code);
        (int code, _, string error) = await ProgramProcess.RunAsync("monitor",
            "readings", "OJ-05", "--data", Path.Combine(_folder.Folder.Root, "none"));
        Assert.Equal(2, code);
        Assert.NotEqual("", error);
    }

    private Task<(int Code, string Output, string Error)> Run(params string[] arguments) =>
        ProgramProcess.RunAsync("monitor", [.. arguments, "--data", _folder.Folder.Root]);
}
