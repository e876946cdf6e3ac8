using Monitor.Rules.Credits;
using Xunit;

namespace Monitor.Tests.Rules.Credits;

public sealed class CoverCriterionTests
{
    [Theory]
    [InlineData(0.60, 0.70, 0.80, CriterionOutcome.Pass)] // the low cover reaches it: the end is inclusive
    [InlineData(0.59, 0.70, 0.80, CriterionOutcome.Inconclusive)]
    [InlineData(0.40, 0.50, 0.60, CriterionOutcome.Inconclusive)] // the high cover still reaches it
    [InlineData(0.40, 0.50, 0.59, CriterionOutcome.Fail)]
    public void A_cover_of_at_least_0_60_is_judged_by_both_ends_of_its_band(
        double low, double central, double high, CriterionOutcome outcome) => Assert.Equal(
            outcome,
            CoverCriterion.Judge(new CoverBand((decimal)low, (decimal)central, (decimal)high), 1, 0.60m, 0.70m));

    [Fact]
    public void A_clouded_scene_decides_nothing() => Assert.Equal(
        CriterionOutcome.Inconclusive, CoverCriterion.Judge(new CoverBand(0.9m, 0.9m, 0.9m), 0.69m, 0.60m, 0.70m));

    [Fact]
    public void A_scene_without_a_clear_pixel_decides_nothing() =>
        Assert.Equal(CriterionOutcome.Inconclusive, CoverCriterion.Judge(null, 0, 0.60m, 0.70m));
}
