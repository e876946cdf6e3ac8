using FsCheck;
using FsCheck.Fluent;
using Monitor.Raster;
using Xunit;

namespace Monitor.Tests.Raster;

public sealed class RasterTallyTests
{
    private static readonly CoverEnds Ends = new(0.05, 0.10, 0.20, 0.80, 0.86, 0.90);

    [Theory]
    [InlineData(CoverModel.Linear)]
    [InlineData(CoverModel.CarlsonRipley)]
    public void Every_width_and_length_gives_the_sums_of_the_definition(CoverModel model)
    {
        var ends = new CoverEnds(0.05, 0.10, 0.20, 0.80, 0.86, 0.90, model);
        for (int length = 0; length <= 256; length++)
        {
            float[] ndvi = new Pixels((uint)length + 9).Ndvi(length);
            if (length > 3) (ndvi[0], ndvi[length / 2], ndvi[^1]) = (1f, -1f, float.NaN);
            long[] valid = [.. ndvi.Where(v => v >= -1).Select(v => (long)Math.Round(v * (double)(1L << 30)))];
            foreach (int width in (int[])[64, 128, 256, 512])
            {
                var tally = new RasterTally(ends);
                tally.Add(width, ndvi, length);
                Assert.Equal(valid.Length, tally.Count);
                Assert.Equal(length, tally.Eligible);
                Assert.Equal(valid.Sum(), tally.Sum);
                Assert.Equal(valid.Aggregate((Int128)0, (s, q) => s + ((Int128)q * q)), tally.SumOfSquares);
                Assert.Equal(valid.Length == 0 ? null : (double)ndvi.Where(v => v >= -1).Min(), tally.Min);
                Assert.Equal(valid.Length == 0 ? null : (double)ndvi.Where(v => v >= -1).Max(), tally.Max);
                Assert.Equal(CoverSum(ndvi, ends.Low), tally.CoverSums.Low);
                Assert.Equal(CoverSum(ndvi, ends.Central), tally.CoverSums.Central);
                Assert.Equal(CoverSum(ndvi, ends.High), tally.CoverSums.High);
                foreach (int bin in (int[])[0, 1, 1023, 1024, 2046, 2047])
                {
                    int inBin = valid.Count(q => Math.Min(2047, (q + (1L << 30)) / (1 << 20)) == bin);
                    Assert.Equal(inBin, tally.Histogram[bin]);
                }
            }
        }
    }

    private static long CoverSum(float[] ndvi, CoverLine line) =>
        ndvi.Where(v => v >= -1).Sum(v => (long)Math.Round(line.Of(v) * (1L << 30)));

    [Fact]
    public void Cut_anywhere_and_combined_in_any_order_the_figures_are_the_same_to_the_last_bit()
    {
        Prop.ForAll<int, int, int>((seed, one, other) =>
        {
            float[] ndvi = new Pixels((uint)seed).Ndvi(700);
            int a = (int)((uint)one % 701), b = (int)((uint)other % 701);
            (a, b) = (Math.Min(a, b), Math.Max(a, b));
            var whole = new RasterTally(Ends);
            whole.Add(ndvi, 700);
            RasterTally[] parts = [new(Ends), new(Ends), new(Ends)];
            parts[0].Add(64, ndvi.AsSpan(0, a), a);
            parts[1].Add(128, ndvi.AsSpan(a, b - a), b - a);
            parts[2].Add((seed & 1) == 0 ? 256 : 512, ndvi.AsSpan(b), 700 - b);
            var joined = new RasterTally(Ends);
            foreach (int i in (int[])[2, 0, 1]) joined.Combine(parts[i]);
            return Same(whole, joined);
        }).QuickCheckThrowOnFailure();
    }

    private static bool Same(RasterTally a, RasterTally b) =>
        a.Count == b.Count && a.Eligible == b.Eligible && a.Sum == b.Sum && a.SumOfSquares == b.SumOfSquares
        && a.CoverSums == b.CoverSums && a.Min.Equals(b.Min) && a.Max.Equals(b.Max)
        && a.Histogram.SequenceEqual(b.Histogram) && a.Mean.Equals(b.Mean) && a.Cover.Equals(b.Cover)
        && a.StandardDeviation.Equals(b.StandardDeviation) && a.Percentile(0.05).Equals(b.Percentile(0.05));

