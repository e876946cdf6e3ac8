using Monitor.Raster;
using Xunit;

namespace Monitor.Tests.Raster;

public sealed class CoverTests
{
    [Theory]
    [InlineData(0.02, 0, 0)]
    [InlineData(0.05, 0, 0)]
    [InlineData(0.30, 0.25 / 0.81, 0.0953)]
    [InlineData(0.455, 0.5, 0.25)]
    [InlineData(0.70, 0.65 / 0.81, 0.6440)]
    [InlineData(0.86, 1, 1)]
    [InlineData(0.90, 1, 1)]
    public void Cover_is_the_clamped_ratio_and_its_square_by_the_other_model(double ndvi, double linear, double squared)
    {
        Assert.Equal(linear, new CoverLine(0.05, 0.86).Of(ndvi), 1e-12);
        Assert.Equal(squared, new CoverLine(0.05, 0.86, CoverModel.CarlsonRipley).Of(ndvi), 5e-5);
    }

    [Fact]
    public void The_low_cover_uses_the_high_ends_and_the_high_cover_the_low_ends()
    {
        var ends = new CoverEnds(0.05, 0.10, 0.20, 0.80, 0.86, 0.90);
        Assert.Equal((0.40 - 0.20) / (0.90 - 0.20), ends.Low.Of(0.40), 1e-12);
        Assert.Equal((0.40 - 0.10) / (0.86 - 0.10), ends.Central.Of(0.40), 1e-12);
        Assert.Equal((0.40 - 0.05) / (0.80 - 0.05), ends.High.Of(0.40), 1e-12);
    }

    [Fact]
    public void The_covers_are_in_order_for_every_ndvi()
    {
        foreach (CoverModel model in Enum.GetValues<CoverModel>())
        {
            var ends = new CoverEnds(0.05, 0.10, 0.20, 0.80, 0.86, 0.90, model);
            for (int i = -1000; i <= 1000; i++)
            {
                double v = i / 1000.0;
                double low = ends.Low.Of(v), central = ends.Central.Of(v), high = ends.High.Of(v);
                Assert.True(0 <= low && low <= central && central <= high && high <= 1);
            }
        }
    }

    [Fact]
    public void A_raster_of_cover_keeps_nodata()
    {
        float[] cover = new float[3];
        new CoverLine(0, 1).Of([0.25f, -9999f, -0.5f], cover);
        Assert.Equal([0.25f, -9999f, 0f], cover);
    }

    [Theory]
    [InlineData(0.2, 0.1, 0.3, 0.7, 0.8, 0.9)] // soil does not rise
    [InlineData(0.1, 0.2, 0.3, 0.9, 0.8, 0.7)] // veg does not rise
    [InlineData(0.1, 0.2, 0.9, 0.7, 0.8, 0.9)] // soil-high meets veg-high
    [InlineData(-2, 0.2, 0.3, 0.7, 0.8, 0.9)]
    [InlineData(0.1, double.NaN, 0.3, 0.7, 0.8, 0.9)]
    public void Ends_that_cannot_be_are_refused(double a, double b, double c, double d, double e, double f) =>
        Assert.Throws<ArgumentException>(() => new CoverEnds(a, b, c, d, e, f));
}
