using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Monitor.Raster;

/// <summary>
/// Which numbers occur in a quality band, so that a band read by another kind's rules can be told. May be filled by
/// several threads at once: a number is only ever marked.
/// </summary>
public sealed class MaskValues
{
    // Of the distinct numbers that say anything: a share below the first does not fit, one above the second does.
    private const double FitMax = 0.05, FitMin = 0.95;

    private const int SclMax = 11;

    private readonly bool[] seen = new bool[ushort.MaxValue + 1];
    private int ignored = -1;

    /// <summary>Marks the numbers of a piece of the band.</summary>
    public void Add(ReadOnlySpan<ushort> quality)
    {
        bool[] marks = seen;
        foreach (ushort v in quality) marks[v] = true;
    }

    /// <summary>Marks the numbers of a piece of a band of bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<byte> quality)
    {
        bool[] marks = seen;
        int done = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            // Each number below 16 as a bit, by a table of eight numbers and one of the next eight.
            Vector128<byte> first = Vector128.Create(0x8040_2010_0804_0201, 0).AsByte(), found = default;
            Vector128<byte> second = Vector128.Create(0, 0x8040_2010_0804_0201).AsByte(), later = default;
            Vector128<byte> last = Vector128.Create((byte)15);
            ref byte q0 = ref MemoryMarshal.GetReference(quality);
            for (; done <= quality.Length - 16; done += 16)
            {
                Vector128<byte> q = Vector128.LoadUnsafe(ref q0, (nuint)done);
                if (Vector128.GreaterThanAny(q, last))
                {
                    for (int i = done; i < done + 16; i++) marks[quality[i]] = true;
                    continue;
                }
                found |= Vector128.ShuffleNative(first, q);
                later |= Vector128.ShuffleNative(second, q);
            }
            for (int lane = 0; lane < Vector128<byte>.Count; lane++)
                for (int bits = found.GetElement(lane) | (later.GetElement(lane) << 8), v = 0; bits != 0; bits >>= 1, v++)
                    if ((bits & 1) != 0) marks[v] = true;
        }
        for (; done < quality.Length; done++) marks[quality[done]] = true;
    }

    /// <summary>Leaves out the number that the file itself declares as nodata.</summary>
    public void Ignore(double noData)
    {
        if (noData is >= 0 and <= ushort.MaxValue) ignored = (int)noData;
    }

    /// <summary>
    /// Why the numbers cannot be of that kind, in words, and the kind that they are of where that is known; null where
    /// nothing speaks against it. Numbers that are of no known kind are not refused: only bands of another kind are,
    /// and a scene classification beyond its last class.
    /// </summary>
    public (string Fault, MaskKind? Other)? Refusal(MaskKind kind)
    {
        int[] values = Seen();
        MaskKind? other = null;
        for (MaskKind candidate = MaskKind.Scl; candidate <= MaskKind.BqaPre; candidate++)
            if (candidate != kind && Is(candidate, values)) other ??= candidate;
        if (kind == MaskKind.Scl)
        {
            // The values rise.
            int worst = values.Length > 0 && values[^1] > SclMax ? values[FirstAbove(values, SclMax)] : 0;
            return worst == 0 ? null : ($"It holds {worst}, and a scene classification ends at 11.", other);
        }
        if (other is not MaskKind real || Share(kind, values) > FitMax) return null;
        return ($"Its numbers ({Some(values)}) are not of that kind.", real);
    }

    // Loops, not queries: each of those would be compiled for this one use.
    private int[] Seen()
    {
        int count = 0;
        for (int v = 0; v < seen.Length; v++)
            if (seen[v] && v != ignored) count++;
        int[] values = new int[count];
        count = 0;
        for (int v = 0; v < seen.Length; v++)
            if (seen[v] && v != ignored) values[count++] = v;
        return values;
    }

    private static int FirstAbove(int[] values, int most)
    {
        int at = 0;
        while (values[at] <= most) at++;
        return at;
    }

    private static bool Is(MaskKind kind, int[] values) => kind == MaskKind.Scl
        // Small numbers may also be single bits; an odd one says fill and something else besides, which no bits mean.
        ? values.All(v => v <= SclMax) && values.Any(v => v > 1 && (v & 1) != 0)
        : Share(kind, values) >= FitMin;

    // 0 and 1 (nothing, or fill) occur in all kinds.
    private static double Share(MaskKind kind, int[] values)
    {
        (int telling, int fitting) = (0, 0);
        foreach (int v in values)
        {
            if (v <= 1) continue;
            telling++;
            if (Fits(kind, v)) fitting++;
        }
        return telling == 0 ? 0 : fitting / (double)telling;
    }

    private static bool Fits(MaskKind kind, int v) => kind switch
    {
        MaskKind.Scl => v <= SclMax,
        MaskKind.QaPixel => FitsQaPixel(v),
        MaskKind.Bqa => FitsBqa(v),
        _ => FitsBqaPre(v),
    };

    // Cloud, shadow, snow and cirrus are set when, and only when, their confidence is high; cloud, shadow and snow
    // always have one; clear (bit 6) means neither cloud nor dilated cloud.
    private static bool FitsQaPixel(int v)
    {
        bool clear = (v & 0b1010) == 0;
        return (v & 1) == 0 && Bit(v, 6) == clear
            && Level(v, 8) > 0 && Level(v, 10) is 1 or 3 && Level(v, 12) is 1 or 3 && Level(v, 14) != 2
            && Bit(v, 3) == (Level(v, 8) == 3) && Bit(v, 4) == (Level(v, 10) == 3)
            && Bit(v, 5) == (Level(v, 12) == 3) && Bit(v, 2) == (Level(v, 14) == 3);
    }

    // Thirteen bits; cloud, shadow and snow always have a confidence, and the last two know no middle.
    private static bool FitsBqa(int v) =>
        (v & 1) == 0 && v < 1 << 13 && Level(v, 5) > 0 && Level(v, 7) is 1 or 3 && Level(v, 9) is 1 or 3
        && Level(v, 11) != 2;

    // Bits 3 and 6 to 9 were never used; cirrus and cloud always have a confidence.
    private static bool FitsBqaPre(int v) =>
        (v & 0b11_1100_1001) == 0 && Level(v, 12) > 0 && Level(v, 14) > 0;

    private static bool Bit(int v, int bit) => (v >> bit & 1) != 0;

    private static int Level(int v, int bit) => v >> bit & 3;

    private static string Some(int[] values) =>
        string.Join(", ", values.Where(v => v > 1).Take(4)) + (values.Length > 5 ? ", ..." : "");
}
