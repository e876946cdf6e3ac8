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
    public void Add(ReadOnlySpan<byte> quality)
    {
        bool[] marks = seen;
        int done = 0;
        // Runs of the same are the rule: sixteen that are all as the one before say nothing new.
        if (Vector128.IsHardwareAccelerated)
        {
            ref byte q0 = ref MemoryMarshal.GetReference(quality);
            for (; done <= quality.Length - 16; done += 16)
            {
                Vector128<byte> q = Vector128.LoadUnsafe(ref q0, (nuint)done);
                marks[q.ToScalar()] = true;
                if (Vector128.EqualsAll(q, Vector128.Create(q.ToScalar()))) continue;
                foreach (byte v in quality.Slice(done, 16)) marks[v] = true;
            }
        }
        foreach (byte v in quality[done..]) marks[v] = true;
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
        int[] values = [.. Enumerable.Range(0, seen.Length).Where(v => seen[v] && v != ignored)];
        MaskKind? other = null;
        foreach (MaskKind candidate in Enum.GetValues<MaskKind>())
            if (candidate != kind && Is(candidate, values)) other ??= candidate;
        if (kind == MaskKind.Scl)
        {
            int worst = Array.Find(values, v => v > SclMax);
            return worst == 0 ? null : ($"It holds {worst}, and a scene classification ends at 11.", other);
        }
        if (other is not MaskKind real || Share(kind, values) > FitMax) return null;
        return ($"Its numbers ({Some(values)}) are not of that kind.", real);
    }

    private static bool Is(MaskKind kind, int[] values) => kind == MaskKind.Scl
        // Small numbers may also be single bits; an odd one says fill and something else besides, which no bits mean.
        ? values.All(v => v <= SclMax) && values.Any(v => v > 1 && (v & 1) != 0)
        : Share(kind, values) >= FitMin;

    // 0 and 1 (nothing, or fill) occur in all kinds.
    private static double Share(MaskKind kind, int[] values)
    {
        int[] telling = Array.FindAll(values, v => v > 1);
        return telling.Length == 0 ? 0 : telling.Count(v => Fits(kind, v)) / (double)telling.Length;
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
