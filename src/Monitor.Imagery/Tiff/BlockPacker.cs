using System.IO.Compression;

namespace Monitor.Imagery.Tiff;

/// <summary>Packs blocks, for one thread: predictor, then libdeflate or libzstd, or the platform's own Deflate.</summary>
internal sealed unsafe class BlockPacker(TiffCompression compression, TiffPixels pixels) : IDisposable
{
    // Levels at which a block takes little longer than its pixels do: the next ones cost several times as much for a
    // file little smaller.
    private const int DeflateLevel = 4, ZstdLevel = 3;

    private nint native;
    private byte[] differences = [], packed = [];

    /// <summary>The TIFF predictor in use: 1 none, 2 of integers, 3 of floating point.</summary>
    internal ushort Predictor =>
        compression == TiffCompression.None ? (ushort)1 : pixels.IsFloat ? (ushort)3 : (ushort)2;

    /// <summary>The bytes to write for a block; valid until the next call.</summary>
    /// <param name="block">Rows of samples.</param>
    /// <param name="rowBytes">Bytes of a row.</param>
    internal ReadOnlySpan<byte> Pack(ReadOnlySpan<byte> block, int rowBytes)
    {
        if (compression == TiffCompression.None) return block;
        if (differences.Length < block.Length) differences = GC.AllocateUninitializedArray<byte>(block.Length);
        Span<byte> rows = differences.AsSpan(0, block.Length);
        for (int at = 0; at < block.Length; at += rowBytes)
            BlockDifference.Make(block.Slice(at, rowBytes), rows.Slice(at, rowBytes), pixels);
        return compression == TiffCompression.Zstd ? Zstd(rows) : DeflateNative.IsPresent ? Deflate(rows) : Platform(rows);
    }

    public void Dispose()
    {
        if (native == 0) return;
        if (compression == TiffCompression.Deflate) DeflateNative.libdeflate_free_compressor(native);
        else _ = ZstdNative.ZSTD_freeCCtx(native);
        native = 0;
    }

    private ReadOnlySpan<byte> Deflate(ReadOnlySpan<byte> rows)
    {
        if (native == 0) native = Made(DeflateNative.libdeflate_alloc_compressor(DeflateLevel));
        Span<byte> room = Room(DeflateNative.libdeflate_zlib_compress_bound(native, (nuint)rows.Length));
        fixed (byte* from = rows, to = room)
        {
            nuint written = DeflateNative.libdeflate_zlib_compress(native, from, (nuint)rows.Length, to, (nuint)room.Length);
            return written > 0 ? packed.AsSpan(0, (int)written) : throw new InvalidOperationException("No room to pack.");
        }
    }

    private ReadOnlySpan<byte> Zstd(ReadOnlySpan<byte> rows)
    {
        if (!ZstdNative.IsPresent)
        {
            throw new ImageryUnavailableException(
                "The library libzstd, which packs as asked, cannot be loaded. Install Debian's package libzstd1, "
                + "or ask for deflate.");
        }
        if (native == 0) native = Made(ZstdNative.ZSTD_createCCtx());
        Span<byte> room = Room(ZstdNative.ZSTD_compressBound((nuint)rows.Length));
        fixed (byte* from = rows, to = room)
        {
            nuint written = ZstdNative.ZSTD_compressCCtx(
                native, to, (nuint)room.Length, from, (nuint)rows.Length, ZstdLevel);
            return ZstdNative.ZSTD_isError(written) == 0
                ? packed.AsSpan(0, (int)written)
                : throw new InvalidOperationException("A block could not be packed.");
        }
    }

    private static ReadOnlySpan<byte> Platform(ReadOnlySpan<byte> rows)
    {
        using var target = new MemoryStream();
        using (var stream = new ZLibStream(target, CompressionLevel.Fastest, leaveOpen: true)) stream.Write(rows);
        return target.GetBuffer().AsSpan(0, (int)target.Length);
    }

    private Span<byte> Room(nuint bytes)
    {
        if (packed.Length < (int)bytes) packed = GC.AllocateUninitializedArray<byte>((int)bytes);
        return packed;
    }

    private static nint Made(nint context) =>
        context != 0 ? context : throw new ImageryUnavailableException(
            "There is no memory to pack a block. Give the program more, or fewer threads.");
}
