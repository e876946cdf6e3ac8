using Monitor.Imagery;
using Monitor.Imagery.Gdal;
using Monitor.Imagery.Tiff;
using Monitor.Integration.Tests.Support;
using Xunit;

namespace Monitor.Integration.Tests.Imagery.Tiff;

/// <summary>A packed raster is the same file, byte for byte, whatever the threads and their order.</summary>
public sealed class PackedBytesTests
{
    private const int Width = 2700, Height = 1900;

    private static readonly GeoReference Place = GeoReference.NorthUp(32651, 500_000, 3_500_000, 10);

    [Theory]
    [InlineData(TiffCompression.None)]
    [InlineData(TiffCompression.Deflate)]
    [InlineData(TiffCompression.Zstd)]
    public void Any_number_of_threads_and_any_run_writes_the_same_bytes(TiffCompression compression)
    {
        using var folder = new TempFolder();
        ushort[] red = new ushort[Width * Height], nir = new ushort[red.Length];
        for (int i = 0; i < red.Length; i++)
        {
            // Quiet in the west and noisy in the east, so that tiles take unequal times to pack.
            int noise = i % Width > Width / 2 ? (int)((i * 2654435761L) >> 20 & 1023) : 0;
            (red[i], nir[i]) = ((ushort)(500 + noise), (ushort)(3000 + (i / Width % 700)));
        }
        GeoTiffWriter.WriteAll<ushort>(folder["r.tif"], red, Width, Height, Place, 0);
        GeoTiffWriter.WriteAll<ushort>(folder["n.tif"], nir, Width, Height, Place, 0);
        SceneSource scene = new(new(folder["r.tif"]), new(folder["n.tif"]));
        byte[]? first = null;
        foreach (int threads in (int[])[1, 2, 3, 7, 2, 5])
        {
            SceneRasters.WriteNdvi(scene, folder["o.tif"], compression, threads, TestContext.Current.CancellationToken);
            byte[] bytes = File.ReadAllBytes(folder["o.tif"]);
            Assert.True((first ??= bytes).AsSpan().SequenceEqual(bytes), $"{threads} threads wrote other bytes");
        }
        using RasterBand gdal = RasterBand.Open(new(folder["o.tif"]), allowDirect: false);
        double[] line = new double[Width];
        gdal.Read(0, 1234, Width, 1, line);
        int at = 1234 * Width;
        for (int x = 0; x < Width; x++)
            Assert.Equal((double)(float)((nir[at + x] - red[at + x]) / (double)(nir[at + x] + red[at + x])), line[x], 1e-7);
    }

    [Fact]
    public void Windows_in_any_order_give_the_file_of_the_order_that_was_announced()
    {
        using var folder = new TempFolder();
        RasterWindow[] windows =
            [.. from y in Enumerable.Range(0, 5) from x in Enumerable.Range(0, 7)
                select new RasterWindow(x * 400, y * 400, Math.Min(400, Width - (x * 400)), Math.Min(400, Height - (y * 400)))];
        var random = new Random(11);
        byte[]? first = null;
        for (int round = 0; round < 5; round++)
        {
            using (var writer = GeoTiffWriter.Create<byte>(folder["a.tif"], Width, Height, Place, 0, TiffCompression.Zstd))
            {
                writer.Expect(windows);
                Parallel.ForEach(round == 0 ? windows : [.. windows.OrderBy(_ => random.Next())], window =>
                {
                    byte[] pixels = new byte[window.Area];
                    for (int i = 0; i < pixels.Length; i++)
                        pixels[i] = (byte)(((window.X + (i % window.Width)) * 31) + ((window.Y + (i / window.Width)) * 17));
                    writer.Write<byte>(window, pixels);
                });
                writer.Commit();
            }
            byte[] bytes = File.ReadAllBytes(folder["a.tif"]);
            Assert.Equal(first ??= bytes, bytes);
        }
    }

    [Fact]
    public void Tiles_take_their_turn_with_the_last_window_that_touches_them()
    {
        // Three by two tiles of 10; the windows come from the south, the second straddles two tiles, one tile none.
        int[] ranks = TileOrder.RanksOf(
            3, 2, 10, [new(0, 10, 10, 10), new(5, 0, 10, 10), new(0, 0, 5, 10), new(20, 0, 10, 10), new(20, 10, 10, 10)]);
        // South-west first; then the north's middle, whose last window is the second; its west; its east; the south's east.
        Assert.Equal([2, 1, 3, 0, 5, 4], ranks);
    }

    [Fact]
    public void Threads_wait_for_the_first_that_is_not_done_and_a_failure_frees_them()
    {
        int[] items = [.. Enumerable.Range(0, 200)];
        int spread = 0, lowest = 0;
        bool[] done = new bool[items.Length];
        var gate = new Lock();
        ParallelWindows.Run(4, items, () => new MemoryStream(), _ => 0, (_, _, item) =>
        {
            lock (gate)
            {
                while (lowest < done.Length && done[lowest]) lowest++;
                spread = Math.Max(spread, item - lowest);
            }
            // Every ninth takes long.
            if (item % 9 == 0) SpinWait.SpinUntil(static () => false, 3);
            lock (gate) done[item] = true;
        }, TestContext.Current.CancellationToken, ahead: 2);
        Assert.InRange(spread, 1, 8);
        Assert.All(done, Assert.True);
        int begun = 0;
        Assert.Throws<InvalidDataException>(() => ParallelWindows.Run(4, items, () => new MemoryStream(), _ => 0, (_, _, item) =>
        {
            Interlocked.Increment(ref begun);
            // The others have gone as far as they may, and wait for this one.
            if (item == 0) SpinWait.SpinUntil(() => Volatile.Read(ref begun) == 8, TimeSpan.FromSeconds(60));
            if (item == 0) throw new InvalidDataException("the first");
        }, default, ahead: 2));
        Assert.Equal(8, begun);
    }
}
