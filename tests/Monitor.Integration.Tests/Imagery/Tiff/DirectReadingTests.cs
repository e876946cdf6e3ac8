using Monitor.Domain;
using Monitor.Imagery.Gdal;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Imagery.Tiff;

/// <summary>Files of GDAL's hand, read without it and by it: the same numbers, bit for bit.</summary>
public sealed class DirectReadingTests
{
    private const int Width = 150, Height = 101;

    private static readonly GeoReference Place = GeoReference.NorthUp(32651, 500_000, 3_500_000, 10);

    private static readonly string[] Layouts =
    [
        "TILED=YES BLOCKXSIZE=64 BLOCKYSIZE=32",
        "TILED=YES BLOCKXSIZE=16 BLOCKYSIZE=128",
        "TILED=YES BLOCKXSIZE=256 BLOCKYSIZE=256",
        "BLOCKYSIZE=1",
        "BLOCKYSIZE=7",
        "BLOCKYSIZE=101",
    ];

    private static readonly string[] Packings =
    [
        "COMPRESS=NONE", "COMPRESS=DEFLATE PREDICTOR=1", "COMPRESS=DEFLATE PREDICTOR=2", "COMPRESS=LZW PREDICTOR=1",
        "COMPRESS=LZW PREDICTOR=2", "COMPRESS=ZSTD PREDICTOR=1", "COMPRESS=ZSTD PREDICTOR=2",
        "COMPRESS=DEFLATE PREDICTOR=3", "COMPRESS=LZW PREDICTOR=3", "COMPRESS=ZSTD PREDICTOR=3",
    ];

    [Theory]
    [InlineData(GdalNative.TypeByte)]
    [InlineData(GdalNative.TypeUInt16)]
    [InlineData(GdalNative.TypeInt16)]
    [InlineData(GdalNative.TypeFloat32)]
    public void Every_layout_packing_and_predictor_gives_the_numbers_that_GDAL_gives(int type)
    {
        using var folder = new TempFolder();
        double[][] three = [Values(type, 1), Values(type, 2), Values(type, 3)];
        int files = 0;
        foreach (string packing in Packings)
        {
            if (packing.EndsWith('3') && type != GdalNative.TypeFloat32) continue;
            foreach (string layout in Layouts)
            {
                foreach (string mixing in (string[])["", "INTERLEAVE=PIXEL", "INTERLEAVE=BAND"])
                {
                    double[][] bands = mixing.Length == 0 ? three[..1] : three;
                    string path = folder[$"{files++}.tif"];
                    string order = files % 3 == 0 ? "ENDIANNESS=BIG" : "ENDIANNESS=LITTLE";
                    string size = files % 5 == 0 ? "BIGTIFF=YES" : "BIGTIFF=NO";
                    string options = $"{packing} {layout} {mixing} {order} {size}";
                    GdalFile.Write(
                        path, Width, Height, type, bands, 7, Place,
                        options.Split(' ', StringSplitOptions.RemoveEmptyEntries));
                    for (int band = 1; band <= bands.Length; band++) AssertSame(new(path, band), options);
                }
            }
        }
        Assert.Equal((type == GdalNative.TypeFloat32 ? 10 : 7) * 6 * 3, files);
    }

    [Theory]
    [InlineData(GdalNative.TypeByte, null)]
    [InlineData(GdalNative.TypeUInt16, 65535.0)]
    [InlineData(GdalNative.TypeInt16, -32768.0)]
    [InlineData(GdalNative.TypeFloat32, -9999.0)]
    public void A_block_that_was_never_written_is_nodata_or_0(int type, double? noData)
    {
        using var folder = new TempFolder();
        foreach (string layout in Layouts)
        {
            string path = folder[$"{layout.Replace(' ', '-')}.tif"];
            string[] options = [.. layout.Split(' '), "SPARSE_OK=TRUE", "COMPRESS=DEFLATE"];
            GdalFile.Write(path, Width, Height, type, [null], noData, Place, options);
            AssertSame(new(path), layout);
        }
    }

    [Fact]
    public void A_raster_of_one_pixel_is_read()
    {
        using var folder = new TempFolder();
        foreach (string packing in Packings)
        {
            string path = folder[$"{packing}.tif"];
            GdalFile.Write(path, 1, 1, GdalNative.TypeFloat32, [[0.25]], null, null, packing.Split(' '));
            using RasterBand band = RasterBand.Open(new(path));
            double[] one = new double[1];
            band.Read(0, 0, 1, 1, one);
            Assert.True(band.IsDirect);
            Assert.Equal(0.25, one[0]);
            Assert.Null(band.Place);
        }
    }

