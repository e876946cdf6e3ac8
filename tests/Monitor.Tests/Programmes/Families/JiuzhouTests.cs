using Monitor.Programmes.Judgements;
using Monitor.Rules.Compensation;
using Xunit;

namespace Monitor.Tests.Programmes.Families;

/// <summary>
/// Class III for the annual mean; 75, 83 and 100 % of the months in 2018, 2019 and 2020: 广西日报 2019-01-10. The samples are
/// made up; no year's months are published.
/// </summary>
public sealed class JiuzhouTests
{
    // TP: class III allows 0.2. A bad month has 0.25, a good one 0.1.
    [Theory]
    [InlineData(2018, 9, true)] // 9 ÷ 12 = 75 %
    [InlineData(2018, 8, false)]
    [InlineData(2019, 10, true)] // 83 % of 12 is 9.96
    [InlineData(2019, 9, false)]
    [InlineData(2020, 12, true)]
    [InlineData(2020, 11, false)]
    public void A_share_of_the_months_must_keep_class_III(int year, int good, bool isMet)
    {
        RiverAssessment a = Year(year, good, bad: 0.25m).Assess("JZ-SJ", $"{year}");
        Assert.Equal(isMet ? Direction.DownstreamPays : Direction.UndefinedInSource, a.Direction);
        Assert.Equal(isMet ? 100_000_000m : null, a.AmountYuan);
        PartItem months = a.Parts[0].Items.Single(i => i.Name == "months");
        Assert.Equal((good, 12m), (months.Value!.Value, months.Limit!.Value));
    }

    // Nine good months of twelve, but the mean (9 × 0.1 + 3 × 0.9) ÷ 12 = 0.3 is class IV.
    [Fact]
    public void The_annual_mean_must_keep_it_too() =>
        Assert.Equal(Direction.UndefinedInSource, Year(2018, 9, bad: 0.9m).Assess("JZ-SJ", "2018").Direction);

    [Fact]
    public void A_year_that_the_agreement_does_not_name_is_undefined()
    {
        RiverAssessment a = Year(2021, 12, bad: 0.1m).Assess("JZ-SJ", "2021");
        Assert.Equal(Direction.UndefinedInSource, a.Direction);
        Assert.Contains(a.Reasons, r => r.English == "the rule sets no share of months for 2021");
    }

    [Fact]
    public void A_year_with_a_month_missing_is_suspended()
    {
        decimal[] months = [.. Enumerable.Repeat(0.1m, 11), -1];
        RiverAssessment a = Others(2018).Samples(2018, "w21011", months).Assess("JZ-SJ", "2018");
        Assert.Equal(Direction.Suspended, a.Direction);
    }

    private static Family Year(int year, int good, decimal bad) => Others(year).Samples(
        year, "w21011", [.. Enumerable.Repeat(0.1m, good), .. Enumerable.Repeat(bad, 12 - good)]);

    private static Family Others(int year) => Family.Of("jiuzhou")
        .Samples(year, "w01001", 7m).Samples(year, "w01019", 3m).Samples(year, "w21003", 0.3m).Samples(year, "w01017", 2m);
}
