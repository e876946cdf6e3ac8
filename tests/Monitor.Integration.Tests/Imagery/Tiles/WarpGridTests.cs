using FsCheck;
using FsCheck.Fluent;
using Monitor.Imagery;
using Monitor.Imagery.Gdal;
using Monitor.Imagery.Tiles;
using Xunit;

namespace Monitor.Integration.Tests.Imagery.Tiles;

/// <summary>Interpolated places of pixels against the same computed one by one.</summary>
public sealed class WarpGridTests
{
    // 10 m pixels of UTM zone 50 north around 119.9° E, 28.4° N: three degrees from the zone's middle, where it bends most.
    private static readonly GeoReference Place = GeoReference.NorthUp(32650, 780_000, 3_150_000, 10);

    private static CoordinateWay Way() => CoordinateWay.Between(SpatialReference.WktOfEpsg(3857), Place.Wkt);

    [Theory]
    [InlineData(8)] // a pixel of 611 m: 61 of the raster's
    [InlineData(11)]
    [InlineData(13)] // 19 m
    [InlineData(14)] // 9.6 m: about the raster's own
    [InlineData(17)]
    [InlineData(22)] // 4 cm: 260 to one of the raster's
    public void No_pixel_is_off_by_an_eighth_of_a_pixel(int z)
    {
        using CoordinateWay way = Way();
        MercatorFrame frame = TileAddress.Of(119.88, 28.44, z).Frame;
        var part = new RasterWindow(3, 5, 251, 249);
        WarpGrid grid = WarpGrid.Of(way, Place, frame, part), exact = WarpGrid.Exact(way, Place, frame, part);
        // The smaller pixel of the two: at zoom 22 an eighth of the raster's would be 32 of the tile's.
        double perPixel = Math.Abs(exact.Columns[1] - exact.Columns[0]);
        double worst = grid.Columns.Zip(exact.Columns, (a, b) => Math.Abs(a - b))
            .Concat(grid.Rows.Zip(exact.Rows, (a, b) => Math.Abs(a - b))).Max();
        Assert.True(worst < WarpGrid.ErrorMax * Math.Min(1, perPixel), $"z {z}: {worst} of {perPixel}, step {grid.Step}");
        // Else nothing was tested, and a tile would cost 60,000 transforms.
        if (z >= 11) Assert.True(grid.Step > 1);
    }

    [Fact]
    public void Nor_is_one_anywhere_else_in_any_zone() => Prop.ForAll(
        (from zone in Gen.Choose(1, 60)
         from aside in Gen.Choose(-30, 30)
         from latitude in Gen.Choose(1, 780)
         from south in Gen.Elements(0, 1)
         from z in Gen.Choose(9, 20)
         select (zone, aside / 10.0, latitude / 10.0, south, z)).ToArbitrary(), where =>
        {
            (int zone, double aside, double latitude, int south, int z) = where;
            string wkt = SpatialReference.WktOfEpsg((south == 1 ? 32_700 : 32_600) + zone);
            double longitude = (zone * 6) - 183 + aside, signed = south == 1 ? -latitude : latitude;
            using CoordinateWay there = CoordinateWay.Between(SpatialReference.WktOfEpsg(4326), wkt);
            double[] x = [longitude], y = [signed];
            there.Transform(x, y);
            var place = new GeoReference(x[0], 10, 0, y[0], 0, -10, wkt);
            using CoordinateWay way = CoordinateWay.Between(SpatialReference.WktOfEpsg(3857), wkt);
            MercatorFrame frame = TileAddress.Of(longitude, signed, z).Frame;
            var part = new RasterWindow(100, 60, 70, 50);
            WarpGrid grid = WarpGrid.Of(way, place, frame, part), exact = WarpGrid.Exact(way, place, frame, part);
            double perPixel = Math.Abs(exact.Columns[1] - exact.Columns[0]);
            return grid.Columns.Zip(exact.Columns).Concat(grid.Rows.Zip(exact.Rows))
                .All(p => Math.Abs(p.First - p.Second) < WarpGrid.ErrorMax * Math.Min(1, perPixel));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_middle_of_a_pixel_falls_in_it()
    {
        using CoordinateWay way = Way();
        using CoordinateWay back = CoordinateWay.Between(Place.Wkt, SpatialReference.WktOfEpsg(3857));
        // Middle of column 7, row 3: 780,075 and 3,149,965.
        double[] x = [780_075], y = [3_149_965];
        back.Transform(x, y);
        var frame = new MercatorFrame(x[0] - 0.5, y[0] + 0.5, 1, 1, 1);
        WarpGrid grid = WarpGrid.Of(way, Place, frame, new RasterWindow(0, 0, 1, 1));
        Assert.Equal((7.5, 3.5), (grid.Columns[0], grid.Rows[0]), Within(1e-6));
        Assert.Equal([(3 * 100) + 7], grid.Nearest(100, 50));
        Assert.Equal([-1], grid.Nearest(7, 50));
    }

    [Fact]
    public void A_place_that_the_system_does_not_reach_is_nowhere_and_no_fault()
    {
        using CoordinateWay way = Way();
        MercatorFrame world = new TileAddress(0, 0, 0).Frame;
        WarpGrid grid = WarpGrid.Of(way, Place, world, new RasterWindow(0, 0, 256, 256));
        // Only the scene's own place is found: not its mirror image at the other side of the earth.
        Assert.InRange(grid.Nearest(10_980, 10_980).Count(n => n >= 0), 0, 1);
    }

    private static EqualityComparer<(double, double)> Within(double tolerance) =>
        EqualityComparer<(double, double)>.Create(
            (a, b) => Math.Abs(a.Item1 - b.Item1) < tolerance && Math.Abs(a.Item2 - b.Item2) < tolerance);
}