    [Theory]
    [InlineData("COMPRESS=PACKBITS")]
    [InlineData("COMPRESS=JPEG")]
    [InlineData("NBITS=7")]
    public void What_is_not_plain_is_read_by_GDAL(string option)
    {
        using var folder = new TempFolder();
        GdalFile.Write(folder["a.tif"], Width, Height, GdalNative.TypeByte, [Values(1, 1)], 7, Place, option);
        using RasterBand band = RasterBand.Open(new(folder["a.tif"]));
        Assert.False(band.IsDirect);
        Assert.Equal((Width, Height, 7.0), (band.Width, band.Height, band.NoData));
    }

    [Fact]
    public void A_rotated_place_and_a_world_file_are_understood()
    {
        using var folder = new TempFolder();
        GeoReference turned = Place with { RowRotation = 3, ColumnRotation = -2 };
        GdalFile.Write(folder["t.tif"], 8, 8, GdalNative.TypeByte, [null], null, turned);
        AssertSame(new(folder["t.tif"]), "turned");
        GdalFile.Write(folder["w.tif"], 8, 8, GdalNative.TypeByte, [null], null, null);
        File.WriteAllText(folder["w.tfw"], "10\n0\n0\n-10\n500005\n3499995\n");
        AssertSame(new(folder["w.tif"]), "world file");
        using RasterBand band = RasterBand.Open(new(folder["w.tif"]));
        Assert.Equal(500_000, band.Place!.OriginX);
    }

    [Fact]
    public void A_file_cut_off_is_named_with_the_place_in_it()
    {
        using var folder = new TempFolder();
        GdalFile.Write(
            folder["a.tif"], Width, Height, GdalNative.TypeUInt16, [Values(2, 1)], null, Place, Layouts[0].Split(' '));
        using (FileStream file = File.OpenWrite(folder["a.tif"])) file.SetLength(file.Length - 10);
        using RasterBand band = RasterBand.Open(new(folder["a.tif"]));
        var fault = Assert.Throws<InputException>(() => band.Read(0, 0, Width, Height, new double[Width * Height]));
        Assert.Equal(folder["a.tif"], fault.File);
        Assert.Contains("tile at row 96, column 128", fault.Message, StringComparison.Ordinal);
        band.Read(0, 0, 64, 32, new double[64 * 32]);
    }

    /// <summary>Opened directly, and all that GDAL says of the file, the whole of it and of many windows.</summary>
    private static void AssertSame(BandReference reference, string what)
    {
        using RasterBand direct = RasterBand.Open(reference), gdal = RasterBand.Open(reference, allowDirect: false);
        Assert.True(direct.IsDirect, what);
        Assert.False(gdal.IsDirect, what);
        Assert.Equal((gdal.Width, gdal.Height, gdal.NoData), (direct.Width, direct.Height, direct.NoData));
        Assert.Equal(gdal.Place, direct.Place);
        Assert.Equal(gdal.FitsUInt16, direct.FitsUInt16);
        var random = new Random(20250715);
        int width = direct.Width, height = direct.Height;
        for (int i = 0; i < 12; i++)
        {
            int x = i == 0 ? 0 : random.Next(width), y = i == 0 ? 0 : random.Next(height);
            int w = i == 0 ? width : random.Next(1, width - x + 1), h = i == 0 ? height : random.Next(1, height - y + 1);
            direct.BlocksKept = 1 + (i % 4);
            double[] a = new double[w * h], b = new double[w * h];
            ushort[] c = new ushort[w * h], d = new ushort[w * h];
            direct.Read(x, y, w, h, a);
            gdal.Read(x, y, w, h, b);
            direct.Read(x, y, w, h, c);
            gdal.Read(x, y, w, h, d);
            Assert.True(a.AsSpan().SequenceEqual(b), $"{what}, {w} x {h} at {x}, {y}, as Float64");
            Assert.True(c.AsSpan().SequenceEqual(d), $"{what}, {w} x {h} at {x}, {y}, as UInt16");
        }
    }

    // Runs and noise, the ends of the type, and for float32 what is no number.
    private static double[] Values(int type, int seed)
    {
        var random = new Random(seed);
        double[] values = new double[Width * Height];
        for (int i = 0; i < values.Length; i++)
        {
            double odd = random.Next(3) switch { 0 => 0, 1 => 1e6, _ => -1e6 };
            double smooth = 100 + (i % Width / 3);
            bool real = type == GdalNative.TypeFloat32;
            values[i] = random.Next(40) == 0 ? (real && random.Next(2) == 0 ? double.NaN : odd)
                : random.Next(3) == 0 ? smooth + random.Next(40)
                : real ? smooth + random.NextDouble() : smooth;
        }
        return values;
    }
}
