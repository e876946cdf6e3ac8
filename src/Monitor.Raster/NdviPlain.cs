using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Monitor.Raster;

/// <summary>
/// NDVI of UInt16 bands whose numbers are reflectances as they are (scale 1, offset 0), in float32: sum and difference
/// are integers below 2²⁴, exact in it, and a quotient rounded to float32 at once is the one rounded to double first
/// (53 ≥ 2 × 24 + 2 bits: Figueroa 1995). So these are the bits of <see cref="NdviKernel"/>'s other loops.
/// </summary>
internal static class NdviPlain
{
    // A zero-extended UInt16 is never −1.
    private const int Never = -1;

    internal static bool Fits(in BandCalibration red, in BandCalibration nir) =>
        red is { Scale: 1, Offset: 0 } && nir is { Scale: 1, Offset: 0 };

    /// <summary>Computes as many pixels as make whole vectors, and gives back their number.</summary>
    internal static int Run(
        int width, ReadOnlySpan<ushort> red, ReadOnlySpan<ushort> nir, ReadOnlySpan<byte> clear,
        in BandCalibration redBand, in BandCalibration nirBand, Span<float> ndvi, ref int eligible)
    {
        int redNone = NoDataOf(redBand), nirNone = NoDataOf(nirBand);
        if (width == 512 && Avx512F.IsSupported)
            return Run512(red, nir, clear, redNone, nirNone, ndvi, ref eligible);
        return width >= 256 && Avx2.IsSupported ? Run256(red, nir, clear, redNone, nirNone, ndvi, ref eligible) : 0;
    }

    private static int NoDataOf(in BandCalibration band) =>
        band.NoData is >= 0 and <= ushort.MaxValue and double none && none == Math.Floor(none) ? (int)none : Never;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Run512(
        ReadOnlySpan<ushort> red, ReadOnlySpan<ushort> nir, ReadOnlySpan<byte> clear, int redNone, int nirNone,
        Span<float> ndvi, ref int eligible)
    {
        ref ushort r0 = ref MemoryMarshal.GetReference(red), n0 = ref MemoryMarshal.GetReference(nir);
        ref byte c0 = ref MemoryMarshal.GetReference(clear);
        ref float o0 = ref MemoryMarshal.GetReference(ndvi);
        bool masks = !clear.IsEmpty;
        Vector512<int> noRed = Vector512.Create(redNone), noNir = Vector512.Create(nirNone);
        Vector512<float> noData = Vector512.Create(NdviKernel.NoData);
        int i = 0, count = 0;
        for (; i <= red.Length - 16; i += 16)
        {
            Vector512<int> r = Avx512F.ConvertToVector512Int32(Vector256.LoadUnsafe(ref r0, (nuint)i));
            Vector512<int> n = Avx512F.ConvertToVector512Int32(Vector256.LoadUnsafe(ref n0, (nuint)i));
            Vector512<int> none = Vector512.Equals(r, noRed) | Vector512.Equals(n, noNir);
            count += 16 - BitOperations.PopCount(none.ExtractMostSignificantBits());
            Vector512<int> sum = n + r;
            Vector512<int> valid = Vector512.GreaterThan(sum, Vector512<int>.Zero) & ~none;
            if (masks)
            {
                Vector512<int> seen = Avx512F.ConvertToVector512Int32(Vector128.LoadUnsafe(ref c0, (nuint)i));
                valid &= Vector512.GreaterThan(seen, Vector512<int>.Zero);
            }
            Vector512<float> value = Vector512.ConvertToSingle(n - r) / Vector512.ConvertToSingle(sum);
            Vector512.ConditionalSelect(valid.AsSingle(), value, noData).StoreUnsafe(ref o0, (nuint)i);
        }
        eligible += count;
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Run256(
        ReadOnlySpan<ushort> red, ReadOnlySpan<ushort> nir, ReadOnlySpan<byte> clear, int redNone, int nirNone,
        Span<float> ndvi, ref int eligible)
    {
        ref ushort r0 = ref MemoryMarshal.GetReference(red), n0 = ref MemoryMarshal.GetReference(nir);
        ref byte c0 = ref MemoryMarshal.GetReference(clear);
        ref float o0 = ref MemoryMarshal.GetReference(ndvi);
        bool masks = !clear.IsEmpty;
        Vector256<int> noRed = Vector256.Create(redNone), noNir = Vector256.Create(nirNone);
        Vector256<float> noData = Vector256.Create(NdviKernel.NoData);
        int i = 0, count = 0;
        for (; i <= red.Length - 8; i += 8)
        {
            Vector256<int> r = Avx2.ConvertToVector256Int32(Vector128.LoadUnsafe(ref r0, (nuint)i));
            Vector256<int> n = Avx2.ConvertToVector256Int32(Vector128.LoadUnsafe(ref n0, (nuint)i));
            Vector256<int> none = Vector256.Equals(r, noRed) | Vector256.Equals(n, noNir);
            count += 8 - BitOperations.PopCount(none.ExtractMostSignificantBits());
            Vector256<int> sum = n + r;
            Vector256<int> valid = Vector256.GreaterThan(sum, Vector256<int>.Zero) & ~none;
            if (masks)
            {
                ulong eight = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref c0, i));
                Vector256<int> seen = Avx2.ConvertToVector256Int32(Vector128.CreateScalar(eight).AsByte());
                valid &= Vector256.GreaterThan(seen, Vector256<int>.Zero);
            }
            Vector256<float> value = Vector256.ConvertToSingle(n - r) / Vector256.ConvertToSingle(sum);
            Vector256.ConditionalSelect(valid.AsSingle(), value, noData).StoreUnsafe(ref o0, (nuint)i);
        }
        eligible += count;
        return i;
    }
}
