using System.Globalization;
using System.Text;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Cli;

public sealed class AssessVerbTests : IDisposable
{
    private static readonly string Families = Path.Combine(AppContext.BaseDirectory, "pipelines", "families");

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    // 0.673 and 40 million: 2023年安徽地表水断面生态补偿结果; 皖西日报 2017-07-15.
    [Fact]
    public async Task A_printed_figure_gives_the_printed_outcome_and_is_marked()
    {
        (int code, string output, _) = await ProgramProcess.RunAsync(
            "monitor", "assess", Path.Combine(Families, "dabie.yaml"), "--figure", "DB-LGZ.index=0.673", "--period", "2023",
            "--json");
        Assert.Equal(0, code);
        Assert.Contains("\"index\":\"0.673\",\"direction\":\"downstream-pays\"", output, StringComparison.Ordinal);
        Assert.Contains("\"amount\":\"40000000\"", output, StringComparison.Ordinal);
        Assert.EndsWith(",\"whatIf\":true}\n", output, StringComparison.Ordinal);
    }

    // 200 million in 1:5:4, out 3:4:3: 新华社贵阳 2018-03-25.
    [Fact]
    public async Task The_accounts_say_what_each_party_has_in_all()
    {
        (int code, string output, _) = await ProgramProcess.RunAsync(
            "monitor", "assess", Path.Combine(Families, "chishui-2018.yaml"), "--period", "2019", "--accounts", "--json",
            "--figure", "CS-QSP.class=II", "--figure", "CS-MT.class=II", "--figure", "CS-LYX.class=I");
        Assert.Equal(0, code);
        string accounts = output.TrimEnd().Split('\n')[^1];
        Assert.Contains("\"settled\":true", accounts, StringComparison.Ordinal);
        Assert.Contains(
            "{\"party\":\"贵州省人民政府\",\"paysIn\":\"100000000\",\"receives\":\"80000000\",\"deducted\":\"0\",\"gains\":\"0\","
            + "\"net\":\"-20000000\"}", accounts, StringComparison.Ordinal);
    }

    // COD 80 over a target of 50 is m = 0.6; 60 came in, 0.2: 100,000 × 1.4 by 周口's table.
    [Fact]
    public async Task The_inflow_is_an_instrument_of_the_section()
    {
        var csv = new StringBuilder("section,measurand,time,value,status,instrument\n");
        foreach ((string code, int at, int came) in new[] { ("w01018", 80, 60), ("w21003", 2, 2) })
        {
            csv.Append($"ZK-01,{code},2018-05-01T00:00:00+08:00,{at},N,\n");
            csv.Append($"ZK-01,{code},2018-05-01T00:00:00+08:00,{came},N,inflow\n");
        }
        (int exit, string output, _) = await ProgramProcess.RunAsync(
            "monitor", "assess", Path.Combine(Families, "zhoukou.yaml"), "--readings",
            folder.Write("readings.csv", csv.ToString()), "--period", "2018-05", "--json");
        Assert.Equal(0, exit);
        Assert.Contains("\"amount\":\"140000\"", output, StringComparison.Ordinal);
        Assert.DoesNotContain("whatIf", output, StringComparison.Ordinal);
    }

