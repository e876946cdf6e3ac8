using FsCheck;
using FsCheck.Fluent;
using Monitor.Imagery.Tiles;
using Xunit;

namespace Monitor.Integration.Tests.Imagery.Tiles;

/// <summary>Where XYZ tiles lie.</summary>
public sealed class TileAddressTests
{
    // Half the equator of the sphere of WGS 84: π × 6,378,137 m.
    private const double Half = 20_037_508.342789244;

    private static Arbitrary<TileAddress> Addresses => (
        from z in Gen.Choose(0, TileAddress.ZMax)
        from x in Gen.Choose(0, (1 << z) - 1)
        from y in Gen.Choose(0, (1 << z) - 1)
        select new TileAddress(z, x, y)).ToArbitrary();

    [Fact]
    public void The_one_tile_of_zoom_0_is_the_world_from_the_north_west()
    {
        MercatorFrame frame = new TileAddress(0, 0, 0).Frame;
        Assert.Equal((-Half, Half, Half, -Half), (frame.West, frame.North, frame.East, frame.South));
        // 2 × Half ÷ 256
        Assert.Equal(156_543.033_928_041, frame.Resolution, 1e-9);
    }

    [Fact]
    public void A_known_place_is_in_the_tile_that_every_map_has_it_in()
    {
        // 120° E: 2^10 × 300 / 360 = 853.33; 28.4° N: 2^10 × (1 − asinh(tan 28.4°) / π) / 2 = 427.7.
        Assert.Equal(new TileAddress(10, 853, 427), TileAddress.Of(120, 28.4, 10));
        Assert.Equal(new TileAddress(1, 1, 0), TileAddress.Of(180, 89.9, 1));
    }

    [Fact]
    public void Its_middle_lies_in_it() => Prop.ForAll(Addresses, tile =>
    {
        (double longitude, double latitude) = WebMercator.ToDegrees(
            (tile.Frame.West + tile.Frame.East) / 2, (tile.Frame.North + tile.Frame.South) / 2);
        return TileAddress.Of(longitude, latitude, tile.Z) == tile;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Four_tiles_of_the_next_zoom_fill_it_to_the_last_bit() => Prop.ForAll(
        Addresses.Filter(t => t.Z < TileAddress.ZMax), tile =>
        {
            MercatorFrame whole = tile.Frame;
            MercatorFrame first = new TileAddress(tile.Z + 1, 2 * tile.X, 2 * tile.Y).Frame;
            MercatorFrame last = new TileAddress(tile.Z + 1, (2 * tile.X) + 1, (2 * tile.Y) + 1).Frame;
            return (first.West, first.North, first.Resolution * 2) == (whole.West, whole.North, whole.Resolution)
                && Math.Abs(last.East - whole.East) < 1e-6 && Math.Abs(last.South - whole.South) < 1e-6;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Degrees_and_metres_lead_back_to_each_other() => Prop.ForAll(
        Gen.Choose(-179_999, 179_999).Zip(Gen.Choose(-85_000, 85_000)).ToArbitrary(), place =>
        {
            (double longitude, double latitude) = (place.Item1 / 1000.0, place.Item2 / 1000.0);
            (double x, double y) = WebMercator.From(longitude, latitude);
            (double back, double up) = WebMercator.ToDegrees(x, y);
            return Math.Abs(back - longitude) < 1e-9 && Math.Abs(up - latitude) < 1e-9;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(23, 0, 0)]
    [InlineData(-1, 0, 0)]
    [InlineData(3, 8, 0)]
    [InlineData(3, 0, 8)]
    [InlineData(3, -1, 0)]
    [InlineData(0, 1, 0)]
    public void A_tile_beyond_the_world_is_none(int z, int x, int y) => Assert.False(new TileAddress(z, x, y).IsValid);

    [Theory]
    [InlineData(192, 112)]
    [InlineData(50, 300)]
    public void A_frame_around_a_box_holds_it_with_its_margin(int width, int height)
    {
        var box = new GeographicBounds(119.5, 28.1, 119.6, 28.3);
        MercatorFrame frame = MercatorFrame.Around(box, width, height, 0.2);
        (double west, double south) = WebMercator.From(box.West, box.South);
        (double east, double north) = WebMercator.From(box.East, box.North);
        double marginX = 0.2 * (east - west), marginY = 0.2 * (north - south);
        Assert.True(frame.West <= west - marginX + 1e-6 && frame.East >= east + marginX - 1e-6);
        Assert.True(frame.South <= south - marginY + 1e-6 && frame.North >= north + marginY - 1e-6);
    }
}
