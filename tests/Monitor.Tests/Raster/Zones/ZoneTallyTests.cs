using Monitor.Raster;
using Monitor.Raster.Zones;
using Xunit;

namespace Monitor.Tests.Raster.Zones;

public sealed class ZoneTallyTests
{
    private const int Whole = (int)FixedPoint.One, Half = Whole / 2, Quarter = Whole / 4;
    private static readonly CoverEnds Ends = new(0, 0, 0, 1, 1, 1);

    [Fact]
    public void Parts_of_pixels_count_as_parts()
    {
        var tally = new ZoneTally(Ends);
        // 0.25 x 1 + 0.5 x 1/2 + 0.75 x 1/4; one pixel masked, one nodata, one outside.
        tally.Add(
            [0.25f, 0.5f, 0.75f, -9999f, -9999f, 0.9f], [1, 1, 1, 1, 0, 1], [Whole, Half, Quarter, Half, Whole, 0]);
        Assert.Equal(1.75, tally.Count);
        Assert.Equal(2.25, tally.Eligible);
        Assert.Equal(1.75 / 2.25, tally.ClearFraction);
        double mean = (0.25 + 0.25 + 0.1875) / 1.75;
        Assert.Equal(mean, tally.Mean!.Value, 1e-12);
        Assert.Equal(mean, tally.Cover!.Value.Central, 1e-12);
        Assert.Equal((0.25, 0.75), (tally.Min, tally.Max));
        double variance = ((0.0625 * 1) + (0.25 * 0.5) + (0.5625 * 0.25)) / 1.75 - (mean * mean);
        Assert.Equal(Math.Sqrt(variance), tally.StandardDeviation!.Value, 1e-9);
    }

    [Fact]
    public void Cut_anywhere_the_figures_are_the_same_to_the_last_bit()
    {
        float[] ndvi = new Pixels(3).Ndvi(300);
        byte[] data = new Pixels(4).Bytes(300, 3);
        int[] weights = [.. new Pixels(5).UInt16(300).Select(w => w * 16384)];
        var whole = new ZoneTally(Ends);
        whole.Add(ndvi, data, weights);
        for (int cut = 0; cut <= 300; cut += 7)
        {
            ZoneTally first = new(Ends), second = new(Ends);
            first.Add(ndvi.AsSpan(0, cut), data.AsSpan(0, cut), weights.AsSpan(0, cut));
            second.Add(ndvi.AsSpan(cut), data.AsSpan(cut), weights.AsSpan(cut));
            second.Combine(first);
            Assert.Equal(Figures(whole), Figures(second));
        }
    }

    private static object Figures(ZoneTally t) =>
        (t.Count, t.ClearFraction, t.Mean, t.StandardDeviation, t.Min, t.Max, t.Cover);

    [Fact]
    public void Nothing_clear_gives_no_figures()
    {
        var tally = new ZoneTally(Ends);
        tally.Add([-9999f], [1], [Whole]);
        Assert.Equal(0, tally.Count);
        Assert.Equal(0, tally.ClearFraction);
        Assert.Null(tally.Mean);
        Assert.Null(tally.StandardDeviation);
        Assert.Null(tally.Cover);
        Assert.Null(new ZoneTally().ClearFraction);
    }

    [Fact]
    public void Values_of_any_size_keep_their_small_spread()
    {
        var tally = new ValueTally();
        tally.Add([1e9, 1e9 + 1, double.NaN, -9999, 1e9 + 2], -9999, [Whole, Whole, Whole, Whole, Half]);
        Assert.Equal(2.5, tally.Count);
        // Distances from 1e9: 0, 1, 2 with weights 1, 1, 1/2: mean 0.8, squares (0 + 1 + 2) / 2.5 - 0.64.
        Assert.Equal(1e9 + 0.8, tally.Mean!.Value, 1e-6);
        Assert.Equal(Math.Sqrt(1.2 - 0.64), tally.StandardDeviation!.Value, 1e-9);
        Assert.Equal((1e9, 1e9 + 2), (tally.Min, tally.Max));
        Assert.Null(new ValueTally().Sum);
    }
}
