using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Xunit;

namespace Monitor.Tests.Programmes.Families;

/// <summary>The P family: Dabie, Xin'anjiang, and the rounds of the Ou River.</summary>
public sealed class IndexFamiliesTests
{
    // 0.673: 2023年安徽地表水断面生态补偿结果, which says "below 1, so Hefei pays". 40 million: 皖西日报 2017-07-15.
    // The four means behind 0.673 are not printed; the test starts at the index.
    [Fact]
    public void Dabie_2023_has_the_index_0_673_and_Hefei_pays_Luan_40_million()
    {
        RiverAssessment a = Family.Of("dabie").Printed("DB-LGZ", "2023", index: 0.673m);
        Assert.Equal((Direction.DownstreamPays, 40_000_000m), (a.Direction, a.AmountYuan!.Value));
        Assert.Equal(("Hefei City", "Lu'an City"), (a.Payer!.English, a.Payee!.English));
        Assert.Equal("D-1", a.Band!.Id);
    }

    // "otherwise the reverse": an index of 1 is not below 1.
    [Theory]
    [InlineData("0.999", Direction.DownstreamPays)]
    [InlineData("1", Direction.UpstreamPays)]
    [InlineData("1.001", Direction.UpstreamPays)]
    public void Dabie_turns_at_1(string index, Direction direction) =>
        Assert.Equal(direction, Family.Of("dabie").Printed("DB-LGZ", "2023", Family.Number(index)).Direction);

    // No baseline of the P family is printed: readings alone must not give an index.
    [Theory]
    [InlineData("dabie", "DB-LGZ")]
    [InlineData("xinanjiang-2012", "XAJ-JK")]
    public void Where_the_baseline_is_unpublished_readings_give_no_index(string family, string section)
    {
        Family year = Family.Of(family);
        foreach (string code in new[] { "w01019", "w21003", "w21001", "w21011" }) year.Samples(2023, code, 0.1m);
        RiverAssessment a = year.Assess(section, "2023");
        Assert.Equal((Direction.Suspended, null), (a.Direction, a.Index));
        Assert.Contains(a.Reasons, r => r.English == "w21003: the baseline is not published");
    }

    // 100 million either way: 中国新闻网英文版 2017-08-14. The bands of rounds two and three are recalled and `assumed`.
    [Theory]
    [InlineData("xinanjiang-2012", "1", Direction.DownstreamPays, 100_000_000)]
    [InlineData("xinanjiang-2012", "1.001", Direction.UpstreamPays, 100_000_000)]
    [InlineData("xinanjiang-2015", "0.95", Direction.DownstreamPays, 200_000_000)]
    [InlineData("xinanjiang-2015", "0.951", Direction.DownstreamPays, 100_000_000)]
    [InlineData("xinanjiang-2018", "1", Direction.DownstreamPays, 100_000_000)]
    [InlineData("xinanjiang-2018", "1.001", Direction.UpstreamPays, 100_000_000)]
    public void Xinanjiang_pays_by_its_bands(string family, string index, Direction direction, int yuan)
    {
        RiverAssessment a = Family.Of(family).Printed("XAJ-JK", "2014", Family.Number(index));
        Assert.Equal((direction, (decimal)yuan), (a.Direction, a.AmountYuan!.Value));
    }

    // Made-up means and baselines, to show the sum: P = k0 × Σ k × C ÷ C0.
    // 0.90 × (0.22 × 1.2 + 0.22 × 0.9 + 0.28 × 1.0 + 0.28 × 1.1) = 0.90 × (0.264 + 0.198 + 0.28 + 0.308) = 0.945
    [Fact]
    public void P_is_k0_times_the_weighted_ratios()
    {
        RiverAssessment a = Family.Of(
                "xinanjiang-2018",
                ("unpublished: the agreement's four means are in no source that could be read",
                    "values: { w01019: 2, w21003: 0.1, w21001: 1, w21011: 0.03 }\n      assumed: made up for this test"))
            .Samples(2018, "w01019", 2.4m).Samples(2018, "w21003", 0.09m)
            .Samples(2018, "w21001", 1m).Samples(2018, "w21011", 0.033m)
            .Assess("XAJ-JK", "2018");
        Assert.Equal(0.90m * ((0.22m * 1.2m) + (0.22m * 0.9m) + (0.28m * 1.0m) + (0.28m * 1.1m)), a.Index);
        Assert.Equal((0.945m, 200_000_000m), (a.Index!.Value, a.AmountYuan!.Value));
    }

    // 3,500 万元 ÷ 7 sections = 500 万元 a section: 远东资信, 二（四）.
    [Fact]
    public void The_Ou_Rivers_second_round_moves_5_million_and_its_third_8()
    {
        RiverAssessment second = Family.Of("ou-river-2021").Printed("OJ-01", "2021", 0.8m);
        Assert.Equal((35_000_000m / 7, Direction.DownstreamPays), (second.AmountYuan!.Value, second.Direction));
        Assert.Equal(8_000_000m, OuRiver.Assess("OJ-01", OuRiver.Year("OJ-01", 0.8m)).AmountYuan);
    }
}
