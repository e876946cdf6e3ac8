using Monitor.Raster;
using Xunit;

namespace Monitor.Tests.Raster;

public sealed class RasterSumsTests
{
    [Fact]
    public void Statistics_are_those_of_the_values_and_nodata_is_left_out()
    {
        var sums = new RasterSums();
        sums.Add([0.25f, -0.5f, NdviKernel.NoData, 0.75f, float.NaN]);
        Assert.Equal((5L, 3L), (sums.Pixels, sums.Count));
        Assert.Equal((-0.5, 0.75), (sums.Min, sums.Max));
        Assert.Equal(0.5 / 3, sums.Mean!.Value, 1e-9);
        // (1/16 + 1/4 + 9/16) / 3 − (1/6)²
        Assert.Equal(Math.Sqrt((14 / 16.0 / 3) - (1 / 36.0)), sums.StandardDeviation!.Value, 1e-9);
        Assert.Null(new RasterSums().Mean);
        Assert.Null(new RasterSums().StandardDeviation);
    }

    [Fact]
    public void Every_width_and_every_cut_gives_the_same_bits()
    {
        for (int length = 0; length < 70; length++)
        {
            float[] values = new Pixels((uint)length + 1).Ndvi(length);
            RasterSums scalar = new(), vectors = new(), first = new(), second = new();
            scalar.Add(64, values);
            vectors.Add(256, values);
            first.Add(values.AsSpan(0, length / 3));
            second.Add(values.AsSpan(length / 3));
            second.Combine(first);
            Assert.Equal(Figures(scalar), Figures(vectors));
            Assert.Equal(Figures(scalar), Figures(second));
        }
    }

    private static object Figures(RasterSums s) => (s.Pixels, s.Count, s.Mean, s.Min, s.Max, s.StandardDeviation);
}
