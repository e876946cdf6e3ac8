using System.Globalization;
using Monitor.Domain.Readings;
using Monitor.Programmes.Definitions;
using Monitor.Rules.WaterQuality;
using Xunit;

namespace Monitor.Tests.Rules.WaterQuality;

public sealed class SingleFactorClassTests
{
    private static readonly SurfaceWaterStandard Standard = StandardDefinition.Gb3838();

    // Both sides of every limit of four indicators: equal keeps the class, the last digit beyond it does not.
    [Theory]
    [InlineData("w01009", "7.5", "I")]
    [InlineData("w01009", "7.4999999999", "II")]
    [InlineData("w01009", "6", "II")]
    [InlineData("w01009", "5", "III")]
    [InlineData("w01009", "4.9999", "IV")]
    [InlineData("w01009", "3", "IV")]
    [InlineData("w01009", "2", "V")]
    [InlineData("w01009", "1.9999", "inferior-V")]
    [InlineData("w01019", "2", "I")]
    [InlineData("w01019", "2.0000000001", "II")]
    [InlineData("w01019", "6", "III")]
    [InlineData("w01019", "6.0000000000000001", "IV")]
    [InlineData("w01019", "15", "V")]
    [InlineData("w01019", "15.0001", "inferior-V")]
    [InlineData("w01018", "15", "I")]               // equal limits of I and II give the better class
    [InlineData("w01018", "15.1", "III")]
    [InlineData("w01001", "6", "I")]
    [InlineData("w01001", "9", "I")]
    [InlineData("w01001", "5.99", "inferior-V")]
    [InlineData("w01001", "9.001", "inferior-V")]
    [InlineData("w20111", "0.00005", "I")]
    [InlineData("w20111", "0.000051", "III")]
    public void A_value_has_the_best_class_whose_limit_it_keeps(string code, string value, string expected)
    {
        ClassOutcome outcome = Judge(WaterBody.River, (code, value));
        Assert.Equal(expected, outcome.Class?.Name());
        Assert.Equal([code], outcome.Worst);
    }

    [Fact]
    public void The_worst_indicator_decides_and_all_at_its_class_are_named_in_code_order()
    {
        ClassOutcome outcome = Judge(
            WaterBody.River, ("w21011", "0.25"), ("w01009", "4"), ("w21003", "0.1"), ("w01001", "7"));
        Assert.Equal(SurfaceWaterClass.IV, outcome.Class);
        Assert.Equal(["w01009", "w21011"], outcome.Worst);
        Assert.Equal(["w01001", "w01009", "w21003", "w21011"], outcome.Indicators.Select(i => i.Code));
    }

    [Fact]
    public void Without_a_value_that_counts_there_is_no_class()
    {
        ClassOutcome outcome = Judge(
            WaterBody.River, ("w01010", "20"), ("w21001", "9"), ("w02003", "99999"), ("x", "1"));
        Assert.Null(outcome.Class);
        Assert.Empty(outcome.Worst);
        Assert.Empty(outcome.Exceeding);
    }

    [Fact]
    public void A_lake_has_its_own_limits_of_phosphorus_and_nitrogen_only_where_asked_for()
    {
        Assert.Equal("II", Judge(WaterBody.River, ("w21011", "0.06")).Class?.Name());
        Assert.Equal("IV", Judge(WaterBody.Lake, ("w21011", "0.06"), ("w21001", "9")).Class?.Name());
        ClassLimits nitrogen = Standard.Find("w21001", WaterBody.Lake)!;
        var values = new Dictionary<string, decimal> { ["w21001"] = 9 };
        Assert.Equal(SurfaceWaterClass.InferiorV, SingleFactorClass.Judge([nitrogen], values, WaterBody.Lake).Class);
        Assert.Null(SingleFactorClass.Judge([nitrogen], values, WaterBody.River).Class);
    }

    [Theory]
    [InlineData("w21011", "0.3", "0.5")]            // (0.3 − 0.2)/0.2
    [InlineData("w01019", "6.211", "0.04")]         // 0.211/6 = 0.035166…
    [InlineData("w01019", "6.03", "0")]             // 0.03/6 = 0.005, half to even
    [InlineData("w01019", "6.09", "0.02")]          // 0.09/6 = 0.015, half to even
    [InlineData("w21003", "3.0", "2")]              // (3 − 1)/1, trailing zeros dropped
    [InlineData("w21011", "0.2", null)]             // class III is kept
    [InlineData("w01009", "1", null)]               // no multiple for DO
    [InlineData("w01001", "3", null)]               // nor for pH
    public void The_exceedance_multiple_is_over_class_III(string code, string value, string? expected)
    {
        ClassOutcome outcome = Judge(WaterBody.River, (code, value));
        string? text = outcome.Exceeding.Count == 0 ? null : Gb8170.Multiple(outcome.Exceeding[0].Exceedance!.Value);
        Assert.Equal(expected, text);
    }

