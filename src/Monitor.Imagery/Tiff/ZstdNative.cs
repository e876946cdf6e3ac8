using System.Runtime.InteropServices;

namespace Monitor.Imagery.Tiff;

/// <summary>The part of libzstd that is used; names and order are zstd.h's.</summary>
internal static unsafe partial class ZstdNative
{
    private const string Library = "zstd";

    private static readonly Lazy<bool> Found = new(
        static () => NativeLibraries.Load(Library, NativeLibraries.FilesOf(Library, 1)) != 0);

    /// <summary>Whether the library is there; where it is not, GDAL unpacks.</summary>
    internal static bool IsPresent => Found.Value;

    [LibraryImport(Library)]
    internal static partial nint ZSTD_createDCtx();

    [LibraryImport(Library)]
    internal static partial nuint ZSTD_decompressDCtx(
        nint context, byte* unpacked, nuint unpackedRoom, byte* packed, nuint packedBytes);

    [LibraryImport(Library)]
    internal static partial nuint ZSTD_freeDCtx(nint context);

    [LibraryImport(Library)]
    internal static partial nuint ZSTD_DCtx_reset(nint context, int directive);

    [LibraryImport(Library)]
    internal static partial nuint ZSTD_decompressStream(nint context, Buffer* output, Buffer* input);

    [LibraryImport(Library)]
    internal static partial uint ZSTD_isError(nuint code);

    [LibraryImport(Library)]
    internal static partial nint ZSTD_createCCtx();

    [LibraryImport(Library)]
    internal static partial nuint ZSTD_compressCCtx(
        nint context, byte* packed, nuint packedRoom, byte* unpacked, nuint unpackedBytes, int level);

    [LibraryImport(Library)]
    internal static partial nuint ZSTD_compressBound(nuint unpackedBytes);

    [LibraryImport(Library)]
    internal static partial nuint ZSTD_freeCCtx(nint context);

    /// <summary>ZSTD_inBuffer and ZSTD_outBuffer, which are alike.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Buffer
    {
        internal byte* Data;
        internal nuint Size, Position;
    }
}
