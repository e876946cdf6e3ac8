using System.Diagnostics;
using System.Globalization;
using Monitor.Domain;
using Monitor.Imagery;
using Monitor.Imagery.Gdal;
using Monitor.Imagery.Pictures;
using Monitor.Imagery.Tiff;
using Monitor.Imagery.Tiles;
using Monitor.Integration.Tests.Support;
using Monitor.Raster;
using Xunit;

namespace Monitor.Integration.Tests.Imagery.Tiles;

/// <summary>Tiles of a scene of our own making: 60 × 40 pixels of 10 m, every NDVI another; decoded by GDAL.</summary>
public sealed class SceneTileTests : IDisposable
{
    private const int Width = 60, Height = 40;

    private static readonly GeoReference Place = GeoReference.NorthUp(32650, 780_000, 3_150_000, 10);
    private static readonly CoverLine Line = new(0.1, 0.8);

    private readonly TempFolder _folder = new();
    private readonly SceneSource _scene;

    public SceneTileTests()
    {
        // NIR 1000; red from 1000 down by one a pixel in a scattered order: NDVI from 0 up, neighbours far apart.
        ushort[] red = [.. Enumerable.Range(0, Width * Height).Select(i => (ushort)(1 + (i * 397 % 1000)))];
        ushort[] nir = [.. Enumerable.Repeat((ushort)1000, red.Length)];
        // The first row is nodata.
        for (int i = 0; i < Width; i++) red[i] = nir[i] = 0;
        // Cloud over the mask's own square from its column 10, row 5: pixels 20 to 23, 10 to 13.
        byte[] scl = [.. Enumerable.Repeat((byte)4, Width / 2 * (Height / 2))];
        foreach ((int x, int y) in new[] { (10, 5), (11, 5), (10, 6), (11, 6) }) scl[(y * Width / 2) + x] = 9;
        GeoTiffWriter.WriteAll<ushort>(_folder["r.tif"], red, Width, Height, Place, 0);
        GeoTiffWriter.WriteAll<ushort>(_folder["n.tif"], nir, Width, Height, Place, 0);
        GeoTiffWriter.WriteAll<byte>(
            _folder["m.tif"], scl, Width / 2, Height / 2, Place with { PixelWidth = 20, PixelHeight = -20 });
        _scene = new SceneSource(new(_folder["r.tif"]), new(_folder["n.tif"]))
        {
            Mask = new SceneMask(new(_folder["m.tif"]), MaskKind.Scl),
        };
    }

    public void Dispose() => _folder.Dispose();

