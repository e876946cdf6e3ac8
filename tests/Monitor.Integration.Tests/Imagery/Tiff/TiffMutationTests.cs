using System.Globalization;
using Monitor.Domain;
using Monitor.Imagery.Gdal;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Imagery.Tiff;

/// <summary>
/// Thousands of small files with wrong bytes, the same in each run: each gives GDAL's numbers or a clear error, and
/// never anything else.
/// </summary>
public sealed class TiffMutationTests
{
    private const int Width = 70, Height = 45, MutationsOfEach = 160, PixelsMax = 1 << 20;

    public static TheoryData<string, int> Files => new()
    {
        { "COMPRESS=NONE TILED=YES BLOCKXSIZE=32 BLOCKYSIZE=16", GdalNative.TypeUInt16 },
        { "COMPRESS=NONE BLOCKYSIZE=7 ENDIANNESS=BIG", GdalNative.TypeInt16 },
        { "COMPRESS=NONE BIGTIFF=YES TILED=YES BLOCKXSIZE=16 BLOCKYSIZE=16", GdalNative.TypeByte },
        { "COMPRESS=DEFLATE PREDICTOR=2 TILED=YES BLOCKXSIZE=32 BLOCKYSIZE=16", GdalNative.TypeUInt16 },
        { "COMPRESS=DEFLATE PREDICTOR=3 BLOCKYSIZE=10", GdalNative.TypeFloat32 },
        { "COMPRESS=LZW PREDICTOR=2 TILED=YES BLOCKXSIZE=32 BLOCKYSIZE=32", GdalNative.TypeUInt16 },
        { "COMPRESS=LZW BLOCKYSIZE=45", GdalNative.TypeByte },
        { "COMPRESS=ZSTD PREDICTOR=2 TILED=YES BLOCKXSIZE=16 BLOCKYSIZE=64", GdalNative.TypeInt16 },
        { "COMPRESS=ZSTD PREDICTOR=3 BLOCKYSIZE=9 ENDIANNESS=BIG", GdalNative.TypeFloat32 },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_with_wrong_bytes_gives_GDALs_numbers_or_a_clear_error(string options, int type)
    {
        using var folder = new TempFolder();
        double[] values = [.. Enumerable.Range(0, Width * Height).Select(i => (double)(40 + ((i * 37) % 101) + (i % Width)))];
        GdalFile.Write(
            folder["whole.tif"], Width, Height, type, [values, values], 41,
            GeoReference.NorthUp(32651, 500_000, 3_500_000, 10), options.Split(' '));
        byte[] whole = File.ReadAllBytes(folder["whole.tif"]);
        var random = new Random(options.Length + (type * 1000));
        int direct = 0, refused = 0;
        for (int i = 0; i < MutationsOfEach; i++)
        {
            string path = folder[string.Create(CultureInfo.InvariantCulture, $"{i}.tif")];
            File.WriteAllBytes(path, Mutated(whole, random));
            bool? read = Check(new BandReference(path, 1 + (i % 2)), $"{options}, mutation {i}");
            if (read is null) refused++;
            else if (read == true) direct++;
            File.Delete(path);
        }
        // The trial is of the direct reader: some files must still be its own, and some must be refused.
        Assert.True(direct >= 10, $"{direct} of {MutationsOfEach} were read directly");
        Assert.True(refused > 0, "none was refused");
    }

    // Whether it was read directly; null when it was refused.
    private static bool? Check(BandReference reference, string what)
    {
        RasterBand band;
        try
        {
            band = RasterBand.Open(reference);
        }
        catch (InputException fault)
        {
            Assert.Equal(reference.File, fault.File);
            return null;
        }
        using (band)
        {
            if (!band.IsDirect) return false;
            int width = Math.Min(band.Width, 512), height = Math.Min(band.Height, PixelsMax / 512);
            double[] seen = new double[width * height], expected = new double[width * height];
            try
            {
                band.Read(0, 0, width, height, seen);
            }
            catch (InputException fault)
            {
                Assert.Equal(reference.File, fault.File);
                return null;
            }
            using RasterBand gdal = RasterBand.Open(reference, allowDirect: false);
            Assert.Equal((gdal.Width, gdal.Height, gdal.NoData), (band.Width, band.Height, band.NoData));
            Assert.Equal(gdal.Place?.OriginX, band.Place?.OriginX);
            Assert.Equal(gdal.Place?.PixelHeight, band.Place?.PixelHeight);
            gdal.Read(0, 0, width, height, expected);
            int common = seen.AsSpan().CommonPrefixLength(expected);
            if (common < seen.Length) Assert.Fail($"{what}: {seen[common]} in place of {expected[common]} at {common}");
            return true;
        }
    }

    // Most in the directory, where a byte means most; some in the pixels; some files cut off.
    private static byte[] Mutated(byte[] whole, Random random)
    {
        byte[] bytes = [.. whole];
        int directory = BitConverter.ToInt32(whole, whole[0] == 'I' && whole[2] == 43 ? 8 : 4);
        if (directory < 0 || directory >= whole.Length) directory = 8;
        for (int n = random.Next(1, 4); n > 0; n--)
        {
            int at = random.Next(3) switch
            {
                0 => random.Next(bytes.Length),
                1 => Math.Min(bytes.Length - 1, directory + random.Next(300)),
                _ => Math.Min(bytes.Length - 1, directory + random.Next(900)),
            };
            bytes[at] = random.Next(3) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)(bytes[at] ^ (1 << random.Next(8))),
                _ => (byte)(bytes[at] + random.Next(-2, 3)),
            };
        }
        return random.Next(12) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }
}