    [Fact]
    public void The_ends_of_the_range_alone_are_summed_exactly_over_many_pieces()
    {
        // -1 is all of the first bin's lower edge, 1 lies at the last one's upper edge: 70,000 of each.
        foreach (int width in (int[])[64, 128, 256, 512])
        {
            var tally = new RasterTally();
            float[] low = [.. Enumerable.Repeat(-1f, 70_000)], high = [.. Enumerable.Repeat(1f, 70_000)];
            tally.Add(width, low, low.Length);
            Assert.Equal(-70_000L << 30, tally.Sum);
            tally.Add(width, high, high.Length);
            Assert.Equal(0, tally.Sum);
            Assert.Equal((Int128)140_000 << 60, tally.SumOfSquares);
            Assert.Equal((70_000, 70_000), (tally.Histogram[0], tally.Histogram[^1]));
            Assert.Equal((-1.0, 1.0, 0.0), (tally.Min, tally.Max, tally.Mean));
        }
    }

    [Fact]
    public void The_figures_of_four_pixels_are_their_arithmetic()
    {
        var tally = new RasterTally(Ends);
        tally.Add([0.25f, 0.5f, -9999f, 0.75f], eligible: 4);
        Assert.Equal(3, tally.Count);
        Assert.Equal(3 / 4.0, tally.ClearFraction);
        Assert.Equal((0.25 + 0.5 + 0.75) / 3, tally.Mean);
        Assert.Equal(0.25, tally.Min);
        Assert.Equal(0.75, tally.Max);
        // Squares of the distances from 0.5: 1/16, 0, 1/16, over three pixels.
        Assert.Equal(Math.Sqrt(2 / 16.0 / 3), tally.StandardDeviation!.Value, 1e-9);
        // Low by soil 0.20, veg 0.90: (0.05 + 0.30 + 0.55) / 0.70 / 3.
        Assert.Equal((0.05 + 0.30 + 0.55) / 0.70 / 3, tally.Cover!.Value.Low, 1e-9);
        // High by soil 0.05, veg 0.80: (0.20 + 0.45 + 0.70) / 0.75 / 3.
        Assert.Equal((0.20 + 0.45 + 0.70) / 0.75 / 3, tally.Cover!.Value.High, 1e-9);
    }

    [Fact]
    public void Percentiles_are_within_a_bin_of_the_exact_ones()
    {
        Prop.ForAll<int, int>((seed, size) =>
        {
            float[] ndvi = new Pixels((uint)seed).Ndvi(1 + (int)((uint)size % 900));
            double[] sorted = [.. ndvi.Where(v => v >= -1).Select(v => (double)v).Order()];
            var tally = new RasterTally();
            tally.Add(ndvi, ndvi.Length);
            return ((double[])[0, 0.05, 0.5, 0.95, 1]).All(p =>
                sorted.Length == 0
                    ? tally.Percentile(p) is null
                    : Math.Abs(tally.Percentile(p)!.Value - Exact(sorted, p)) < 0.001);
        }).QuickCheckThrowOnFailure();
    }

    private static double Exact(double[] sorted, double fraction)
    {
        double rank = fraction * (sorted.Length - 1);
        int below = (int)rank;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((rank - below) * (sorted[above] - sorted[below]));
    }

    [Fact]
    public void A_percentile_of_one_value_is_that_value()
    {
        var tally = new RasterTally();
        tally.Add([0.3f, 0.3f, 0.3f], 3);
        Assert.Equal(0.3f, tally.Percentile(0.05));
        Assert.Equal(0.3f, tally.Percentile(0.95));
        Assert.Equal(0, tally.StandardDeviation!.Value, 1e-9);
    }

    [Fact]
    public void A_scene_without_a_clear_pixel_has_no_figures()
    {
        var tally = new RasterTally(Ends);
        tally.Add([-9999f, -9999f], eligible: 2);
        Assert.Equal(0, tally.Count);
        Assert.Equal(0, tally.ClearFraction);
        Assert.Null(tally.Mean);
        Assert.Null(tally.Min);
        Assert.Null(tally.Max);
        Assert.Null(tally.Cover);
        Assert.Null(tally.StandardDeviation);
        Assert.Null(tally.Percentile(0.5));
        Assert.Null(new RasterTally().ClearFraction);
    }
}