    private static CancellationToken Ceiling => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(15)] // a tile's pixel of 4.8 m in the projection
    [InlineData(17)]
    [InlineData(13)] // 19 m: pixels of the scene are left out
    public async Task A_tile_is_what_gdalwarp_makes_of_the_same_pixels(int z)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/gdalwarp"), "gdalwarp is not installed.");
        TileAddress tile = Address(z);
        SceneRasters.WriteNdvi(_scene, _folder["v.tif"], TiffCompression.None, 1, Ceiling);
        double[] warped = await WarpAsync(_folder["v.tif"], tile.Frame);
        Rgba[] drawn = Draw(TileLayer.Ndvi, tile.Frame);
        int seen = 0, others = 0;
        for (int i = 0; i < drawn.Length; i++)
        {
            if (drawn[i].Opacity != 0) seen++;
            Rgb? expected = warped[i] >= -1 ? ColourRamp.NdviOnMap.Of(warped[i]) : null;
            bool same = expected is Rgb colour ? drawn[i].Colour == colour : drawn[i].Opacity == 0 || IsHatch(drawn[i], i);
            if (!same) others++;
        }
        Assert.True(seen > 100, $"{seen} pixels seen");
        // Two ways of interpolating differ where a pixel's middle falls on the edge of two: within an eighth of a pixel of it.
        Assert.True(others <= seen / 100, $"z {z}: {others} of {seen} differ");
    }

    [Fact]
    public void Masked_pixels_are_hatched_nodata_and_what_lies_outside_is_transparent()
    {
        // Frames of one pixel of the scene: half a metre around its middle.
        Assert.Equal(0, Only(Draw(TileLayer.Ndvi, PixelFrame(5, 0))).Opacity);
        Assert.Equal(0, Only(Draw(TileLayer.Ndvi, PixelFrame(-1, 5))).Opacity);
        Assert.True(Draw(TileLayer.Ndvi, PixelFrame(21, 11)).Index().All(p => IsHatch(p.Item, p.Index, 8)));
        Assert.True(Draw(TileLayer.Cover, PixelFrame(21, 11)).Index().All(p => IsHatch(p.Item, p.Index, 8)));
        Assert.True(Draw(TileLayer.Mask, PixelFrame(21, 11)).Index().All(p => IsHatch(p.Item, p.Index, 8)));
        Assert.Equal(0, Only(Draw(TileLayer.Mask, PixelFrame(5, 0))).Opacity);
        Assert.Equal(255, Only(Draw(TileLayer.Mask, PixelFrame(5, 5))).Opacity);
    }

    [Fact]
    public void Ndvi_and_cover_have_the_colours_of_their_ramps()
    {
        // Pixel 7 of row 3: (3 × 60 + 7) × 397 mod 1000 = 239; red 240, NDVI 760 / 1240.
        double ndvi = (1000.0 - 240) / 1240;
        Assert.Equal(ColourRamp.NdviOnMap.Of((float)ndvi), Only(Draw(TileLayer.Ndvi, PixelFrame(7, 3))).Colour);
        Assert.Equal(ColourRamp.Cover.Of((float)Line.Of((float)ndvi)), Only(Draw(TileLayer.Cover, PixelFrame(7, 3))).Colour);
        Assert.Throws<ArgumentException>(() => SceneTile.Render(
            _scene, SceneFootprint.Of(_scene), TileLayer.Cover, null, PixelFrame(7, 3), Ceiling));
    }

    [Fact]
    public void A_difference_is_the_later_less_the_earlier_and_hatched_where_either_is_masked()
    {
        // The later scene: red 500 and NIR 1500 everywhere, NDVI 0.5, no mask; half as large, from the same corner.
        GeoTiffWriter.WriteAll<ushort>(_folder["lr.tif"], [.. Enumerable.Repeat((ushort)500, 800)], 40, 20, Place, 0);
        GeoTiffWriter.WriteAll<ushort>(_folder["ln.tif"], [.. Enumerable.Repeat((ushort)1500, 800)], 40, 20, Place, 0);
        var later = new SceneSource(new(_folder["lr.tif"]), new(_folder["ln.tif"]));
        Rgba[] Change(SceneSource from, SceneSource to, int column, int row) => Decode(
            SceneTile.RenderDifference(
                (from, SceneFootprint.Of(from)), (to, SceneFootprint.Of(to)), TileLayer.Ndvi, null,
                PixelFrame(column, row), Ceiling), 8, 8);
        // Pixel 7 of row 3 was 760 / 1240 before.
        double before = (1000.0 - 240) / 1240;
        Assert.Equal(ColourRamp.Difference.Of((float)(0.5f - (float)before)), Only(Change(_scene, later, 7, 3)).Colour);
        Assert.Equal(ColourRamp.Difference.Of((float)((float)before - 0.5f)), Only(Change(later, _scene, 7, 3)).Colour);
        Assert.Equal(ColourRamp.Difference.Of(0), Only(Change(later, later, 7, 3)).Colour);
        Assert.True(Change(_scene, later, 21, 11).Index().All(p => IsHatch(p.Item, p.Index, 8)));
        // Nodata in one, beyond the other: nothing.
        Assert.Equal(0, Only(Change(_scene, later, 5, 0)).Opacity);
        Assert.Equal(0, Only(Change(_scene, later, 45, 5)).Opacity);
    }

    [Fact]
    public void A_grown_mask_hides_its_neighbours()
    {
        SceneSource grown = _scene with { Mask = _scene.Mask! with { Dilate = 1 } };
        // The square of the mask left of the cloud: pixels 18 and 19.
        Assert.False(IsHatch(Draw(TileLayer.Ndvi, PixelFrame(19, 11))[0], 0));
        Assert.True(IsHatch(Draw(TileLayer.Ndvi, PixelFrame(19, 11), grown)[0], 0));
    }

    [Fact]
    public void A_tile_beside_the_scene_is_empty_and_the_world_holds_a_pixel_of_it_at_most()
    {
        TileAddress tile = Address(15);
        byte[] beside = SceneTile.Render(
            _scene, SceneFootprint.Of(_scene), TileLayer.Ndvi, null, (tile with { X = tile.X + 3 }).Frame, Ceiling);
        Assert.All(Decode(beside, 256, 256), p => Assert.Equal(0, p.Opacity));
        Assert.True(beside.Length < 1000);
        Assert.InRange(Draw(TileLayer.Ndvi, new TileAddress(0, 0, 0).Frame).Count(p => p.Opacity != 0), 0, 1);
    }

    [Fact]
    public void A_footprint_holds_the_scenes_corners_and_one_that_lies_nowhere_is_refused()
    {
        GeographicBounds bounds = SceneFootprint.Of(_scene).Bounds;
        using CoordinateWay way = CoordinateWay.Between(Place.Wkt, SpatialReference.WktOfEpsg(4326));
        double[] x = [780_000, 780_600, 780_000, 780_600], y = [3_150_000, 3_150_000, 3_149_600, 3_149_600];
        way.Transform(x, y);
        Assert.Equal((x.Min(), x.Max(), y.Min(), y.Max()), (bounds.West, bounds.East, bounds.South, bounds.North));
        GeoTiffWriter.WriteAll<ushort>(_folder["nowhere.tif"], new ushort[4], 2, 2, null);
        InputException fault = Assert.Throws<InputException>(
            () => SceneFootprint.Of(_scene with { Red = new(_folder["nowhere.tif"]) }));
        Assert.Contains("where it lies", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scene_in_degrees_lies_where_its_degrees_say()
    {
        // Four pixels of a hundredth of a degree from 119.5° E, 28.5° N; the south-eastern one is bare, NDVI 0.
        GeoReference degrees = GeoReference.NorthUp(4326, 119.5, 28.5, 0.01);
        GeoTiffWriter.WriteAll<ushort>(_folder["dr.tif"], [100, 100, 100, 300], 2, 2, degrees, 0);
        GeoTiffWriter.WriteAll<ushort>(_folder["dn.tif"], [300, 300, 300, 300], 2, 2, degrees, 0);
        var scene = new SceneSource(new(_folder["dr.tif"]), new(_folder["dn.tif"]));
        GeographicBounds bounds = SceneFootprint.Of(scene).Bounds;
        Assert.Equal([119.5, 28.48, 119.52, 28.5], [bounds.West, bounds.South, bounds.East, bounds.North], Near);
        Rgba At(double longitude, double latitude)
        {
            (double x, double y) = WebMercator.From(longitude, latitude);
            var frame = new MercatorFrame(x - 4, y + 4, 1, 8, 8);
            return Only(Decode(
                SceneTile.Render(scene, SceneFootprint.Of(scene), TileLayer.Ndvi, null, frame, Ceiling), 8, 8));
        }
        Assert.Equal(ColourRamp.NdviOnMap.Of(0.5), At(119.505, 28.495).Colour);
        Assert.Equal(ColourRamp.NdviOnMap.Of(0), At(119.515, 28.485).Colour);
        Assert.Equal(0, At(119.525, 28.485).Opacity);
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-9;

    [Fact]
    public void Whoever_has_gone_is_drawn_nothing()
    {
        using var gone = new CancellationTokenSource();
        gone.Cancel();
        Assert.Throws<OperationCanceledException>(() => SceneTile.Render(
            _scene, SceneFootprint.Of(_scene), TileLayer.Ndvi, null, Address(15).Frame, gone.Token));
    }

    private readonly record struct Rgba(Rgb Colour, byte Opacity);

    private static bool IsHatch(Rgba pixel, int at, int width = 256) =>
        pixel.Opacity == 255 && pixel.Colour == TilePaint.Hatch(at % width, at / width);

    private static Rgba Only(Rgba[] pixels)
    {
        Assert.All(pixels, p => Assert.Equal(pixels[0], p));
        return pixels[0];
    }

    // 8 × 8 pixels of half a metre around the middle of a pixel of the scene.
    private static MercatorFrame PixelFrame(int column, int row)
    {
        using CoordinateWay way = CoordinateWay.Between(Place.Wkt, SpatialReference.WktOfEpsg(3857));
        double[] x = [Place.OriginX + ((column + 0.5) * 10)], y = [Place.OriginY - ((row + 0.5) * 10)];
        way.Transform(x, y);
        return new MercatorFrame(x[0] - 2, y[0] + 2, 0.5, 8, 8);
    }

    private static TileAddress Address(int z)
    {
        using CoordinateWay way = CoordinateWay.Between(Place.Wkt, SpatialReference.WktOfEpsg(4326));
        double[] x = [780_300], y = [3_149_800];
        way.Transform(x, y);
        return TileAddress.Of(x[0], y[0], z);
    }

    private Rgba[] Draw(TileLayer layer, MercatorFrame frame, SceneSource? scene = null) => Decode(
        SceneTile.Render(scene ?? _scene, SceneFootprint.Of(_scene), layer, Line, frame, Ceiling), frame.Width, frame.Height);

    private Rgba[] Decode(byte[] png, int width, int height)
    {
        string file = _folder.Write($"{Guid.NewGuid():N}.png", png);
        double[][] bands = [.. Enumerable.Range(1, 4).Select(n =>
        {
            using RasterBand band = RasterBand.Open(new BandReference(file, n));
            Assert.Equal((width, height), (band.Width, band.Height));
            double[] values = new double[width * height];
            band.Read(0, 0, width, height, values);
            return values;
        })];
        return [.. Enumerable.Range(0, width * height).Select(i => new Rgba(
            new Rgb((byte)bands[0][i], (byte)bands[1][i], (byte)bands[2][i]), (byte)bands[3][i]))];
    }

    private async Task<double[]> WarpAsync(string raster, MercatorFrame frame)
    {
        string file = _folder["warped.tif"];
        string[] numbers = [.. new[] { frame.West, frame.South, frame.East, frame.North }
            .Select(n => n.ToString("R", CultureInfo.InvariantCulture))];
        using Process process = Process.Start("gdalwarp", [
            "-q", "-r", "near", "-et", "0", "-t_srs", "EPSG:3857", "-te", .. numbers, "-ts", "256", "256",
            "-dstnodata", "-9999", raster, file]);
        await process.WaitForExitAsync(Ceiling).WaitAsync(TimeSpan.FromSeconds(60), Ceiling);
        Assert.Equal(0, process.ExitCode);
        using RasterBand band = RasterBand.Open(new BandReference(file));
        double[] values = new double[256 * 256];
        band.Read(0, 0, 256, 256, values);
        return values;
    }
}
