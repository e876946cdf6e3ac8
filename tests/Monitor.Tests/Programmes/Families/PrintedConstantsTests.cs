using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Xunit;

namespace Monitor.Tests.Programmes.Families;

/// <summary>
/// Families of which a report prints constants and no outcome: each price is the report's, each sample is made up. What the
/// report does not print stays open.
/// </summary>
public sealed class PrintedConstantsTests
{
    // Samples made up; target IV: COD 30, ammonia 1.5. 2,500 and 10,000 yuan a tonne: 河南全面实行水环境生态补偿 (2010).
    // COD 40 at 1 m³/s: 10 g/m³ × 31,536,000 m³ = 315.36 t × 2,500 = 788,400; ammonia 2.5: 31.536 t × 10,000 = 315,360.
    [Fact]
    public void Henan_2010_pays_by_the_tonne()
    {
        RiverAssessment a = Family.Of("henan-2010").Samples(2011, "w01018", 40m).Samples(2011, "w21003", 2.5m)
            .Samples(2011, "w00000", 1_000m).Assess("HA-01", "2011");
        Assert.Equal((Direction.UpstreamPays, 788_400m + 315_360m), (a.Direction, a.AmountYuan!.Value));
    }

    // 50 万 a half multiple, 300 万 at most a factor: 合肥市地表水断面生态补偿办法. Target III: COD 20, ammonia 1, phosphorus 0.2.
    [Theory]
    [InlineData("20", 0)]
    [InlineData("30", 500_000)] // m = 0.5
    [InlineData("30.2", 1_000_000)] // a begun half is `assumed` to count
    [InlineData("100", 3_000_000)] // m = 4
    public void Hefei_pays_half_a_million_for_each_half(string cod, int yuan)
    {
        RiverAssessment a = Hefei(Family.Number(cod), ammonia: 1m).Assess("HF-01", "2020-05");
        Assert.Equal(yuan, a.AmountYuan);
        Assert.Equal(yuan > 0 ? Direction.UpstreamPays : Direction.None, a.Direction);
    }

    // Two factors over, each 300 万 at most: twelve months of COD at m = 4 would be 36 million.
    [Fact]
    public void Hefei_caps_each_factor_at_three_million() =>
        Assert.Equal(6_000_000m, Hefei(100m, ammonia: 5m).Assess("HF-01", "2020").AmountYuan);

    // COD 15 is class I, ammonia 0.5 and phosphorus 0.1 class II: one class better than III.
    [Fact]
    public void Hefei_gives_half_a_million_for_a_class_better()
    {
        RiverAssessment a = Hefei(15m, ammonia: 0.5m).Assess("HF-01", "2020");
        Assert.Equal((Direction.DownstreamPays, 500_000m), (a.Direction, a.AmountYuan!.Value));
    }

    // Five steps, 50 to 300 万: only the first and the last have a printed amount. Target IV, COD 30.
    [Theory]
    [InlineData(45, Direction.UpstreamPays, 500_000)] // m = 0.5
    [InlineData(48, Direction.UndefinedInSource, 0)] // m = 0.6
    [InlineData(330, Direction.UndefinedInSource, 0)] // m = 10
    [InlineData(331, Direction.UpstreamPays, 3_000_000)]
    public void Shanxi_has_five_steps_of_which_two_are_priced(int cod, Direction direction, int yuan)
    {
        RiverAssessment a = Family.Of("shanxi-2013").Samples(2014, "w01018", cod).Samples(2014, "w21003", 1m)
            .Assess("SX-01", "2014-05");
        Assert.Equal((direction, yuan), (a.Direction, (int)(a.AmountYuan ?? 0)));
    }

    // Class III for the annual mean, 1 亿 a year from each side: a public report on the first round. TP 0.2 is III, 0.21 IV.
    [Theory]
    [InlineData("0.2", Direction.DownstreamPays)]
    [InlineData("0.21", Direction.UndefinedInSource)]
    public void Dongjiang_keeps_class_III_or_goes_to_people(string phosphorus, Direction direction)
    {
        RiverAssessment a = Family.Of("dongjiang").Samples(2017, "w01001", 7m).Samples(2017, "w01019", 3m)
            .Samples(2017, "w21003", 0.5m).Samples(2017, "w21011", Family.Number(phosphorus)).Samples(2017, "w01017", 2m)
            .Assess("DJ-01", "2017");
        Assert.Equal((direction, direction == Direction.DownstreamPays ? 100_000_000m : null), (a.Direction, a.AmountYuan));
    }

    // Over last year's means, weights equal (`assumed`): (0.9 + 1.1 + 1.0 + 0.8) ÷ 4 = 0.95. Its bands are not printed.
    [Fact]
    public void Huangshan_has_an_index_over_last_years_means_and_no_printed_band()
    {
        Family year = Family.Of("huangshan-2019");
        foreach ((string code, decimal last, decimal now) in new[]
        {
            ("w01019", 2m, 1.8m), ("w21003", 0.2m, 0.22m), ("w21001", 1m, 1m), ("w21011", 0.05m, 0.04m),
        })
        {
            year.Samples(2018, code, last).Samples(2019, code, now);
        }
        RiverAssessment a = year.Assess("HS-01", "2019");
        Assert.Equal((0.95m, Direction.UndefinedInSource), (a.Index!.Value, a.Direction));
    }

    [Fact]
    public void Luan_prints_which_years_its_baselines_are_of_and_not_what_they_are()
    {
        Family year = Family.Of("luan-2025");
        foreach (string code in new[] { "w01019", "w01018", "w21003", "w21011" }) year.Samples(2025, code, 0.1m);
        RiverAssessment a = year.Assess("LA-01", "2025");
        Assert.Equal((Direction.Suspended, null), (a.Direction, a.Index));
        Assert.Contains(a.Reasons, r => r.English == "w01018: the baseline is not published");
    }

    private static Family Hefei(decimal cod, decimal ammonia) => Family.Of("hefei")
        .Samples(2020, "w01018", cod).Samples(2020, "w21003", ammonia).Samples(2020, "w21011", 0.1m);
}
