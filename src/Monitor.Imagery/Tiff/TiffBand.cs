using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Monitor.Imagery.Gdal;

namespace Monitor.Imagery.Tiff;

/// <summary>
/// One band of a plain GeoTIFF, read without GDAL: whole blocks with positioned reads, unpacked by one thread. What is
/// not plain is refused at opening, and GDAL reads it with the same result.
/// </summary>
internal sealed class TiffBand : IBandReader
{
    private readonly SafeFileHandle file;
    private readonly TiffLayout layout;
    private readonly TiffBlocks blocks;
    private readonly TiffPlace place;
    private readonly int plane, sample;
    private readonly List<Kept> kept = [];
    private byte[] mixed = [];
    private long uses;

    private TiffBand(BandReference reference, SafeFileHandle file, TiffLayout layout, TiffDirectory tags, double? noData)
    {
        (this.file, this.layout, NoData) = (file, layout, noData);
        (plane, sample) = layout.IsInterleaved ? (0, reference.Band - 1) : (reference.Band - 1, 0);
        blocks = new TiffBlocks(file, reference.File, layout, noData ?? 0);
        place = new TiffPlace(reference, tags);
    }

    // A decoded block of this band alone.
    private sealed class Kept(byte[] room, int start)
    {
        internal int Column = -1, Row = -1;
        internal long Used;

        internal Span<byte> Of(int bytes) => room.AsSpan(start, bytes);
    }

    public int Width => layout.Width;

    public int Height => layout.Height;

    public int BlockWidth => layout.BlockWidth;

    public int BlockHeight => layout.BlockHeight;

    public double? NoData { get; }

    public GeoReference? Place => place.Value;

    public PixelType? Type => layout.Type;

    public int BlocksKept { get; set; } = 1;

    /// <summary>Opens the band; null when GDAL should read it, or say what is wrong with it.</summary>
    internal static TiffBand? TryOpen(BandReference reference)
    {
        SafeFileHandle? file = null;
        TiffBand? band = null;
        try
        {
            file = File.OpenHandle(reference.File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            band = TryOpen(reference, file);
            return band;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
        finally
        {
            if (band is null) file?.Dispose();
        }
    }

    private static TiffBand? TryOpen(BandReference reference, SafeFileHandle file)
    {
        if (TiffDirectory.Read(file) is not TiffDirectory tags || TiffLayout.Of(tags) is not TiffLayout layout) return null;
        if (reference.Band > layout.Samples || !BlockUnpacker.Knows(layout.Packing)) return null;
        if (!TiffNoData.TryRead(tags, layout.Type, out double? noData)) return null;
        var band = new TiffBand(reference, file, layout, tags, noData);
        return layout.Packing == BlockPacking.Lzw && band.IsOldLzw() ? null : band;
    }

    public void Read(RasterWindow window, Span<ushort> values)
    {
        if (TryLend(window, out ReadOnlySpan<ushort> lent)) lent.CopyTo(values);
        else Gather(window, values);
    }

    public void Read(RasterWindow window, Span<double> values) => Gather(window, values);

    public void Read(RasterWindow window, Span<byte> values)
    {
        if (layout.Type != PixelType.Byte) throw new InvalidOperationException("The band does not hold bytes.");
        if (TryLend(window, out ReadOnlySpan<byte> lent)) lent.CopyTo(values);
        else Gather(window, values);
    }

    public bool TryLend<T>(RasterWindow window, out ReadOnlySpan<T> values) where T : unmanaged
    {
        values = default;
        if (typeof(T) != PixelLanes.TypeOf(layout.Type)) return false;
        int column = window.X / BlockWidth, row = window.Y / BlockHeight, top = window.Y - (row * BlockHeight);
        bool whole = window.X == column * BlockWidth && (window.Width == BlockWidth || window.Height == 1);
        if (!whole || window.Width > BlockWidth || top + window.Height > layout.RowsOf(row)) return false;
        values = MemoryMarshal.Cast<byte, T>(Block(column, row)).Slice(top * BlockWidth, window.Area);
        return true;
    }

    public void Dispose()
    {
        blocks.Dispose();
        file.Dispose();
    }

    // Piece by piece from all the blocks that the window touches.
    private void Gather<T>(RasterWindow window, Span<T> values) where T : unmanaged
    {
        int right = window.X + window.Width, bottom = window.Y + window.Height;
        for (int row = window.Y / BlockHeight; row * (long)BlockHeight < bottom; row++)
        {
            int top = row * BlockHeight, y0 = Math.Max(top, window.Y), y1 = (int)Math.Min(top + (long)BlockHeight, bottom);
            for (int column = window.X / BlockWidth; column * (long)BlockWidth < right; column++)
            {
                int left = column * BlockWidth;
                int x0 = Math.Max(left, window.X), x1 = (int)Math.Min(left + (long)BlockWidth, right);
                ReadOnlySpan<byte> block = Block(column, row);
                for (int y = y0; y < y1; y++)
                {
                    int from = ((y - top) * BlockWidth) + x0 - left, to = ((y - window.Y) * window.Width) + x0 - window.X;
                    PixelLanes.Convert(layout.Type, block, from, values.Slice(to, x1 - x0));
                }
            }
        }
    }

    private ReadOnlySpan<byte> Block(int column, int row)
    {
        int rows = layout.RowsOf(row), bytes = layout.BlockWidth * rows * layout.SampleBytes;
        Kept? oldest = null;
        foreach (Kept one in kept)
        {
            if (one.Column == column && one.Row == row)
            {
                one.Used = ++uses;
                return one.Of(bytes);
            }
            if (oldest is null || one.Used < oldest.Used) oldest = one;
        }
        if (kept.Count < Math.Max(1, BlocksKept)) kept.Add(oldest = Room());
        // Were the reading to fail, the room would hold neither block.
        (oldest!.Column, oldest.Row) = (-1, -1);
        Span<byte> block = oldest.Of(bytes);
        if (layout.Step == 1) blocks.Read(plane, column, row, block);
        else
        {
            if (mixed.Length < bytes * layout.Step) mixed = new byte[bytes * layout.Step];
            Span<byte> all = mixed.AsSpan(0, bytes * layout.Step);
            blocks.Read(0, column, row, all);
            PixelLanes.Pick(all, layout.SampleBytes, layout.Step, sample, block);
        }
        (oldest.Column, oldest.Row, oldest.Used) = (column, row, ++uses);
        return block;
    }

    // Begins on a line of the cache: vectors of 64 bytes then never touch two.
    private Kept Room()
    {
        const int line = 64;
        byte[] room = GC.AllocateUninitializedArray<byte>(
            (layout.BlockWidth * layout.BlockHeight * layout.SampleBytes) + line, pinned: true);
        nint at = Marshal.UnsafeAddrOfPinnedArrayElement(room, 0);
        return new Kept(room, (int)(-at & (line - 1)));
    }

    private bool IsOldLzw()
    {
        int first = Array.FindIndex(layout.ByteCounts, count => count > 1);
        if (first < 0) return false;
        Span<byte> head = stackalloc byte[2];
        return layout.Offsets[first] <= RandomAccess.GetLength(file) - head.Length
            && RandomAccess.Read(file, head, layout.Offsets[first]) == head.Length && LzwDecoder.IsOldStyle(head);
    }
}
