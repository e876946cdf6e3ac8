using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Monitor.Raster;

/// <summary>How often each number occurs among bytes that are mostly below 16, as those of a scene classification.</summary>
internal static class ByteCensus
{
    // A byte of a lane counts to 255, so that a piece of so many vectors cannot overflow it.
    private const int Small = 16, VectorsMax = byte.MaxValue;

    /// <summary>Adds to the counts of the numbers 0 to 255.</summary>
    internal static void Add(ReadOnlySpan<byte> values, long each, Span<long> counts)
    {
        int done = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            int width = Vector256<byte>.Count;
            while (values.Length - done >= width)
            {
                int length = Math.Min((values.Length - done) / width, VectorsMax) * width;
                Piece(values.Slice(done, length), each, counts);
                done += length;
            }
        }
        for (; done < values.Length; done++) counts[values[done]] += each;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Piece(ReadOnlySpan<byte> values, long each, Span<long> counts)
    {
        ref byte first = ref MemoryMarshal.GetReference(values);
        Vector256<byte> all = default;
        for (int i = 0; i < values.Length; i += Vector256<byte>.Count) all |= Vector256.LoadUnsafe(ref first, (nuint)i);
        if (Vector256.GreaterThanAny(all, Vector256.Create((byte)(Small - 1))))
        {
            foreach (byte v in values) counts[v] += each;
            return;
        }
        for (int number = 0; number < Small; number += 4)
        {
            Vector256<byte> a = default, b = default, c = default, d = default;
            Vector256<byte> one = Vector256.Create((byte)number), two = Vector256.Create((byte)(number + 1));
            Vector256<byte> three = Vector256.Create((byte)(number + 2)), four = Vector256.Create((byte)(number + 3));
            for (int i = 0; i < values.Length; i += Vector256<byte>.Count)
            {
                Vector256<byte> v = Vector256.LoadUnsafe(ref first, (nuint)i);
                a -= Vector256.Equals(v, one);
                b -= Vector256.Equals(v, two);
                c -= Vector256.Equals(v, three);
                d -= Vector256.Equals(v, four);
            }
            counts[number] += Sum(a) * each;
            counts[number + 1] += Sum(b) * each;
            counts[number + 2] += Sum(c) * each;
            counts[number + 3] += Sum(d) * each;
        }
    }

    // At most 32 lanes of 255: below 65,536.
    private static long Sum(Vector256<byte> lanes) =>
        Vector256.Sum(Vector256.WidenLower(lanes) + Vector256.WidenUpper(lanes));
}
