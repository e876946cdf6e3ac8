using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Monitor.Raster;

/// <summary>Loads of bands, masks and NDVI into vectors of doubles, exact at every width.</summary>
internal static class Lanes
{
    // An unsigned integer below 2⁵² put in the significand of 2⁵² is that double plus 2⁵².
    private const ulong Exponent52 = 0x4330000000000000;
    private const double TwoTo52 = 4503599627370496.0;

    /// <summary>Bits of the widest vectors that this machine computes with: 512, 256, 128, or 64 for none.</summary>
    internal static int Width =>
        Vector512.IsHardwareAccelerated && Avx512F.IsSupported ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128 : 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> Load256<T>(ref T source) where T : unmanaged
    {
        if (typeof(T) == typeof(double)) return Vector256.LoadUnsafe(ref Unsafe.As<T, double>(ref source));
        ulong four = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<T, byte>(ref source));
        Vector128<uint> wide = Vector128.WidenLower(Vector128.CreateScalar(four).AsUInt16());
        Vector256<ulong> bits = Vector256.Create(Vector128.WidenLower(wide), Vector128.WidenUpper(wide));
        return (bits | Vector256.Create(Exponent52)).AsDouble() - Vector256.Create(TwoTo52);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<double> Load128<T>(ref T source) where T : unmanaged
    {
        if (typeof(T) == typeof(double)) return Vector128.LoadUnsafe(ref Unsafe.As<T, double>(ref source));
        uint two = Unsafe.ReadUnaligned<uint>(ref Unsafe.As<T, byte>(ref source));
        Vector128<uint> wide = Vector128.WidenLower(Vector128.CreateScalar(two).AsUInt16());
        Vector128<ulong> bits = Vector128.WidenLower(wide);
        return (bits | Vector128.Create(Exponent52)).AsDouble() - Vector128.Create(TwoTo52);
    }

    /// <summary>All bits set where the mask byte is not 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> Mask256(ReadOnlySpan<byte> clear, int i)
    {
        uint four = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref MemoryMarshal.GetReference(clear), i));
        Vector128<ushort> bytes = Vector128.WidenLower(Vector128.CreateScalar(four).AsByte());
        Vector128<uint> wide = Vector128.WidenLower(bytes);
        Vector256<ulong> bits = Vector256.Create(Vector128.WidenLower(wide), Vector128.WidenUpper(wide));
        return Vector256.GreaterThan(bits.AsInt64(), Vector256<long>.Zero).AsDouble();
    }

    /// <summary>All bits set where the mask byte is not 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<double> Mask128(ReadOnlySpan<byte> clear, int i) =>
        Vector128.Create(clear[i] != 0 ? -1L : 0L, clear[i + 1] != 0 ? -1L : 0L).AsDouble();
}
