using System.Runtime.InteropServices;

namespace Monitor.Imagery.Tiff;

/// <summary>The part of libdeflate that is used; names and order are libdeflate.h's.</summary>
internal static unsafe partial class DeflateNative
{
    private const string Library = "deflate";

    // libdeflate.h: enum libdeflate_result.
    internal const int Success = 0, InsufficientSpace = 3;

    private static readonly Lazy<bool> Found = new(
        static () => NativeLibraries.Load(Library, NativeLibraries.FilesOf(Library, 0)) != 0);

    /// <summary>Whether the library is there; where it is not, the platform's own Deflate does it, more slowly.</summary>
    internal static bool IsPresent => Found.Value;

    [LibraryImport(Library)]
    internal static partial nint libdeflate_alloc_decompressor();

    [LibraryImport(Library)]
    internal static partial int libdeflate_zlib_decompress(
        nint decompressor, byte* packed, nuint packedBytes, byte* unpacked, nuint unpackedBytes, nuint* actual);

    [LibraryImport(Library)]
    internal static partial void libdeflate_free_decompressor(nint decompressor);

    [LibraryImport(Library)]
    internal static partial nint libdeflate_alloc_compressor(int level);

    [LibraryImport(Library)]
    internal static partial nuint libdeflate_zlib_compress(
        nint compressor, byte* unpacked, nuint unpackedBytes, byte* packed, nuint packedRoom);

    [LibraryImport(Library)]
    internal static partial nuint libdeflate_zlib_compress_bound(nint compressor, nuint unpackedBytes);

    [LibraryImport(Library)]
    internal static partial void libdeflate_free_compressor(nint compressor);
}
