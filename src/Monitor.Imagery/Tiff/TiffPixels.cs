using System.Numerics;
using System.Runtime.InteropServices;

namespace Monitor.Imagery.Tiff;

/// <summary>The pixels of a file that is written.</summary>
/// <param name="Bytes">Of one.</param>
/// <param name="Format">TIFF's SampleFormat: 1 unsigned, 2 signed, 3 floating point.</param>
internal sealed record TiffPixels(int Bytes, ushort Format)
{
    internal bool IsFloat => Format == 3;

    internal static TiffPixels Of<T>() where T : unmanaged => typeof(T) == typeof(byte) ? new(1, 1)
        : typeof(T) == typeof(ushort) ? new(2, 1)
        : typeof(T) == typeof(short) ? new(2, 2)
        : typeof(T) == typeof(uint) ? new(4, 1)
        : typeof(T) == typeof(int) ? new(4, 2)
        : typeof(T) == typeof(float) ? new(4, 3)
        : typeof(T) == typeof(double) ? new(8, 3)
        : throw new ArgumentException($"A raster does not hold {typeof(T).Name}.");

    /// <summary>So many pixels of one value, clamped to the type.</summary>
    internal byte[] Filled(int count, double value) => (Bytes, Format) switch
    {
        (1, 1) => Filled<byte>(count, value),
        (2, 1) => Filled<ushort>(count, value),
        (2, 2) => Filled<short>(count, value),
        (4, 1) => Filled<uint>(count, value),
        (4, 2) => Filled<int>(count, value),
        (4, _) => Filled<float>(count, value),
        _ => Filled<double>(count, value),
    };

    private static byte[] Filled<T>(int count, double value) where T : unmanaged, INumberBase<T>
    {
        byte[] bytes = new byte[count * Marshal.SizeOf<T>()];
        MemoryMarshal.Cast<byte, T>(bytes.AsSpan()).Fill(T.CreateSaturating(value));
        return bytes;
    }
}
