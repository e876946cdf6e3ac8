using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Monitor.Raster;

/// <summary>What each quality band's number says of its pixel.</summary>
public static class MaskRule
{
    /// <summary>The pixel may be judged.</summary>
    public const byte Clear = 1;

    /// <summary>Cloud, shadow, snow or the like; grows under dilation.</summary>
    public const byte Masked = 0;

    /// <summary>Outside the picture: not clear, and does not grow.</summary>
    public const byte Fill = 2;

    /// <summary>Writes <see cref="Clear"/>, <see cref="Masked"/> or <see cref="Fill"/> for each number.</summary>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static void Classify(MaskKind kind, ReadOnlySpan<ushort> quality, Span<byte> classes)
    {
        if (quality.Length != classes.Length) throw new ArgumentException("Lengths differ.", nameof(classes));
        int done = kind switch
        {
            MaskKind.QaPixel => MaskBits.Run(quality, classes, any: 0b11_1110, both: 0),
            MaskKind.Bqa => MaskBits.Run(quality, classes, any: 1 << 4, both: 1 << 5 | 1 << 7 | 1 << 9 | 1 << 11),
            MaskKind.BqaPre => MaskBits.Run(quality, classes, any: 1 << 15, both: 1 << 10 | 1 << 12),
            _ => 0,
        };
        ClassifyPlainly(kind, quality[done..], classes[done..]);
    }

    /// <summary>The same number by number: what the vectors are held against.</summary>
    internal static void ClassifyPlainly(MaskKind kind, ReadOnlySpan<ushort> quality, Span<byte> classes)
    {
        switch (kind)
        {
            case MaskKind.Scl:
                for (int i = 0; i < quality.Length; i++) classes[i] = OfScl(quality[i]);
                break;
            case MaskKind.QaPixel:
                for (int i = 0; i < quality.Length; i++) classes[i] = OfQaPixel(quality[i]);
                break;
            case MaskKind.Bqa:
                for (int i = 0; i < quality.Length; i++) classes[i] = OfBqa(quality[i]);
                break;
            case MaskKind.BqaPre:
                for (int i = 0; i < quality.Length; i++) classes[i] = OfBqaPre(quality[i]);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of mask.");
        }
    }

    /// <summary>The same of a band of bytes.</summary>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static void Classify(MaskKind kind, ReadOnlySpan<byte> quality, Span<byte> classes)
    {
        if (quality.Length != classes.Length) throw new ArgumentException("Lengths differ.", nameof(classes));
        Span<ushort> numbers = stackalloc ushort[byte.MaxValue + 1];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = (ushort)i;
        Span<byte> table = stackalloc byte[numbers.Length];
        Classify(kind, numbers, table);
        int done = 0;
        // All that a scene classification means is said by sixteen numbers: a table in one vector.
        if (Vector128.IsHardwareAccelerated && !table[16..].ContainsAnyExcept(Masked))
        {
            Vector128<byte> sixteen = Vector128.Create<byte>(table[..16]), last = Vector128.Create((byte)15);
            ref byte q0 = ref MemoryMarshal.GetReference(quality), c0 = ref MemoryMarshal.GetReference(classes);
            for (; done <= quality.Length - 16; done += 16)
            {
                Vector128<byte> q = Vector128.LoadUnsafe(ref q0, (nuint)done);
                Vector128<byte> found = Vector128.ShuffleNative(sixteen, q & last) & Vector128.LessThanOrEqual(q, last);
                found.StoreUnsafe(ref c0, (nuint)done);
            }
        }
        for (; done < quality.Length; done++) classes[done] = table[quality[done]];
    }

    private static byte OfScl(ushort v) => v is 4 or 5 or 6 ? Clear : v == 0 ? Fill : Masked;

    private static byte OfQaPixel(ushort v) => (v & 1) != 0 ? Fill : (v & 0b11_1111) == 0 ? Clear : Masked;

    private static byte OfBqa(ushort v)
    {
        if ((v & 1) != 0) return Fill;
        bool masked = (v & (1 << 4)) != 0
            || Level(v, 5) == 3 || Level(v, 7) == 3 || Level(v, 9) == 3 || Level(v, 11) == 3;
        return masked ? Masked : Clear;
    }

    private static byte OfBqaPre(ushort v)
    {
        if ((v & 1) != 0) return Fill;
        return Level(v, 14) >= 2 || Level(v, 10) == 3 || Level(v, 12) == 3 ? Masked : Clear;
    }

    private static int Level(ushort v, int bit) => (v >> bit) & 3;
}
