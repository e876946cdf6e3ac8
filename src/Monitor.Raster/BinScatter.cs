using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Monitor.Raster;

/// <summary>
/// The histogram while pixels come in: four copies, so that two pixels of one bin in a row do not wait for each other,
/// and a bin into which pixels without NDVI are dumped, so that none needs a branch.
/// </summary>
internal sealed class BinScatter
{
    /// <summary>
    /// Bins of 2²⁰ units of <see cref="FixedPoint"/> from −1 upwards; NDVI 1 alone is in a bin of its own.
    /// </summary>
    internal const int UnitBits = 20, One = RasterTally.Bins, Dump = One + 1;

    // Copies begin on different lines of the cache.
    private const int Copies = 4, Stride = RasterTally.Bins + 16;

    // No copy can overflow before the counts are taken out.
    private const long PixelsMax = 1L << 31;

    private readonly uint[] counts = new uint[Copies * Stride];
    private long pixels;

    internal ref uint First => ref MemoryMarshal.GetArrayDataReference(counts);

    /// <summary>Counts four bins, 16 bits each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Count(ref uint first, ulong four)
    {
        Unsafe.Add(ref first, (nuint)(four & 0xFFFF))++;
        Unsafe.Add(ref first, Stride + (nuint)((four >> 16) & 0xFFFF))++;
        Unsafe.Add(ref first, (2 * Stride) + (nuint)((four >> 32) & 0xFFFF))++;
        Unsafe.Add(ref first, (3 * Stride) + (nuint)(four >> 48))++;
    }

    internal void Count(int bin) => counts[bin]++;

    /// <summary>Whether so many pixels more still fit; else they must be taken first.</summary>
    internal bool Takes(int more) => (pixels += more) <= PixelsMax;

    /// <summary>
    /// Empties the bins into a histogram whose last bin also holds NDVI 1; gives back how many that were.
    /// </summary>
    internal long MoveTo(Span<long> histogram)
    {
        long ones = 0;
        for (int copy = 0; copy < counts.Length; copy += Stride)
        {
            for (int bin = 0; bin < RasterTally.Bins; bin++) histogram[bin] += counts[copy + bin];
            ones += counts[copy + One];
        }
        histogram[^1] += ones;
        Array.Clear(counts);
        pixels = 0;
        return ones;
    }
}
