using System.Buffers.Binary;
using System.IO.Compression;

namespace Monitor.Imagery.Pictures;

/// <summary>Writes PNG: eight bits a channel, each row as differences to what is above or beside.</summary>
internal static class PngFile
{
    private const byte Sub = 1, Up = 2;

    // Colour types of PNG (ISO/IEC 15948, 11.2.2).
    private const byte TrueColour = 2, TrueColourAndOpacity = 6;

    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(n =>
    {
        uint c = (uint)n;
        for (int k = 0; k < 8; k++) c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
        return c;
    })];

    /// <summary>Writes the picture under a temporary name and gives it its name when it is complete.</summary>
    /// <exception cref="ImageryUnavailableException">The file cannot be written; nothing is left.</exception>
    internal static void Write(string path, PictureCanvas canvas)
    {
        string full = Path.GetFullPath(path);
        string temporary = Path.Combine(
            Path.GetDirectoryName(full) ?? "", $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}.part");
        try
        {
            try
            {
                File.WriteAllBytes(temporary, Encode(canvas));
                File.Move(temporary, full, overwrite: true);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ImageryUnavailableException(
                $"{path}: It cannot be written ({fault.Message}) Free space or choose a folder that can be written to.",
                fault);
        }
    }

    internal static byte[] Encode(PictureCanvas canvas) =>
        Encode(canvas.Pixels, canvas.Width, canvas.Height, CompressionLevel.Optimal);

    /// <summary>A picture of three bytes a pixel, or of four: red, green, blue, opacity.</summary>
    internal static byte[] Encode(ReadOnlySpan<byte> pixels, int width, int height, CompressionLevel effort)
    {
        int bytesPerPixel = pixels.Length / (width * height);
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, bytesPerPixel == 4 ? TrueColourAndOpacity : TrueColour);
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "sRGB"u8, [0]);
        Chunk(png, "IDAT"u8, Packed(pixels, width * bytesPerPixel, bytesPerPixel, effort));
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte[] Packed(ReadOnlySpan<byte> pixels, int stride, int bytesPerPixel, CompressionLevel effort)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, effort, leaveOpen: true))
        {
            byte[] beside = new byte[stride + 1], above = new byte[beside.Length];
            for (int at = 0; at < pixels.Length; at += stride)
            {
                ReadOnlySpan<byte> row = pixels.Slice(at, stride);
                ReadOnlySpan<byte> last = at > 0 ? pixels.Slice(at - stride, stride) : default;
                (beside[0], above[0]) = (Sub, Up);
                for (int i = 0; i < row.Length; i++)
                {
                    beside[i + 1] = (byte)(row[i] - (i < bytesPerPixel ? 0 : row[i - bytesPerPixel]));
                    above[i + 1] = (byte)(row[i] - (last.IsEmpty ? 0 : last[i]));
                }
                zlib.Write(Size(above) < Size(beside) ? above : beside);
            }
        }
        return packed.ToArray();
    }

    // The smaller the differences, the better they pack.
    private static long Size(ReadOnlySpan<byte> row)
    {
        long sum = 0;
        foreach (byte b in row) sum += Math.Abs((sbyte)b == sbyte.MinValue ? 127 : (sbyte)b);
        return sum;
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(four, data.Length);
        png.Write(four);
        png.Write(name);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(four, Crc(Crc(uint.MaxValue, name), data) ^ uint.MaxValue);
        png.Write(four);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (byte b in data) crc = CrcTable[(crc ^ b) & 0xFF] ^ (crc >> 8);
        return crc;
    }
}
