using System.Numerics;
using System.Runtime.InteropServices;

namespace Monitor.Imagery.Tiff;

/// <summary>From the pixels of a block to those of a window, as GDAL converts them.</summary>
internal static class PixelLanes
{
    internal static Type TypeOf(PixelType type) => type switch
    {
        PixelType.Byte => typeof(byte),
        PixelType.UInt16 => typeof(ushort),
        PixelType.Int16 => typeof(short),
        _ => typeof(float),
    };

    /// <summary>Converts a run of a block's pixels into bytes (of bytes only), UInt16 or Float64.</summary>
    internal static void Convert<T>(PixelType type, ReadOnlySpan<byte> block, int from, Span<T> to) where T : unmanaged
    {
        if (typeof(T) == typeof(byte)) block.Slice(from, to.Length).CopyTo(MemoryMarshal.Cast<T, byte>(to));
        else if (typeof(T) == typeof(ushort)) Narrow(type, block, from, MemoryMarshal.Cast<T, ushort>(to));
        else Widen(type, block, from, MemoryMarshal.Cast<T, double>(to));
    }

    /// <summary>Takes one sample of each pixel out of a block in which all of a pixel stand together.</summary>
    internal static void Pick(ReadOnlySpan<byte> mixed, int sampleBytes, int step, int sample, Span<byte> block)
    {
        if (sampleBytes == 1) Pick<byte>(mixed, step, sample, block);
        else if (sampleBytes == 2) Pick<ushort>(mixed, step, sample, block);
        else Pick<uint>(mixed, step, sample, block);
    }

    private static void Pick<T>(ReadOnlySpan<byte> mixed, int step, int sample, Span<byte> block) where T : unmanaged
    {
        ReadOnlySpan<T> from = MemoryMarshal.Cast<byte, T>(mixed);
        Span<T> to = MemoryMarshal.Cast<byte, T>(block);
        for (int i = 0, at = sample; i < to.Length; i++, at += step) to[i] = from[at];
    }

    private static void Narrow(PixelType type, ReadOnlySpan<byte> block, int from, Span<ushort> to)
    {
        switch (type)
        {
            case PixelType.Byte:
                ReadOnlySpan<byte> bytes = block.Slice(from, to.Length);
                for (int i = 0; i < to.Length; i++) to[i] = bytes[i];
                break;
            case PixelType.UInt16:
                Of<ushort>(block, from, to.Length).CopyTo(to);
                break;
            case PixelType.Int16:
                ReadOnlySpan<short> signed = Of<short>(block, from, to.Length);
                for (int i = 0; i < to.Length; i++) to[i] = (ushort)Math.Max(signed[i], (short)0);
                break;
            default:
                ReadOnlySpan<float> real = Of<float>(block, from, to.Length);
                for (int i = 0; i < to.Length; i++) to[i] = Rounded(real[i]);
                break;
        }
    }

    private static void Widen(PixelType type, ReadOnlySpan<byte> block, int from, Span<double> to)
    {
        switch (type)
        {
            case PixelType.Byte: Widen(block.Slice(from, to.Length), to); break;
            case PixelType.UInt16: Widen(Of<ushort>(block, from, to.Length), to); break;
            case PixelType.Int16: Widen(Of<short>(block, from, to.Length), to); break;
            default: Widen(Of<float>(block, from, to.Length), to); break;
        }
    }

    private static void Widen<T>(ReadOnlySpan<T> from, Span<double> to) where T : INumberBase<T>
    {
        for (int i = 0; i < to.Length; i++) to[i] = double.CreateTruncating(from[i]);
    }

    private static ReadOnlySpan<T> Of<T>(ReadOnlySpan<byte> block, int from, int length) where T : unmanaged =>
        MemoryMarshal.Cast<byte, T>(block).Slice(from, length);

    private static ushort Rounded(float value) =>
        value >= ushort.MaxValue ? ushort.MaxValue : value > 0 ? (ushort)(value + 0.5f) : (ushort)0;
}
