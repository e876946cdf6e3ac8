using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Monitor.Imagery.Tiff;

/// <summary>The way there of <see cref="BlockPredictor"/>, of rows with one sample a pixel.</summary>
internal static class BlockDifference
{
    /// <summary>Writes a row's differences; of floating point, its bytes sorted by weight first.</summary>
    internal static void Make(ReadOnlySpan<byte> row, Span<byte> differences, TiffPixels pixels)
    {
        if (pixels.IsFloat)
        {
            if (pixels.Bytes == 4) Sort(MemoryMarshal.Cast<byte, uint>(row), differences);
            else Sort(MemoryMarshal.Cast<byte, ulong>(row), differences);
            // In place, from the end: each byte still finds the one before it as it was.
            Subtract(differences);
            return;
        }
        switch (pixels.Bytes)
        {
            case 1:
                differences[0] = row[0];
                for (int i = 1; i < row.Length; i++) differences[i] = (byte)(row[i] - row[i - 1]);
                break;
            case 2:
                ReadOnlySpan<ushort> two = MemoryMarshal.Cast<byte, ushort>(row);
                Span<ushort> toTwo = MemoryMarshal.Cast<byte, ushort>(differences);
                toTwo[0] = two[0];
                for (int i = 1; i < two.Length; i++) toTwo[i] = (ushort)(two[i] - two[i - 1]);
                break;
            default:
                ReadOnlySpan<uint> four = MemoryMarshal.Cast<byte, uint>(row);
                Span<uint> toFour = MemoryMarshal.Cast<byte, uint>(differences);
                toFour[0] = four[0];
                for (int i = 1; i < four.Length; i++) toFour[i] = four[i] - four[i - 1];
                break;
        }
    }

    private static void Sort(ReadOnlySpan<uint> row, Span<byte> sorted)
    {
        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            for (; i <= row.Length - 16; i += 16)
            {
                Vector128<uint> a = Vector128.Create(row[i..]), b = Vector128.Create(row[(i + 4)..]);
                Vector128<uint> c = Vector128.Create(row[(i + 8)..]), d = Vector128.Create(row[(i + 12)..]);
                for (int weight = 0; weight < sizeof(uint); weight++)
                {
                    int shift = 24 - (8 * weight);
                    Vector128<uint> low = Vector128.Create(0xFFu);
                    Vector128<ushort> first = Vector128.Narrow((a >>> shift) & low, (b >>> shift) & low);
                    Vector128<ushort> second = Vector128.Narrow((c >>> shift) & low, (d >>> shift) & low);
                    Vector128.Narrow(first, second).CopyTo(sorted[((weight * row.Length) + i)..]);
                }
            }
        }
        for (; i < row.Length; i++)
            for (int weight = 0; weight < sizeof(uint); weight++)
                sorted[(weight * row.Length) + i] = (byte)(row[i] >> (24 - (8 * weight)));
    }

    private static void Sort(ReadOnlySpan<ulong> row, Span<byte> sorted)
    {
        for (int i = 0; i < row.Length; i++)
            for (int weight = 0; weight < sizeof(ulong); weight++)
                sorted[(weight * row.Length) + i] = (byte)(row[i] >> (56 - (8 * weight)));
    }

    private static void Subtract(Span<byte> bytes)
    {
        int i = bytes.Length;
        if (Vector128.IsHardwareAccelerated)
        {
            for (; i > 16; i -= 16)
            {
                Vector128<byte> here = Vector128.Create<byte>(bytes[(i - 16)..]);
                (here - Vector128.Create<byte>(bytes[(i - 17)..])).CopyTo(bytes[(i - 16)..]);
            }
        }
        for (i--; i > 0; i--) bytes[i] -= bytes[i - 1];
    }
}
