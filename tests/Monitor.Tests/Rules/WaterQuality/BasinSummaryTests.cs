using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Rules.WaterQuality;
using Xunit;

namespace Monitor.Tests.Rules.WaterQuality;

public sealed class BasinSummaryTests
{
    private static readonly SurfaceWaterStandard Standard = StandardDefinition.Gb3838();
    private static readonly IReadOnlyList<ClassLimits> River = Standard.AssessedFor(WaterBody.River);

    // TP of class II, IV, V and worse; the limits of a river are 0.02, 0.1, 0.2, 0.3, 0.4.
    private const decimal Two = 0.1m, Four = 0.3m, Five = 0.4m, Inferior = 0.41m;

    [Theory]
    // sections of class II, IV, V and worse than V, of ten; the state
    [InlineData(9, 1, 0, 0, BasinQuality.Excellent)] // 90 %
    [InlineData(8, 0, 0, 2, BasinQuality.Good)] // 80 %, whatever the rest is
    [InlineData(7, 2, 0, 1, BasinQuality.Light)] // 70 %, 10 % worse than V
    [InlineData(7, 1, 0, 2, BasinQuality.Moderate)] // 20 %
    [InlineData(6, 0, 0, 4, BasinQuality.Heavy)] // 40 %
    [InlineData(0, 0, 10, 0, BasinQuality.Light)] // class V is not worse than V
    public void From_five_sections_on_shares_decide(int two, int four, int five, int inferior, BasinQuality quality)
    {
        decimal[] phosphorus =
        [
            .. Enumerable.Repeat(Two, two), .. Enumerable.Repeat(Four, four), .. Enumerable.Repeat(Five, five),
            .. Enumerable.Repeat(Inferior, inferior),
        ];
        ClassOutcome[] sections = [.. phosphorus.Select(tp => Section(("w21011", tp)))];
        BasinOutcome basin = BasinSummary.Of(sections, River, WaterBody.River)!;
        Assert.Equal((quality, null, 10), (basin.Quality, basin.MeansClass, basin.Sections));
        Assert.Equal((two / 10m, inferior / 10m), (basin.GoodShare, basin.InferiorShare));
    }

    // 75 % of four sections: but four are fewer than five, and the mean (3 × 0.1 + 0.9) ÷ 4 = 0.3 is class IV.
    [Fact]
    public void Of_fewer_than_five_sections_the_means_are_judged()
    {
        ClassOutcome[] sections = [.. new[] { Two, Two, Two, 0.9m }.Select(tp => Section(("w21011", tp)))];
        BasinOutcome basin = BasinSummary.Of(sections, River, WaterBody.River)!;
        Assert.Equal((SurfaceWaterClass.IV, BasinQuality.Light), (basin.MeansClass!.Value, basin.Quality));
    }

    [Fact]
    public void Exactly_five_sections_go_by_shares() => Assert.Null(
        BasinSummary.Of([.. Enumerable.Repeat(Section(("w21011", Two)), 5)], River, WaterBody.River)!.MeansClass);

    // NH₃-N exceeds in 4 of 5, TP in 3, CODMn in 2, COD in 1: the first three.
    [Fact]
    public void Main_pollutants_are_ranked_by_the_share_of_sections_that_exceed()
    {
        ClassOutcome[] sections =
        [
            Section(("w21003", 1.2m), ("w21011", 0.25m), ("w01019", 7m), ("w01018", 25m)),
            Section(("w21003", 1.2m), ("w21011", 0.25m), ("w01019", 7m)),
            Section(("w21003", 1.2m), ("w21011", 0.25m)),
            Section(("w21003", 1.2m)),
            Section(("w21003", 0.2m)),
        ];
        BasinOutcome basin = BasinSummary.Of(sections, River, WaterBody.River)!;
        Assert.Equal(
            [("w21003", 0.8m), ("w21011", 0.6m), ("w01019", 0.4m)],
            basin.MainPollutants.Select(p => (p.Code, p.ShareExceeding)));
        Assert.Equal("氨氮(80%)", BasinSummary.Text(basin.MainPollutants[0]));
    }

    [Fact]
    public void A_basin_without_a_judged_section_has_no_summary() =>
        Assert.Null(BasinSummary.Of([Section()], River, WaterBody.River));

