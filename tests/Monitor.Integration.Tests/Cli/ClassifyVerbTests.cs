using System.Text.Json;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Cli;

public sealed class ClassifyVerbTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Each_row_is_one_line_of_JSON()
    {
        string file = folder.Write("rows.csv", """
            section,w01001,w01009,w01019,w21003,w21011,w21001
            A,7,8,1.5,0.1,0.02,99
            B,7,5,6.0000001,1.25,0.3,x
            ,--,, -- ,,,
            D,7,8,4E-05,0.15,0.4,1
            E,9.01,8,2,0.1,0.5,1

            """);
        (int code, string output, string error) = await ProgramProcess.RunAsync("monitor", "classify", file, "--json");
        Assert.Equal("", error);
        Assert.Equal(0, code);
        Assert.Equal("""
            {"row":1,"class":"I","worst":["w01001","w01009","w01019","w21003","w21011"],"exceeds":{}}
            {"row":2,"class":"IV","worst":["w01019","w21003","w21011"],"exceeds":§}
            {"row":3,"class":null,"worst":[],"exceeds":{}}
            {"row":4,"class":"V","worst":["w21011"],"exceeds":{"w21011":"1"}}
            {"row":5,"class":"inferior-V","worst":["w01001","w21011"],"exceeds":{"w21011":"1.5"}}

            """.Replace("§", """{"w01019":"0","w21003":"0.25","w21011":"0.5"}""", StringComparison.Ordinal), output);
    }

    [Fact]
    public async Task A_lake_is_judged_by_its_own_limits_and_a_table_is_for_people()
    {
        string file = folder.Write("rows.csv", "w21011\n0.06\n");
        (_, string river, _) = await ProgramProcess.RunAsync("monitor", "classify", file);
        (_, string lake, _) = await ProgramProcess.RunAsync("monitor", "classify", file, "--water", "lake");
        Assert.Contains("Ⅱ类 1", river, StringComparison.Ordinal);
        Assert.Contains("Ⅳ类 1", lake, StringComparison.Ordinal);
        Assert.Contains("总磷(0.2)", lake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("w01009\n8\n<5\n", "rows.csv:3, w01009")]
    [InlineData("w01009\nhigh\n", "rows.csv:2, w01009")]
    [InlineData("ph,do\n7,8\n", "rows.csv:1")]
    [InlineData("", "rows.csv:1")]
    [InlineData("w01009\n", "rows.csv:1")]
    public async Task Bad_input_is_exit_2_with_its_place(string text, string place)
    {
        string file = folder.Write("rows.csv", text);
        (int code, _, string error) = await ProgramProcess.RunAsync("monitor", "classify", file, "--json");
        Assert.Equal(2, code);
        Assert.Contains(place, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_option_or_no_file_is_exit_2()
    {
        string file = folder.Write("rows.csv", "w01009\n8\n");
        Assert.Equal(2, (await ProgramProcess.RunAsync("monitor", "classify", file, "--water", "sea")).Code);
        Assert.Equal(2, (await ProgramProcess.RunAsync("monitor", "classify", file + ".none")).Code);
        Assert.Equal(2, (await ProgramProcess.RunAsync("monitor", "classify")).Code);
    }

    // CNEMC's own classes of 1,439 stations at one moment, from unrounded values; 51 of them are lakes.
    [Fact]
    public async Task The_classes_that_CNEMC_published_come_out()
    {
        string file = SharedData.Find("waterquality/cnemc/2020-05-08.csv");
        string[] lines = (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken))[1..];
        string[] published = [.. lines.Select(l => l.Split(',')[4])];
        string?[] river = await Classes(file, "river"), lake = await Classes(file, "lake");
        Assert.Equal((1901, 1901, 1901), (published.Length, river.Length, lake.Length));

        (int all, int asRiver, int asEither) = (0, 0, 0);
        for (int i = 0; i < published.Length; i++)
        {
            if (published[i].Length == 0) continue;
            string expected = published[i] switch
            {
                "Ⅰ" => "I", "Ⅱ" => "II", "Ⅲ" => "III", "Ⅳ" => "IV", "Ⅴ" => "V", "劣Ⅴ" => "inferior-V",
                _ => throw new InvalidDataException(published[i]),
            };
            all++;
            if (river[i] == expected) asRiver++;
            if (river[i] == expected || lake[i] == expected) asEither++;
        }
        Assert.Equal((1439, 1388, 1439), (all, asRiver, asEither));
    }

    private static async Task<string?[]> Classes(string file, string water)
    {
        string[] arguments = ["classify", file, "--water", water, "--json"];
        (int code, string output, string error) = await ProgramProcess.RunAsync("monitor", arguments);
        Assert.True(code == 0, error);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Class)];
    }

    private static string? Class(string line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("class").GetString();
    }
}
