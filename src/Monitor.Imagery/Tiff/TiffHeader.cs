using System.Buffers.Binary;
using System.Text;
using Monitor.Imagery.Gdal;

namespace Monitor.Imagery.Tiff;

/// <summary>What is written ahead of the tiles: the directory of a one-band GeoTIFF, little-endian, and its values.</summary>
internal sealed class TiffHeader(bool isBig)
{
    // TIFF 6.0 section 2, BigTIFF: numbers of the types that are written.
    private const ushort Ascii = 2, UInt16 = 3, UInt32 = 4, Float64 = 12, UInt64 = 16;

    private readonly SortedDictionary<ushort, (ushort Type, long Count, byte[] Bytes)> entries = [];

    internal void Text(ushort tag, string text)
    {
        byte[] bytes = [.. Encoding.Latin1.GetBytes(text), 0];
        entries[tag] = (Ascii, bytes.Length, bytes);
    }

    internal void Short(ushort tag, params ReadOnlySpan<ushort> values)
    {
        byte[] bytes = new byte[values.Length * sizeof(ushort)];
        for (int i = 0; i < values.Length; i++) BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * 2), values[i]);
        entries[tag] = (UInt16, values.Length, bytes);
    }

    internal void Long(ushort tag, uint value)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        entries[tag] = (UInt32, 1, bytes);
    }

    /// <summary>Places or lengths: 32 bits, or 64 in a BigTIFF.</summary>
    internal void Places(ushort tag, ReadOnlySpan<long> values)
    {
        int size = isBig ? sizeof(ulong) : sizeof(uint);
        byte[] bytes = new byte[values.Length * size];
        for (int i = 0; i < values.Length; i++)
        {
            if (isBig) BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * size), values[i]);
            else BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * size), checked((uint)values[i]));
        }
        entries[tag] = (isBig ? UInt64 : UInt32, values.Length, bytes);
    }

    internal void Double(ushort tag, params ReadOnlySpan<double> values)
    {
        byte[] bytes = new byte[values.Length * sizeof(double)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
        entries[tag] = (Float64, values.Length, bytes);
    }

    /// <summary>Where the raster lies: a scale and a tiepoint, or a matrix where rows are turned; and the keys.</summary>
    internal void Place(GeoReference place)
    {
        if (place.RowRotation == 0 && place.ColumnRotation == 0 && place.PixelWidth > 0 && place.PixelHeight < 0)
        {
            Double(TiffTag.PixelScale, place.PixelWidth, -place.PixelHeight, 0);
            Double(TiffTag.Tiepoint, 0, 0, 0, place.OriginX, place.OriginY, 0);
        }
        else
        {
            Double(
                TiffTag.Transformation,
                place.PixelWidth, place.RowRotation, 0, place.OriginX,
                place.ColumnRotation, place.PixelHeight, 0, place.OriginY,
                0, 0, 0, 0, 0, 0, 0, 1);
        }
        if (place.System.MadeKeys is not GeoKeys keys) return;
        Short(TiffTag.GeoKeys, keys.Directory);
        if (keys.Doubles.Length > 0) Double(TiffTag.GeoDoubles, keys.Doubles);
        if (keys.Text.Length > 0) Text(TiffTag.GeoText, keys.Text);
    }

    /// <summary>The first bytes of a file, which say where its directory is.</summary>
    internal byte[] Head(long directory)
    {
        byte[] bytes = new byte[Start];
        bytes[0] = bytes[1] = (byte)'I';
        bytes[2] = isBig ? (byte)43 : (byte)42;
        if (isBig) bytes[4] = sizeof(ulong);
        Number(bytes.AsSpan(isBig ? 8 : 4), directory);
        return bytes;
    }

    /// <summary>Bytes ahead of a directory that stands in front.</summary>
    internal int Start => isBig ? 16 : 8;

    /// <summary>Directory and values that stand at a place in the file: as long whatever the numbers in them are.</summary>
    internal byte[] Directory(long at)
    {
        int entrySize = isBig ? 20 : 12, inline = isBig ? 8 : 4, first = isBig ? 8 : 2;
        int values = Even(first + (entries.Count * entrySize) + inline), entry = first;
        byte[] bytes = new byte[values + entries.Values.Sum(e => e.Bytes.Length > inline ? Even(e.Bytes.Length) : 0)];
        if (isBig) BinaryPrimitives.WriteInt64LittleEndian(bytes, entries.Count);
        else BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)entries.Count);
        foreach ((ushort tag, (ushort type, long count, byte[] content)) in entries)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(entry), tag);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(entry + 2), type);
            Number(bytes.AsSpan(entry + 4), count);
            int place = entry + entrySize - inline;
            if (content.Length > inline)
            {
                Number(bytes.AsSpan(place), at + values);
                place = values;
                values += Even(content.Length);
            }
            content.CopyTo(bytes, place);
            entry += entrySize;
        }
        return bytes;
    }

    private void Number(Span<byte> at, long value)
    {
        if (isBig) BinaryPrimitives.WriteInt64LittleEndian(at, value);
        else BinaryPrimitives.WriteUInt32LittleEndian(at, checked((uint)value));
    }

    // TIFF 6.0: a value begins on a word boundary.
    private static int Even(int bytes) => bytes + (bytes & 1);
}
