using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Monitor.Raster;

/// <summary>
/// Landsat's rules of bits, sixteen numbers at once: fill by the lowest bit, else masked by any of some bits, or by any of
/// some pairs of neighbouring bits that are both set, which is a confidence at its highest.
/// </summary>
internal static class MaskBits
{
    /// <summary>Writes the classes of as many numbers as whole vectors take; gives back how many those are.</summary>
    /// <param name="quality">Numbers.</param>
    /// <param name="classes">Receives a class for each.</param>
    /// <param name="any">Bits any of which masks.</param>
    /// <param name="both">The lower bit of each pair that masks when both of it are set.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Run(ReadOnlySpan<ushort> quality, Span<byte> classes, int any, int both)
    {
        if (!Vector128.IsHardwareAccelerated) return 0;
        ref ushort q0 = ref MemoryMarshal.GetReference(quality);
        ref byte c0 = ref MemoryMarshal.GetReference(classes);
        Vector128<ushort> alone = Vector128.Create((ushort)any), pairs = Vector128.Create((ushort)both);
        int i = 0;
        for (; i <= quality.Length - 16; i += 16)
        {
            Vector128<ushort> low = Classes(Vector128.LoadUnsafe(ref q0, (nuint)i), alone, pairs);
            Vector128<ushort> high = Classes(Vector128.LoadUnsafe(ref q0, (nuint)i + 8), alone, pairs);
            Vector128.Narrow(low, high).StoreUnsafe(ref c0, (nuint)i);
        }
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> Classes(Vector128<ushort> v, Vector128<ushort> alone, Vector128<ushort> pairs)
    {
        Vector128<ushort> masks = (v & alone) | (v & (v >>> 1) & pairs);
        Vector128<ushort> clear = Vector128.Equals(masks, default) & Vector128.Create((ushort)MaskRule.Clear);
        Vector128<ushort> filled = Vector128.Equals(v & Vector128<ushort>.One, Vector128<ushort>.One);
        return Vector128.ConditionalSelect(filled, Vector128.Create((ushort)MaskRule.Fill), clear);
    }
}
