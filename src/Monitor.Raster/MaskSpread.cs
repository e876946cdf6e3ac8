using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Monitor.Raster;

/// <summary>Spreads a row of a mask over the finer pixels of a scene.</summary>
public static class MaskSpread
{
    /// <summary>Writes 1 where the class is <see cref="MaskRule.Clear"/>, else 0, for each finer pixel.</summary>
    /// <param name="classes">Classes of the mask's row, from the pixel in which the target begins.</param>
    /// <param name="factor">Finer pixels in one of the mask.</param>
    /// <param name="rest">Of these, how many of the first lie before the target; below the factor.</param>
    /// <param name="target">As many as are wanted.</param>
    /// <exception cref="ArgumentOutOfRangeException">The classes do not reach over the target.</exception>
    public static void Run(ReadOnlySpan<byte> classes, int factor, int rest, Span<byte> target)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(factor, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rest, factor);
        long needed = (rest + (long)target.Length + factor - 1) / factor;
        ArgumentOutOfRangeException.ThrowIfLessThan(classes.Length, needed, nameof(classes));
        int done = rest == 0 && factor <= 2 ? Vectors(classes, factor, target) : 0;
        int column = (done + rest) / factor;
        rest = (done + rest) % factor;
        for (int i = done; i < target.Length; i++)
        {
            target[i] = classes[column] == MaskRule.Clear ? (byte)1 : (byte)0;
            if (++rest < factor) continue;
            (rest, column) = (0, column + 1);
        }
    }

    private static int Vectors(ReadOnlySpan<byte> classes, int factor, Span<byte> target)
    {
        if (!Vector128.IsHardwareAccelerated) return 0;
        ref byte c0 = ref MemoryMarshal.GetReference(classes), t0 = ref MemoryMarshal.GetReference(target);
        Vector128<byte> one = Vector128.Create((byte)1);
        int i = 0, wide = 16 * factor;
        for (; i <= target.Length - wide; i += wide)
        {
            Vector128<byte> found = Vector128.LoadUnsafe(ref c0, (nuint)(i / factor));
            found = Vector128.Equals(found, Vector128.Create(MaskRule.Clear)) & one;
            if (factor == 1)
            {
                found.StoreUnsafe(ref t0, (nuint)i);
                continue;
            }
            // Twice each byte: the low and the high half of sixteen bits.
            (Vector128.WidenLower(found) * 0x0101).AsByte().StoreUnsafe(ref t0, (nuint)i);
            (Vector128.WidenUpper(found) * 0x0101).AsByte().StoreUnsafe(ref t0, (nuint)i + 16);
        }
        return i;
    }
}
