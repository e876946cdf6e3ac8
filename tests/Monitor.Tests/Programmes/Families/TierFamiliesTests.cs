using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Xunit;

namespace Monitor.Tests.Programmes.Families;

/// <summary>
/// Zhoukou and Hebei. No outcome of either is published with its figures; samples are made up, prices are printed.
/// </summary>
public sealed class TierFamiliesTests
{
    // COD target 50 (an example): 60 is m = 0.2 and 100,000 × 1.2; 80 is 0.6 and 250,000 × 1.6; 175 is 2.5 and 2 million × 3.5.
    [Theory]
    [InlineData(50, 0, Direction.None)]
    [InlineData(60, 120_000, Direction.UpstreamPays)]
    [InlineData(75, 150_000, Direction.UpstreamPays)] // 0.5 belongs to the first row
    [InlineData(80, 400_000, Direction.UpstreamPays)]
    [InlineData(110, 1_100_000, Direction.UpstreamPays)] // m = 1.2, 500,000 × 2.2
    [InlineData(140, 2_800_000, Direction.UpstreamPays)] // m = 1.8, 1,000,000 × 2.8
    [InlineData(175, 7_000_000, Direction.UpstreamPays)]
    public void Zhoukou_prices_a_months_multiple_times_one_plus_it(int cod, int yuan, Direction direction)
    {
        RiverAssessment a = Zhoukou(cod, inflow: 40).Assess("ZK-01", "2018-05");
        Assert.Equal((direction, (decimal)yuan), (a.Direction, a.AmountYuan!.Value));
    }

    // m = 0.08: the table begins above 0.1.
    [Fact]
    public void A_multiple_that_the_table_does_not_print_goes_to_people()
    {
        RiverAssessment a = Zhoukou(54, inflow: 40).Assess("ZK-01", "2018-05");
        Assert.Equal((Direction.UndefinedInSource, null), (a.Direction, a.AmountYuan));
        Assert.Contains(
            a.Reasons,
            r => r.English.StartsWith("2018-05 w01018: the table prints nothing for (0, 0.1]", StringComparison.Ordinal));
    }

    // 80 is m = 0.6, the inflow's 60 is 0.2: 0.4 was added, and 100,000 × 1.4 is paid. The inflow's value is shown.
    [Fact]
    public void What_came_in_above_the_target_is_taken_off()
    {
        RiverAssessment a = Zhoukou(80, inflow: 60).Assess("ZK-01", "2018-05");
        Assert.Equal(140_000m, a.AmountYuan);
        PartItem cod = a.Parts[0].Items[0];
        Assert.Equal((60m, 0.4m, "t1"), (cod.Inflow!.Value, cod.Counts!.Value, cod.Row));
        Assert.Contains(
            "\"inflow\":\"60\",\"counts\":\"0.4\",\"row\":\"t1\",\"yuan\":\"-140000\"", Family.Json(a),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_year_is_the_sum_of_its_months() =>
        Assert.Equal(12 * 120_000m, Zhoukou(60, inflow: 40).Assess("ZK-01", "2018").AmountYuan);

    [Fact]
    public void Without_the_inflows_value_nobody_can_say_what_was_added()
    {
        RiverAssessment a = Family.Of("zhoukou").Samples(2018, "w01018", 60m).Samples(2018, "w21003", 2m)
            .Assess("ZK-01", "2018-05");
        Assert.Equal(Direction.Suspended, a.Direction);
        Assert.Contains(a.Reasons, r => r.English == "2018-05 w01018: no value where the water comes in");
    }

    // COD, target IV = 30: 40 is m = 1/3, below 0.5, 100,000; 45 is 0.5; 60 is 1.
    [Theory]
    [InlineData(30, 20, 0)]
    [InlineData(40, 20, 100_000)]
    [InlineData(45, 20, 500_000)]
    [InlineData(60, 20, 500_000)]
    [InlineData(45, 45, 0)] // did not increase against the inflow
    [InlineData(45, 50, 0)]
    [InlineData(45, 44, 500_000)] // did: the whole of it counts
    public void Hebei_cuts_nothing_where_the_factor_did_not_increase(int cod, int inflow, int yuan) => Assert.Equal(
        yuan, Family.Of("hebei").Samples(2018, "w01018", cod).Inflow(2018, "w01018", inflow)
            .Assess("HB-01", "2018-05").AmountYuan);

    [Fact]
    public void Hebei_above_once_is_where_the_copy_breaks_off() => Assert.Equal(
        Direction.UndefinedInSource,
        Family.Of("hebei").Samples(2018, "w01018", 61m).Inflow(2018, "w01018", 20m).Assess("HB-01", "2018-05").Direction);

    private static Family Zhoukou(decimal cod, decimal inflow) => Family.Of("zhoukou")
        .Samples(2018, "w01018", cod).Samples(2018, "w21003", 2m)
        .Inflow(2018, "w01018", inflow).Inflow(2018, "w21003", 2m);
}
