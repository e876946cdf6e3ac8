using System.IO.Compression;

namespace Monitor.Imagery.Tiff;

/// <summary>
/// Unpacks blocks, for one thread: libdeflate and libzstd where they are there, else the platform's own Deflate.
/// </summary>
internal sealed unsafe class BlockUnpacker(BlockPacking packing) : IDisposable
{
    private readonly LzwDecoder? lzw = packing == BlockPacking.Lzw ? new LzwDecoder() : null;
    private nint native;

    /// <summary>Whether blocks packed so can be unpacked on this machine.</summary>
    internal static bool Knows(BlockPacking packing) => packing != BlockPacking.Zstd || ZstdNative.IsPresent;

    /// <summary>
    /// Fills the target from a packed block; what the block holds beyond it is left. False when the block is corrupt
    /// or holds less.
    /// </summary>
    internal bool TryUnpack(ReadOnlySpan<byte> packed, Span<byte> target) => packing switch
    {
        BlockPacking.Deflate => DeflateNative.IsPresent ? Deflate(packed, target) : Platform(packed, target),
        BlockPacking.Zstd => Zstd(packed, target),
        BlockPacking.Lzw => lzw!.TryUnpack(packed, target),
        _ => throw new InvalidOperationException("A block that is not packed is read where it is wanted."),
    };

    public void Dispose()
    {
        if (native == 0) return;
        if (packing == BlockPacking.Deflate) DeflateNative.libdeflate_free_decompressor(native);
        else _ = ZstdNative.ZSTD_freeDCtx(native);
        native = 0;
    }

    /// <summary>The platform's Deflate, where libdeflate is missing or its room was too small.</summary>
    internal static bool Platform(ReadOnlySpan<byte> packed, Span<byte> target)
    {
        try
        {
            using var source = new MemoryStream(packed.ToArray());
            using var stream = new ZLibStream(source, CompressionMode.Decompress);
            stream.ReadExactly(target);
            return true;
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException)
        {
            return false;
        }
    }

    private bool Deflate(ReadOnlySpan<byte> packed, Span<byte> target)
    {
        if (native == 0) native = Made(DeflateNative.libdeflate_alloc_decompressor());
        int result;
        fixed (byte* from = packed, to = target)
        {
            result = DeflateNative.libdeflate_zlib_decompress(
                native, from, (nuint)packed.Length, to, (nuint)target.Length, null);
        }
        // A last strip may hold whole rows beyond the raster: the stream goes on where the target ends.
        return result == DeflateNative.Success
            || (result == DeflateNative.InsufficientSpace && Platform(packed, target));
    }

    private bool Zstd(ReadOnlySpan<byte> packed, Span<byte> target)
    {
        const int sessionOnly = 1;
        if (native == 0) native = Made(ZstdNative.ZSTD_createDCtx());
        fixed (byte* from = packed, to = target)
        {
            nuint written = ZstdNative.ZSTD_decompressDCtx(
                native, to, (nuint)target.Length, from, (nuint)packed.Length);
            if (ZstdNative.ZSTD_isError(written) == 0 && written == (nuint)target.Length) return true;
            _ = ZstdNative.ZSTD_DCtx_reset(native, sessionOnly);
            var input = new ZstdNative.Buffer { Data = from, Size = (nuint)packed.Length };
            var output = new ZstdNative.Buffer { Data = to, Size = (nuint)target.Length };
            while (output.Position < output.Size)
            {
                (nuint read, nuint made) = (input.Position, output.Position);
                if (ZstdNative.ZSTD_isError(ZstdNative.ZSTD_decompressStream(native, &output, &input)) != 0) return false;
                if (read == input.Position && made == output.Position) return false;
            }
        }
        return true;
    }

    private static nint Made(nint context) =>
        context != 0 ? context : throw new ImageryUnavailableException(
            "There is no memory to unpack a block. Give the program more, or fewer threads.");
}
