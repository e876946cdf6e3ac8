using System.Text.Json;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Server;

/// <summary><c>bank survey</c> and what <c>bank file</c> and <c>bank show</c> say of a year, as the operator sees them.</summary>
public sealed class BankSurveyVerbTests : IDisposable
{
    private const string Header = "measure,value,unit,plots\n";
    private readonly TempFolder scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task A_survey_is_judged_at_once_and_shown_with_what_the_year_still_lacks()
    {
        await Run("user", "add", "方", "--role", "sponsor", "--new-key", Key);
        string good = scratch.Write(
            "good.csv",
            Header + "native-cover,84.5,%,12\ninvasive-cover,4.9,%,12\nspecies-count,7,species,12\nstems,210,1/acre,12\n");
        string few = scratch.Write("few.json", """
            {"figures":[{"measure":"native-cover","value":"84.5","unit":"%","plots":3}]}
            """);
        (int code, string output) = await Survey(few);
        Assert.Equal(1, code);
        Assert.Contains("inconclusive", output, StringComparison.Ordinal);
        (code, output) = await Survey(good, "--json");
        Assert.Equal(0, code);
        using (JsonDocument json = JsonDocument.Parse(output))
        {
            Assert.Equal("pass", json.RootElement.GetProperty("outcome").GetString());
            Assert.Equal(["84.5", "4.9", "7"], json.RootElement.GetProperty("rows").EnumerateArray().Select(
                r => r.GetProperty("value").GetString()));
            Assert.Equal("stems", Assert.Single(json.RootElement.GetProperty("others").EnumerateArray())
                .GetProperty("measure").GetString());
        }
        (code, output) = await Run("bank", "file", "jiulong", "year-1", "--document", good, "--key", Key);
        Assert.Equal(0, code);
        Assert.Contains("nothing is proposed yet", output, StringComparison.Ordinal);
        using JsonDocument shown = JsonDocument.Parse((await Run("bank", "show", "jiulong", "--json")).Output);
        Assert.Equal(
            ["year-1 inconclusive hydrology", "year-1.survey pass "],
            shown.RootElement.GetProperty("judged").EnumerateArray().Select(j =>
                $"{j.GetProperty("milestone").GetString()} {j.GetProperty("outcome").GetString()} "
                + string.Join(',', j.GetProperty("missing").EnumerateArray().Select(m => m.GetString()))));
        Assert.Equal(0, (await Run("ledger", "verify")).Code);
    }

    [Theory]
    [InlineData("native-cover,many,%,12", "2, value: 'many' is not a number.")]
    [InlineData("native-cover,80,%,some", "2, plots: 'some' is no count of plots.")]
    [InlineData("native cover,80,%,12", "2, measure: 'native cover' is no measure.")]
    [InlineData("native-cover,80,,12", "2, unit: The unit is empty.")]
    public async Task A_figure_that_is_none_ends_with_2_and_names_its_line(string row, string fault)
    {
        await Run("user", "add", "方", "--role", "sponsor", "--new-key", Key);
        (int code, string output) = await Survey(scratch.Write("bad.csv", Header + row + "\n"));
        Assert.Equal(2, code);
        Assert.Contains(fault, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "figures.json:1: it is no JSON. Write ")]
    [InlineData("{\"figures\":[{\"measure\":1}]}", "a figure is of another shape. Write ")]
    public async Task Figures_in_json_that_cannot_be_read_end_with_2_and_say_how_to_write_them(string text, string fault)
    {
        await Run("user", "add", "方", "--role", "sponsor", "--new-key", Key);
        (int code, string output) = await Survey(scratch.Write("figures.json", text));
        Assert.Equal(2, code);
        Assert.Contains(fault, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_milestone_that_is_not_there_ends_with_2_and_names_those_that_are()
    {
        await Run("user", "add", "方", "--role", "sponsor", "--new-key", Key);
        string figures = scratch.Write("figures.csv", Header + "native-cover,84.5,%,12\n");
        (int code, string output) = await Run(
            "bank", "survey", "jiulong", "year-9", "--figures", figures, "--document", figures, "--day", "2025-09-01",
            "--key", Key);
        Assert.Equal(2, code);
        Assert.Contains("year-1.hydrology, year-1.survey", output, StringComparison.Ordinal);
    }

    private string Key => scratch.File("s.pem");

    private Task<(int Code, string Output)> Survey(string figures, params string[] more) => Run(
        ["bank", "survey", "jiulong", "year-1.survey", "--figures", figures, "--document", figures, "--day", "2025-09-01",
            "--key", Key, .. more]);

    private async Task<(int Code, string Output)> Run(params string[] arguments)
    {
        (int code, string output, string errors) =
            await ProgramProcess.RunAsync("monitor", [.. arguments, "--data", scratch["data"]]);
        return (code, code == 0 ? output : output + errors);
    }
}
