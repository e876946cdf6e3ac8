using FsCheck;
using FsCheck.Fluent;
using Monitor.Rules.Compensation;
using Xunit;

namespace Monitor.Tests.Rules.Compensation;

public sealed class SplitTests
{
    [Fact]
    public void Shares_1_5_4_of_200_million_are_20_100_and_80() =>
        Assert.Equal([20_000_000m, 100_000_000m, 80_000_000m], Split.Of(200_000_000m, [1, 5, 4], 2));

    // A third of a yuan is 33.33 fen: the fen that is left goes to one party, and none is lost.
    [Fact]
    public void Thirds_of_a_yuan_lose_no_fen() => Assert.Equal([0.34m, 0.33m, 0.33m], Split.Of(1m, [1, 1, 1], 2));

    [Fact]
    public void What_is_left_goes_to_who_lost_most() =>
        Assert.Equal([3m, 7m], Split.Of(10m, [1, 2], 0)); // 3.33 and 6.67

    [Fact]
    public void The_parts_add_up_and_are_within_a_unit_of_their_share() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        Gen.NonEmptyListOf(Gen.Choose(1, 1000)).ToArbitrary(),
        (fen, shares) =>
        {
            decimal yuan = fen / 100m;
            decimal[] weights = [.. shares.Select(s => (decimal)s)];
            IReadOnlyList<decimal> parts = Split.Of(yuan, weights, 2);
            Assert.Equal(yuan, parts.Sum());
            for (int i = 0; i < parts.Count; i++)
            {
                Assert.True(Math.Abs(parts[i] - (yuan * weights[i] / weights.Sum())) < 0.01m);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_share_of_nothing_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Split.Of(1m, [1, 0], 2));
}
