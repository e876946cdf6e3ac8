using FsCheck;
using FsCheck.Fluent;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;
using Xunit;

namespace Monitor.Tests.Rules.Compensation;

public sealed class MechanismTests
{
    [Theory]
    [InlineData(SurfaceWaterClass.I, 4)] // two better, 2 each
    [InlineData(SurfaceWaterClass.III, 0)]
    [InlineData(SurfaceWaterClass.InferiorV, -9)] // three worse, 3 each
    public void Class_steps_have_a_price_either_way(SurfaceWaterClass measured, int yuan) =>
        Assert.Equal(yuan, SignedYuan.OfClassSteps(measured, SurfaceWaterClass.III, 2, 3));

    [Fact]
    public void A_cap_holds_either_way_and_changes_nothing_inside() => Prop.ForAll(
        Gen.Choose(-1000, 1000).ToArbitrary(), Gen.Choose(0, 500).ToArbitrary(), (yuan, cap) =>
        {
            decimal capped = SignedYuan.Capped(yuan, cap);
            Assert.InRange(capped, -cap, cap);
            Assert.Equal(-capped, SignedYuan.Capped(-yuan, cap));
            if (Math.Abs(yuan) <= cap) Assert.Equal(yuan, capped);
        }).QuickCheckThrowOnFailure();

    // (C − S) ÷ S: 0.6 over 0.4 is 0.5.
    [Fact]
    public void A_multiple_is_what_exceeds_over_the_limit() => Assert.Equal(0.5m, ExceedanceTiers.MultipleOf(0.6m, 0.4m));

    [Theory]
    // the multiple, the inflow's, the rule, what counts
    [InlineData("0.6", "0.2", InflowRule.AddedOnly, "0.4")]
    [InlineData("0.6", "-0.5", InflowRule.AddedOnly, "0.6")] // the inflow kept the limit: nothing to take off
    [InlineData("0.6", "0.9", InflowRule.AddedOnly, "0")]
    [InlineData("-0.1", "0.9", InflowRule.AddedOnly, "-0.1")]
    [InlineData("0.6", "0.2", InflowRule.OnlyWhereWorse, "0.6")]
    [InlineData("0.6", "0.6", InflowRule.OnlyWhereWorse, "0")]
    [InlineData("-0.1", "0.2", InflowRule.OnlyWhereWorse, "-0.1")]
    [InlineData("0.6", "0.9", InflowRule.Shown, "0.6")]
    public void What_came_in_is_separated_as_the_rule_says(string multiple, string inflow, InflowRule rule, string counts) =>
        Assert.Equal(Number(counts), ExceedanceTiers.Added(Number(multiple), Number(inflow), rule));

    // 2 mg/L above the limit at 1,000 L/s for a day: 2 g/m³ × 86,400 m³ = 172,800 g.
    [Fact]
    public void A_load_is_grams_of_cubic_metres() =>
        Assert.Equal(0.1728m, Load.TonnesAbove(6, 4, Load.CubicMetres(1000, 86_400)));

    [Theory]
    [InlineData(5, 3, 2)]
    [InlineData(5, -3, 5)] // cleaner inflow is no credit
    [InlineData(5, 9, 0)]
    [InlineData(-2, 9, -2)]
    public void Tonnes_that_came_in_are_taken_off(int above, int inflow, int counts) =>
        Assert.Equal(counts, Load.Added(above, inflow));

    [Theory]
    [InlineData(10, 12, "0.83", true)] // 9.96 months
    [InlineData(9, 12, "0.83", false)]
    [InlineData(9, 12, "0.75", true)]
    [InlineData(0, 0, "0", false)] // of no months nothing is attained
    public void A_share_of_months_is_compared_exactly(int met, int judged, string share, bool reaches) =>
        Assert.Equal(reaches, Attainment.Reaches(met, judged, Number(share)));

    // Efficiency stated as more is better: 55 ÷ 60; water use as less is better: 60 ÷ 55.
    [Fact]
    public void An_inverse_term_turns_its_ratio()
    {
        Assert.Equal(55m / 60m, new IndexTerm("e", 60, 55, 1, 1, 1, IsInverse: true).Ratio);
        Assert.Equal(60m / 55m, new IndexTerm("e", 60, 55, 1, 1, 1).Ratio);
        Assert.Null(new IndexTerm("e", 0, 55, 1, 1, 1, IsInverse: true).Ratio);
        Assert.Null(CompositeIndex.Compute([]));
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
