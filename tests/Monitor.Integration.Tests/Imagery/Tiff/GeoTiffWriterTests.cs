using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using Monitor.Domain;
using Monitor.Imagery;
using Monitor.Imagery.Gdal;
using Monitor.Imagery.Tiff;
using Monitor.Integration.Tests.Support;
using Monitor.Raster;
using Xunit;

namespace Monitor.Integration.Tests.Imagery.Tiff;

/// <summary>What is written here, read by GDAL.</summary>
public sealed class GeoTiffWriterTests
{
    private const int Width = 1100, Height = 530;

    private static readonly GeoReference Place = GeoReference.NorthUp(32651, 500_000, 3_500_000, 10);

    [Theory]
    [InlineData(TiffCompression.None)]
    [InlineData(TiffCompression.Deflate)]
    [InlineData(TiffCompression.Zstd)]
    public void GDAL_reads_every_type_as_it_was_written(TiffCompression compression)
    {
        Check<byte>(compression);
        Check<ushort>(compression);
        Check<short>(compression);
        Check<uint>(compression);
        Check<int>(compression);
        Check<float>(compression);
        Check<double>(compression);
    }

    private static void Check<T>(TiffCompression compression) where T : unmanaged, INumberBase<T>
    {
        using var folder = new TempFolder();
        var random = new Random(7);
        byte[] bytes = new byte[Width * Height * Marshal.SizeOf<T>()];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)(i % 7 == 0 ? random.Next(64) : 65);
        T[] pixels = MemoryMarshal.Cast<byte, T>(bytes).ToArray();
        GeoTiffWriter.WriteAll<T>(folder["a.tif"], pixels, Width, Height, Place, 3, compression);
        using RasterBand gdal = RasterBand.Open(new(folder["a.tif"]), allowDirect: false);
        double[] read = new double[pixels.Length];
        gdal.Read(0, 0, Width, Height, read);
        Assert.Equal(Place, gdal.Place);
        Assert.Equal((Width, Height, 3.0), (gdal.Width, gdal.Height, gdal.NoData));
        Assert.Equal((512, 512), (gdal.BlockWidth, gdal.BlockHeight));
        for (int i = 0; i < read.Length; i++)
            if (read[i] != double.CreateChecked(pixels[i])) Assert.Fail($"{typeof(T).Name} {compression}, pixel {i}");
    }

    [Fact]
    public void Windows_of_any_cut_in_any_order_and_from_many_threads_make_the_same_raster()
    {
        using var folder = new TempFolder();
        float[] pixels = [.. Enumerable.Range(0, Width * Height).Select(i => i / 7f)];
        var windows = new List<RasterWindow>();
        for (int y = 0; y < Height; y += 77)
            for (int x = 0; x < Width; x += 201)
                windows.Add(new(x, y, Math.Min(201, Width - x), Math.Min(77, Height - y)));
        var random = new Random(3);
        RasterWindow[] shuffled = [.. windows.OrderBy(_ => random.Next())];
        using (var writer = GeoTiffWriter.Create<float>(folder["a.tif"], Width, Height, Place, -1, TiffCompression.Zstd))
        {
            Parallel.ForEach(shuffled, window =>
            {
                float[] part = new float[window.Area];
                for (int row = 0; row < window.Height; row++)
                {
                    pixels.AsSpan(((window.Y + row) * Width) + window.X, window.Width)
                        .CopyTo(part.AsSpan(row * window.Width));
                }
                writer.Write<float>(window, part);
            });
            writer.Commit();
        }
        using RasterBand gdal = RasterBand.Open(new(folder["a.tif"]), allowDirect: false);
        double[] read = new double[pixels.Length];
        gdal.Read(0, 0, Width, Height, read);
        for (int i = 0; i < read.Length; i++) Assert.Equal(pixels[i], read[i]);
        Assert.Equal(["a.tif"], folder.Names);
    }

    [Fact]
    public void A_raster_of_40000_by_40000_with_holes_takes_the_room_of_what_was_written()
    {
        const int Side = 40_000;
        using var folder = new TempFolder();
        ushort[] tile = new ushort[512 * 512];
        foreach (string band in (string[])["r.tif", "n.tif"])
        {
            Array.Fill(tile, band == "r.tif" ? (ushort)100 : (ushort)300);
            using GeoTiffWriter writer = GeoTiffWriter.Create<ushort>(folder[band], Side, Side, Place, 0);
            writer.Write<ushort>(new RasterWindow(512 * 70, 512 * 3, 512, 512), tile);
            writer.Commit();
            Assert.InRange(new FileInfo(folder[band]).Length, 1 << 19, 1 << 20);
        }
        SceneSource source = new(new(folder["r.tif"]), new(folder["n.tif"]));
        RasterTally tally = SceneStatistics.Compute(source, null, 2, TestContext.Current.CancellationToken).Tally;
        Assert.Equal((512 * 512, 512 * 512), (tally.Count, tally.Eligible));
        Assert.Equal(0.5, tally.Mean);
        using RasterBand gdal = RasterBand.Open(new(folder["n.tif"]), allowDirect: false);
        ushort[] corner = new ushort[4];
        gdal.Read((512 * 71) - 1, 512 * 3, 2, 2, corner);
        Assert.Equal([300, 0, 300, 0], corner);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(9000)] // more than there is room for in front: the directory goes behind the tiles
    public async Task Words_about_the_raster_are_found_by_GDAL(int length)
    {
        using var folder = new TempFolder();
        string words = new('w', length);
        using (GeoTiffWriter writer = GeoTiffWriter.Create<byte>(folder["a.tif"], 5, 4, Place, 0))
        {
            writer.Write<byte>(new RasterWindow(0, 0, 5, 4), new byte[20]);
            writer.Annotate([("TIFFTAG_SOFTWARE", "S & T"), ("ORIGIN", words)], [("STATISTICS_MEAN", "0.25")]);
            writer.Commit();
        }
        using Process info = Process.Start(new ProcessStartInfo("gdalinfo", ["-json", folder["a.tif"]])
        {
            RedirectStandardOutput = true,
        })!;
        string said = await info.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"TIFFTAG_SOFTWARE\":\"S & T\"", said, StringComparison.Ordinal);
        Assert.Contains($"\"ORIGIN\":\"{words}\"", said, StringComparison.Ordinal);
        Assert.Contains("\"STATISTICS_MEAN\":\"0.25\"", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_byte_in_a_tile_is_named_with_its_place()
    {
        using var folder = new TempFolder();
        ushort[] pixels = [.. Enumerable.Range(0, Width * Height).Select(i => (ushort)((i * 31) % 1009))];
        GeoTiffWriter.WriteAll<ushort>(
            folder["a.tif"], pixels, Width, Height, Place, null, TiffCompression.Deflate);
        byte[] bytes = File.ReadAllBytes(folder["a.tif"]);
        bytes[^5000] ^= 0x55;
        File.WriteAllBytes(folder["a.tif"], bytes);
        using RasterBand band = RasterBand.Open(new(folder["a.tif"]));
        var fault = Assert.Throws<InputException>(() => band.Read(0, 0, Width, Height, new ushort[Width * Height]));
        Assert.Equal(folder["a.tif"], fault.File);
        Assert.Contains("tile at row", fault.Message, StringComparison.Ordinal);
    }
}
