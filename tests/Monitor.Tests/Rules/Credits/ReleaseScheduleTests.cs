using FsCheck;
using FsCheck.Fluent;
using Monitor.Rules.Credits;
using Xunit;

namespace Monitor.Tests.Rules.Credits;

public sealed class ReleaseScheduleTests
{
    private static readonly decimal[] Florida = [15, 25, 40, 10, 5, 5];

    // 120 × (.8 + .7 + .9 + .6 + .75 + .5 + .85 + .9 + .8) / 9 = 120 × 6.8 / 9 = 90.6666…, down to 4 decimals.
    [Fact]
    public void Credits_are_area_times_the_mean_of_nine_scores_rounded_down() =>
        Assert.Equal(90.6666m, ReleaseSchedule.Determine(120, [.8m, .7m, .9m, .6m, .75m, .5m, .85m, .9m, .8m]));

    [Fact]
    public void The_parts_of_the_published_example_sum_exactly()
    {
        IReadOnlyList<decimal> parts = ReleaseSchedule.Parts(90.6666m, Florida);
        Assert.Equal([13.5999m, 22.6667m, 36.2666m, 9.0667m, 4.5333m, 4.5334m], parts);
        Assert.Equal(90.6666m, parts.Sum());
    }

    [Fact]
    public void Parts_of_any_total_sum_to_it_and_none_is_negative() => Prop.ForAll(
        (from units in Gen.Choose(0, 2_000_000_000)
         from cuts in Gen.Choose(1, 99).ArrayOf(4)
         select (Total: units / 10_000m, Cuts: cuts.Distinct().Order().ToArray())).ToArbitrary(),
        draw =>
        {
            int[] ends = [0, .. draw.Cuts, 100];
            decimal[] shares = [.. ends.Zip(ends.Skip(1), (a, b) => (decimal)(b - a))];
            IReadOnlyList<decimal> parts = ReleaseSchedule.Parts(draw.Total, shares);
            Assert.Equal(draw.Total, parts.Sum());
            Assert.All(parts, p => Assert.True(p >= 0));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_determination_without_scores_is_refused() =>
        Assert.Throws<ArgumentException>(() => ReleaseSchedule.Determine(120, []));
}