    [Fact]
    public void Main_pollutants_are_three_heavy_metals_first_then_by_class_and_multiple()
    {
        // Class IV: lead ×0.2. Inferior V: CODMn 18 (×2), NH₃-N 2.5 (×1.5), DO 1 (no multiple).
        ClassOutcome outcome = Judge(
            WaterBody.River, ("w20120", "0.06"), ("w01019", "18"), ("w21003", "2.5"), ("w01009", "1"));
        Assert.Equal("铅(0.2)、高锰酸盐指数(2)、氨氮(1.5)", MainPollutants.Text(outcome));
        ClassOutcome few = Judge(WaterBody.River, ("w21003", "1.2"), ("w01009", "1"));
        Assert.Equal("溶解氧、氨氮(0.2)", MainPollutants.Text(few));
        Assert.Equal("", MainPollutants.Text(Judge(WaterBody.River, ("w21003", "1.0"))));
    }

    [Theory]
    [InlineData(SurfaceWaterClass.I, "I", "Ⅰ类", "优")]
    [InlineData(SurfaceWaterClass.II, "II", "Ⅱ类", "优")]
    [InlineData(SurfaceWaterClass.III, "III", "Ⅲ类", "良好")]
    [InlineData(SurfaceWaterClass.IV, "IV", "Ⅳ类", "轻度污染")]
    [InlineData(SurfaceWaterClass.V, "V", "Ⅴ类", "中度污染")]
    [InlineData(SurfaceWaterClass.InferiorV, "inferior-V", "劣Ⅴ类", "重度污染")]
    public void A_class_has_its_names(SurfaceWaterClass waterClass, string name, string chinese, string quality)
    {
        Assert.Equal((name, chinese, quality), (waterClass.Name(), waterClass.Chinese(), waterClass.Quality()));
        Assert.True(SurfaceWaterClassNames.TryParse(name, out SurfaceWaterClass read));
        Assert.Equal(waterClass, read);
    }

    [Theory]
    [InlineData(SurfaceWaterClass.II, SurfaceWaterClass.II, "无明显变化")]
    [InlineData(SurfaceWaterClass.III, SurfaceWaterClass.II, "有所好转")]
    [InlineData(SurfaceWaterClass.IV, SurfaceWaterClass.II, "明显好转")]
    [InlineData(SurfaceWaterClass.V, SurfaceWaterClass.InferiorV, "有所变差")]
    [InlineData(SurfaceWaterClass.I, SurfaceWaterClass.InferiorV, "明显变差")]
    public void A_change_of_class_has_its_word(SurfaceWaterClass before, SurfaceWaterClass after, string word) =>
        Assert.Equal(word, ClassChanges.Between(before, after).Chinese());

    [Theory]
    [InlineData("<0.05", "0.025")]
    [InlineData("<0.025", "0.0125")]
    [InlineData("0.40", "0.40")]
    [InlineData(">20", "20")]
    public void Below_the_detection_limit_half_of_it_counts(string reported, string expected)
    {
        Assert.True(ReportedValue.TryParseQualified(reported, out ReportedValue value));
        Assert.Equal(D(expected), DetectionLimit.Substitute(value));
    }

    [Theory]
    [InlineData("<0.0001", "0.00005", false)]       // mercury: the detection limit is above class I's limit
    [InlineData("<0.00005", "0.00005", true)]
    [InlineData("0.0001", "0.00005", true)]         // a value itself always says something
    public void A_detection_limit_above_the_limit_decides_nothing(string reported, string limit, bool expected)
    {
        Assert.True(ReportedValue.TryParseQualified(reported, out ReportedValue value));
        Assert.Equal(expected, DetectionLimit.CanJudge(value, D(limit)));
    }

    [Theory]
    [InlineData("0.125", 2, "0.12")]
    [InlineData("0.135", 2, "0.14")]
    [InlineData("0.1250000001", 2, "0.13")]
    [InlineData("-0.125", 2, "-0.12")]
    [InlineData("2.5", 0, "2")]
    public void Rounding_is_half_to_even(string value, int decimals, string expected) =>
        Assert.Equal(D(expected), Gb8170.Round(D(value), decimals));

    private static ClassOutcome Judge(WaterBody body, params (string Code, string Value)[] values) =>
        SingleFactorClass.Judge(Standard.AssessedFor(body), values.ToDictionary(v => v.Code, v => D(v.Value)), body);

    private static decimal D(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
