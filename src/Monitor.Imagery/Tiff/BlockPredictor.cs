using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Monitor.Imagery.Tiff;

/// <summary>
/// Undoes a TIFF predictor, row by row: 2 is the difference to the sample before, 3 the same of the bytes of float32,
/// sorted by their weight (Adobe Photoshop TIFF Technical Note 3).
/// </summary>
internal static class BlockPredictor
{
    /// <summary>Adds up differences of a row in place.</summary>
    /// <param name="row">The samples' bytes.</param>
    /// <param name="sampleBytes">1, 2 or 4.</param>
    /// <param name="step">Samples from one of a band to the next.</param>
    internal static void Add(Span<byte> row, int sampleBytes, int step)
    {
        if (sampleBytes == 1) AddBytes(row, step);
        else if (sampleBytes == 2) AddUInt16(MemoryMarshal.Cast<byte, ushort>(row), step);
        else AddEach(MemoryMarshal.Cast<byte, uint>(row), step, step);
    }

    /// <summary>Makes float32 of a row's sorted differences.</summary>
    /// <param name="row">Four bytes a sample, in and out.</param>
    /// <param name="step">Samples from one of a band to the next.</param>
    /// <param name="sorted">As much room as the row has.</param>
    internal static void Join(Span<byte> row, int step, Span<byte> sorted)
    {
        row.CopyTo(sorted);
        AddBytes(sorted, step);
        int samples = row.Length / sizeof(float), i = 0;
        Span<uint> joined = MemoryMarshal.Cast<byte, uint>(row);
        ReadOnlySpan<byte> high = sorted[..samples], middle = sorted.Slice(samples, samples);
        ReadOnlySpan<byte> lower = sorted.Slice(2 * samples, samples), low = sorted.Slice(3 * samples, samples);
        for (; i <= samples - 16; i += 16)
        {
            Vector128<byte> h = Vector128.Create(high[i..]), m = Vector128.Create(middle[i..]);
            Vector128<byte> l = Vector128.Create(lower[i..]), e = Vector128.Create(low[i..]);
            Store(Pair(Vector128.WidenLower(h), Vector128.WidenLower(m)), Pair(Vector128.WidenLower(l),
                Vector128.WidenLower(e)), joined[i..]);
            Store(Pair(Vector128.WidenUpper(h), Vector128.WidenUpper(m)), Pair(Vector128.WidenUpper(l),
                Vector128.WidenUpper(e)), joined[(i + 8)..]);
        }
        for (; i < samples; i++)
            joined[i] = ((uint)high[i] << 24) | ((uint)middle[i] << 16) | ((uint)lower[i] << 8) | low[i];
    }

    /// <summary>Turns the bytes of each sample, where the file's order is not the machine's.</summary>
    internal static void Swap(Span<byte> row, int sampleBytes)
    {
        if (sampleBytes == 2)
        {
            Span<ushort> samples = MemoryMarshal.Cast<byte, ushort>(row);
            BinaryPrimitives.ReverseEndianness(samples, samples);
        }
        else if (sampleBytes == 4)
        {
            Span<uint> samples = MemoryMarshal.Cast<byte, uint>(row);
            BinaryPrimitives.ReverseEndianness(samples, samples);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ushort> Pair(Vector128<ushort> high, Vector128<ushort> low) => (high << 8) | low;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<ushort> high, Vector128<ushort> low, Span<uint> target)
    {
        ((Vector128.WidenLower(high) << 16) | Vector128.WidenLower(low)).CopyTo(target);
        ((Vector128.WidenUpper(high) << 16) | Vector128.WidenUpper(low)).CopyTo(target[4..]);
    }

    // Sums within eight lanes by three shifts and additions; the last lane goes on into the next eight. What goes on is
    // summed apart, so that one addition is all that eight lanes wait for. Indices stand where they are used: only then are
    // they constants, and a shuffle one instruction.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddUInt16(Span<ushort> row, int step)
    {
        int i = 0;
        if (step == 1 && Vector128.IsHardwareAccelerated)
        {
            ref ushort first = ref MemoryMarshal.GetReference(row);
            Vector128<ushort> carry = default;
            for (; i <= row.Length - 8; i += 8)
            {
                Vector128<ushort> v = Vector128.LoadUnsafe(ref first, (nuint)i);
                v += Up(v.AsByte(), 2).AsUInt16();
                v += Up(v.AsByte(), 4).AsUInt16();
                v += Up(v.AsByte(), 8).AsUInt16();
                (v + carry).StoreUnsafe(ref first, (nuint)i);
                carry += Vector128.Shuffle(v.AsByte(), Vector128.Create((ushort)0x0F0E).AsByte()).AsUInt16();
            }
        }
        for (i = Math.Max(i, step); i < row.Length; i++) row[i] += row[i - step];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddBytes(Span<byte> row, int step)
    {
        int i = 0;
        if (step == 1 && Vector128.IsHardwareAccelerated)
        {
            ref byte first = ref MemoryMarshal.GetReference(row);
            Vector128<byte> carry = default;
            for (; i <= row.Length - 16; i += 16)
            {
                Vector128<byte> v = Vector128.LoadUnsafe(ref first, (nuint)i);
                v += Up(v, 1);
                v += Up(v, 2);
                v += Up(v, 4);
                v += Up(v, 8);
                (v + carry).StoreUnsafe(ref first, (nuint)i);
                carry += Vector128.Shuffle(v, Vector128.Create((byte)15));
            }
        }
        for (i = Math.Max(i, step); i < row.Length; i++) row[i] += row[i - step];
    }

    private static void AddEach(Span<uint> row, int from, int step)
    {
        for (int i = from; i < row.Length; i++) row[i] += row[i - step];
    }

    // Lanes moved up by some bytes, zeros below: an index beyond the vector gives 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Up(Vector128<byte> v, [ConstantExpected] int bytes) => bytes switch
    {
        1 => Vector128.Shuffle(v, Vector128.Create(
            (byte)255, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14)),
        2 => Vector128.Shuffle(v, Vector128.Create(
            (byte)255, 255, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)),
        4 => Vector128.Shuffle(v, Vector128.Create(
            (byte)255, 255, 255, 255, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)),
        _ => Vector128.Shuffle(v, Vector128.Create(
            (byte)255, 255, 255, 255, 255, 255, 255, 255, 0, 1, 2, 3, 4, 5, 6, 7)),
    };
}
