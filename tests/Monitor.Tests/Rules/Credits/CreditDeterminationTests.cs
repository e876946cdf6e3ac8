using Monitor.Rules.Credits;
using Xunit;

namespace Monitor.Tests.Rules.Credits;

public sealed class CreditDeterminationTests
{
    private static readonly decimal[] With = [.8m, .7m, .9m, .6m, .75m, .5m, .85m, .9m, .8m];

    [Fact]
    public void The_seeds_method_takes_the_mean_of_nine_scores_as_it_is() =>
        Assert.Equal(90.6666m, CreditDetermination.MeanScore(120, With));

    // (6.8 − 2.7) / 9 × 120 = 54.6666…
    [Fact]
    public void A_gain_counts_only_what_the_project_added_to_the_baseline() =>
        Assert.Equal(54.6666m, CreditDetermination.MeanScoreGain(120, With, [.3m, .3m, .3m, .3m, .3m, .3m, .3m, .3m, .3m]));

    [Fact]
    public void A_site_that_got_worse_is_worth_nothing() =>
        Assert.Equal(0m, CreditDetermination.MeanScoreGain(120, [.3m], [.4m]));

    [Fact]
    public void A_gain_without_a_whole_baseline_is_refused() =>
        Assert.Throws<ArgumentException>(() => CreditDetermination.MeanScoreGain(120, With, [.3m]));

    // 100 areas at 1:1, 2:1, 3:1 and 5:1; 3:1 is a third, not 0.3.
    [Theory]
    [InlineData("1", "100")]
    [InlineData("2", "50")]
    [InlineData("3", "33.3333")]
    [InlineData("5", "20")]
    public void An_area_is_divided_by_its_ratio(string ratio, string credits) => Assert.Equal(
        Number(credits), CreditDetermination.Ratio(100, Number(ratio)));

    // Current (5, 4, 5) = 14/30, with (8, 8, 8) = 24/30: the gain is 10/30; ÷ (1.14 × 1.25) = 0.233918; × 100 = 23.3918.
    [Fact]
    public void Umam_divides_the_gain_by_time_lag_and_risk()
    {
        var site = new UmamAssessment(new UmamScores(5, 4, 5), new UmamScores(8, 8, 8), 1, 1.14m, 1.25m);
        Assert.Equal(0.233918m, decimal.Round(site.RelativeGain, 6));
        Assert.Equal(23.3918m, CreditDetermination.Umam(100, site));
    }

    // Impact: a loss of 0.6 on 10 acres is 6.0; with a relative gain of 0.233918, 6.0 / 0.233918 = 25.65 acres make up for it.
    [Fact]
    public void The_published_impact_needs_25_65_acres()
    {
        var site = new UmamAssessment(new UmamScores(5, 4, 5), new UmamScores(8, 8, 8), 1, 1.14m, 1.25m);
        Assert.Equal(25.65m, decimal.Round(0.6m * 10 / site.RelativeGain, 2));
    }

    // Uplands have no water environment: (5 + 5)/20 to (8 + 8)/20 is 0.3; preservation counts half: 0.15 × 40 = 6.
    [Fact]
    public void Umam_of_uplands_leaves_water_out_and_preservation_counts_in_part() => Assert.Equal(
        6m, CreditDetermination.Umam(40, new UmamAssessment(new UmamScores(5, null, 5), new UmamScores(8, null, 8), .5m, 1, 1)));

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
