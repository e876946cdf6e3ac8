using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Monitor.Rules.WaterQuality;
using Xunit;

namespace Monitor.Tests.Programmes.Families;

/// <summary>Henan and Shandong, section 刘庄. Steps, points and cap: 新华社 2021-05-09.</summary>
public sealed class YellowRiverTests
{
    private static Family Programme => Family.Of("yellow-river-henan-shandong");

    // Class II in both years, 126 million in all: 山东 2022-07-05. The index of either year is not printed, so the part of
    // change is not computed: what the sources leave for it is 126 − 2 × 60 = 6 million, six points in two years.
    [Fact]
    public void Two_years_of_class_II_are_120_million_of_the_published_126()
    {
        decimal basic = 0;
        foreach (string year in new[] { "2020", "2021" })
        {
            RiverAssessment a = Programme.Printed("YR-LZ", year, measured: SurfaceWaterClass.II);
            Assert.Equal(Direction.Suspended, a.Direction); // the index is missing, and so is the sum
            PartOutcome part = a.Parts.Single(p => p.Part.Name == "basic");
            Assert.Equal(Direction.DownstreamPays, part.Direction); // Shandong pays
            basic += part.Yuan!.Value;
        }
        Assert.Equal(120_000_000m, basic);
        const decimal Published = 126_000_000m, PerPoint = 1_000_000m, CapOfTwoYears = 2 * 40_000_000m;
        Assert.Equal(6m, (Published - basic) / PerPoint);
        Assert.InRange(Published - basic, -CapOfTwoYears, CapOfTwoYears);
    }

    [Theory]
    [InlineData(SurfaceWaterClass.I, 120_000_000)]
    [InlineData(SurfaceWaterClass.II, 60_000_000)]
    [InlineData(SurfaceWaterClass.III, 0)]
    [InlineData(SurfaceWaterClass.IV, -60_000_000)]
    [InlineData(SurfaceWaterClass.InferiorV, -180_000_000)]
    public void Each_class_is_60_million(SurfaceWaterClass measured, int yuan) => Assert.Equal(
        yuan, Programme.Printed("YR-LZ", "2020", 1m, measured).Parts.Single(p => p.Part.Name == "basic").Yuan);

    // (1 − 0.97) × 100 = 3 points; 45 points are capped at 40 million.
    [Theory]
    [InlineData("0.97", 3_000_000)]
    [InlineData("1.05", -5_000_000)]
    [InlineData("0.60", 40_000_000)]
    [InlineData("0.55", 40_000_000)]
    [InlineData("1.45", -40_000_000)]
    public void A_point_of_change_is_1_million_and_at_most_40(string index, int yuan)
    {
        PartOutcome change = Programme.Printed("YR-LZ", "2020", Family.Number(index), SurfaceWaterClass.III)
            .Parts.Single(p => p.Part.Name == "change");
        Assert.Equal(yuan, change.Yuan);
        Assert.Equal((1 - Family.Number(index)) * 100 * 1_000_000, change.Uncapped);
    }

    // Better by a class, but dirtier than last year: 60 − 5 = 55 million, netted.
    [Fact]
    public void The_two_parts_are_netted()
    {
        RiverAssessment a = Programme.Printed("YR-LZ", "2020", 1.05m, SurfaceWaterClass.II);
        Assert.Equal((Direction.DownstreamPays, 55_000_000m), (a.Direction, a.AmountYuan!.Value));
        Assert.Equal("Shandong Province", a.Payer!.English);
    }

    // Made-up samples: COD 16 after 20 is 0.8; the others as last year. 0.34 × 0.8 + 0.33 + 0.33 = 0.932, rounded 0.93.
    // COD 16 is class III, so the basic part is nothing; seven points are 7 million.
    [Fact]
    public void The_year_before_is_the_baseline()
    {
        Family years = Programme.Samples(2020, "w01018", 20m).Samples(2021, "w01018", 16m);
        foreach (int year in new[] { 2020, 2021 })
        {
            years.Samples(year, "w01019", 3m).Samples(year, "w21003", 0.4m).Samples(year, "w21011", 0.08m);
        }
        RiverAssessment a = years.Assess("YR-LZ", "2021");
        Assert.Equal((0.34m * 0.8m) + 0.33m + 0.33m, a.UnroundedIndex);
        Assert.Equal((0.93m, SurfaceWaterClass.III), (a.Index!.Value, a.MeasuredClass!.Value));
        Assert.Equal((Direction.DownstreamPays, 7_000_000m), (a.Direction, a.AmountYuan!.Value));
        Assert.Equal([20m, 0.4m, 0.08m], a.Terms.Select(t => t.Baseline!.Value));
    }

    [Fact]
    public void Without_the_year_before_there_is_no_index_and_the_notice_says_why()
    {
        Family year = Programme.Samples(2021, "w01018", 16m).Samples(2021, "w01019", 3m)
            .Samples(2021, "w21003", 0.4m).Samples(2021, "w21011", 0.08m);
        RiverAssessment a = year.Assess("YR-LZ", "2021");
        Assert.Equal((Direction.Suspended, null), (a.Direction, a.AmountYuan));
        Assert.Contains(a.Reasons, r => r.English == "w01018: the previous year has too few data for a baseline");
    }
}