    [Theory]
    // ΔG and ΔD in points; the change
    [InlineData(0, 0, ClassChange.None)]
    [InlineData(3, 0, ClassChange.None)]
    [InlineData(4, 0, ClassChange.Better)]
    [InlineData(5, -6, ClassChange.MuchBetter)] // 5 − (−6) = 11
    [InlineData(0, 10, ClassChange.Worse)]
    [InlineData(-6, 5, ClassChange.MuchWorse)]
    [InlineData(7, 7, ClassChange.None)] // both grew: nothing is won
    public void A_basins_change_is_good_shares_gained_less_inferior_ones(int good, int inferior, ClassChange change)
    {
        BasinOutcome before = Of(0.5m, 0.2m), after = Of(0.5m + (good / 100m), 0.2m + (inferior / 100m));
        Assert.Equal(good - inferior, BasinChange.PointsOf(before, after));
        Assert.Equal(change, BasinChange.Between(before, after, ChangeThresholds.Recalled));

        static BasinOutcome Of(decimal good, decimal inferior) => new(100, null, good, inferior, BasinQuality.Light, []);
    }

    // Point one: (1 + 3) ÷ 2 = 2; point two: 5. The lake: 3.5. All values at once would give 3.
    [Fact]
    public void A_lakes_mean_is_over_time_first_and_then_over_the_points()
    {
        Assert.Equal(3.5m, LakeClass.MeanOf("w01019", [[1m, 3m], [5m], []]));
        Assert.Null(LakeClass.MeanOf("w01019", [[], []]));
        Assert.Equal(6.988587m, decimal.Round(LakeClass.MeanOf("w01001", [[6.9m], [7.1m]])!.Value, 6)); // by [H⁺]
    }

    // TP 0.05 is class III of a lake (a river's II); TN 2.1 is worse than V, and by itself.
    [Fact]
    public void A_lake_has_stricter_phosphorus_and_its_nitrogen_by_itself()
    {
        var means = new Dictionary<string, decimal> { ["w21011"] = 0.05m, ["w21001"] = 2.1m };
        LakeOutcome lake = LakeClass.Judge(Standard, means);
        Assert.Equal((SurfaceWaterClass.III, SurfaceWaterClass.InferiorV), (lake.Class.Class!.Value, lake.TotalNitrogen!.Value));
        Assert.Equal(SurfaceWaterClass.II, SingleFactorClass.Judge(River, means, WaterBody.River).Class);
    }

    [Theory]
    // TP of a lake: limits 0.01, 0.025, 0.05, 0.1, 0.2
    [InlineData("<0.01", SurfaceWaterClass.I, ClassVerdict.Keeps)] // half is 0.005
    [InlineData("<0.02", SurfaceWaterClass.I, ClassVerdict.CannotBeJudged)] // half would be 0.01
    [InlineData("<0.02", SurfaceWaterClass.II, ClassVerdict.Keeps)]
    [InlineData("0.02", SurfaceWaterClass.I, ClassVerdict.Exceeds)]
    public void Below_a_detection_limit_above_the_class_nobody_can_tell(
        string reported, SurfaceWaterClass target, ClassVerdict verdict)
    {
        Assert.True(ReportedValue.TryParseQualified(reported, out ReportedValue value));
        Assert.Equal(verdict, DetectionLimit.Against(Standard.Find("w21011", WaterBody.Lake)!, value, target));
    }

    // 468 ÷ (31.6 + 20) = 9.0698; 90 % of it is 8.1628. At 30 °C 468 ÷ 61.6 = 7.5974, 90 % is 6.8377: below 7.5 mg/L.
    [Theory]
    [InlineData("6.9", "30", SurfaceWaterClass.I)]
    [InlineData("6.8", "30", SurfaceWaterClass.II)]
    [InlineData("7.5", "0", SurfaceWaterClass.I)] // by mg/L, though 90 % of 14.81 is not reached
    public void Oxygen_is_class_I_by_saturation_or_by_mass(string mg, string celsius, SurfaceWaterClass expected)
    {
        Assert.Equal(9.0698m, decimal.Round(OxygenSaturation.At(20), 4));
        Assert.Equal(
            expected, OxygenSaturation.ClassOf(Standard.Find("w01009", WaterBody.River)!, Number(mg), Number(celsius)));
    }

    // GB/T 8170: below five drops, above rises, exactly five goes to the even digit, also below 0.
    [Theory]
    [InlineData("0.105", "0.10", "0.10")]
    [InlineData("0.115", "0.10", "0.12")]
    [InlineData("0.1050001", "0.10", "0.11")]
    [InlineData("-0.125", "0.10", "-0.12")]
    [InlineData("2.5", "20", "2")]
    [InlineData("3.5", "20", "4")]
    public void Rounding_takes_the_digits_of_the_limit(string value, string limit, string rounded) =>
        Assert.Equal(Number(rounded), Gb8170.RoundAs(Number(value), Number(limit)));

    private static ClassOutcome Section(params (string Code, decimal Value)[] values) =>
        SingleFactorClass.Judge(River, values.ToDictionary(v => v.Code, v => v.Value), WaterBody.River);

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