    // Six of twelve months, each measurand at 0.9 of its baseline: 0.6 × 0.9 + 0.4 = 0.94.
    [Fact]
    public async Task What_would_change_and_what_may_come_stand_after_the_same_bytes()
    {
        var csv = new StringBuilder("section,measurand,time,value,status\n");
        var first = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.FromHours(8));
        for (int slot = 0; slot < 181 * 6; slot++)
        {
            foreach ((string code, decimal at) in new[]
            {
                ("w01019", 2.97m), ("w21003", 0.495m), ("w21011", 0.0945m), ("w21001", 2.025m), ("w01001", 7m), ("w01009", 8m),
            })
            {
                string value = (at * (slot % 2 == 0 ? 0.99m : 1.01m)).ToString(CultureInfo.InvariantCulture);
                csv.Append($"OJ-05,{code},{first.AddHours(4 * slot):yyyy-MM-ddTHH:mm:sszzz},{value},N\n");
            }
        }
        string[] plain =
        [
            "assess", Path.Combine(AppContext.BaseDirectory, "pipelines", "ou-river.yaml"), "--readings",
            folder.Write("half.csv", csv.ToString()), "--period", "2025", "--json",
        ];
        (_, string canonical, _) = await ProgramProcess.RunAsync("monitor", plain);
        (int code0, string output, _) = await ProgramProcess.RunAsync("monitor", [.. plain, "--alternatives", "--ahead"]);
        Assert.Equal(0, code0);
        Assert.StartsWith(canonical, output, StringComparison.Ordinal);
        string[] beside = output[canonical.Length..].TrimEnd().Split('\n');
        Assert.StartsWith("{\"section\":\"OJ-05\",\"period\":\"2025\",\"alternatives\":[", beside[0], StringComparison.Ordinal);
        Assert.Contains("\"through\":6,\"class\":\"II\",\"index\":\"0.940\"", beside[1], StringComparison.Ordinal);

        (int code1, _, string error) = await ProgramProcess.RunAsync("monitor", [.. plain, "--ahead", "--through", "2024-06"]);
        Assert.Equal(2, code1);
        Assert.Contains("no month of 2025", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is nothing to judge")]
    [InlineData("is not SECTION.KEY=VALUE", "--figure", "index=0.673")]
    [InlineData("is neither index nor class", "--figure", "DB-LGZ.colour=2")]
    [InlineData("has no section 'X'", "--figure", "X.index=1")]
    [InlineData("more than 3 digits", "--figure", "DB-LGZ.index=0.6734")]
    [InlineData("exclude each other", "--figure", "DB-LGZ.index=1", "--readings", "x.csv")]
    public async Task Bad_figures_are_exit_2(string said, params string[] options)
    {
        string[] arguments = ["assess", Path.Combine(Families, "dabie.yaml"), "--period", "2023", .. options];
        (int code, _, string error) = await ProgramProcess.RunAsync("monitor", arguments);
        Assert.Equal(2, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_looks_into_subfolders_and_names_the_line_and_the_word_that_was_meant()
    {
        string shipped = await File.ReadAllTextAsync(
            Path.Combine(Families, "jiuzhou.yaml"), TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.Combine(folder.Root, "mine"));
        string own = folder.Write(
            Path.Combine("mine", "own.yaml"), shipped.Replace("water: river", "watr: river", StringComparison.Ordinal));
        (int code, string output, _) = await ProgramProcess.RunAsync("monitor", "check", folder.Root);
        Assert.Equal(1, code);
        int line = shipped[..shipped.IndexOf("water: river", StringComparison.Ordinal)].Count(c => c == '\n') + 1;
        Assert.Contains(
            $"{own}:{line}, watr: this key is not known here. Did you mean 'water'?", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_shipped_definitions_pass_check()
    {
        (int code, string output, string error) = await ProgramProcess.RunAsync(
            "monitor", "check", Path.Combine(AppContext.BaseDirectory, "pipelines"));
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("dabie.yaml: passes", output, StringComparison.Ordinal);
    }

    // Five rows of class II, IV, IV, inferior V and inferior V: 20 % good, 40 % worse than V.
    [Fact]
    public async Task Classify_adds_the_basins_state()
    {
        string file = folder.Write("rows.csv", "w21011\n0.1\n0.3\n0.3\n0.5\n0.5\n");
        (int code, string output, _) = await ProgramProcess.RunAsync("monitor", "classify", file, "--basin", "--json");
        Assert.Equal(0, code);
        Assert.EndsWith(
            "{\"sections\":5,\"state\":\"重度污染\",\"meansClass\":null,\"goodShare\":\"0.2\",\"inferiorShare\":\"0.4\","
            + "\"mainPollutants\":{\"w21011\":\"0.8\"}}\n", output, StringComparison.Ordinal);
    }
}
