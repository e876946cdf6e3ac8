using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Monitor.Imagery.Tiff;

/// <summary>
/// The first directory of a TIFF or BigTIFF of either byte order. Nothing in it is believed: what would lie outside the
/// file, or is longer than any raster needs, makes the whole directory unreadable.
/// </summary>
internal sealed class TiffDirectory
{
    // More entries than any writer makes; the ceiling keeps a wrong count from costing memory.
    private const int EntriesMax = 512;
    private const long ValuesMax = 1 << 24;

    private readonly SafeFileHandle file;
    private readonly long length;
    private readonly bool isBig;
    private Entry[] entries = [];

    private TiffDirectory(SafeFileHandle file, bool isBigEndian, bool isBig)
    {
        (this.file, IsBigEndian, this.isBig) = (file, isBigEndian, isBig);
        length = RandomAccess.GetLength(file);
    }

    // Where the values of an entry begin, and how many of which type they are.
    private sealed record Entry(ushort Tag, ushort Type, long Count, long At);

    /// <summary>Whether numbers, of the directory and of the pixels, have their high byte first.</summary>
    internal bool IsBigEndian { get; }

    /// <summary>Reads the directory; null when the file is no TIFF or its directory does not hold together.</summary>
    internal static TiffDirectory? Read(SafeFileHandle file)
    {
        Span<byte> head = stackalloc byte[16];
        if (RandomAccess.Read(file, head, 0) < head.Length) return null;
        bool bigEndian = head is [(byte)'M', (byte)'M', ..];
        if (!bigEndian && head is not [(byte)'I', (byte)'I', ..]) return null;
        int version = UInt16(head[2..], bigEndian);
        if (version is not (42 or 43)) return null;
        bool big = version == 43;
        if (big && (UInt16(head[4..], bigEndian) != 8 || UInt16(head[6..], bigEndian) != 0)) return null;
        ulong at = big ? UInt64(head[8..], bigEndian) : UInt32(head[4..], bigEndian);
        var directory = new TiffDirectory(file, bigEndian, big);
        return directory.ReadEntries(at) ? directory : null;
    }

    internal bool Has(ushort tag) => Find(tag) is not null;

    /// <summary>One unsigned number; the default where the tag is missing, null where it is something else.</summary>
    internal long? Number(ushort tag, long? otherwise = null)
    {
        if (!Has(tag)) return otherwise;
        return Numbers(tag) is [long one, ..] ? one : null;
    }

    /// <summary>Unsigned numbers of 8 to 64 bits; null where the tag is missing, or something else.</summary>
    internal long[]? Numbers(ushort tag)
    {
        if (Find(tag) is not Entry entry || SizeOf(entry.Type) is not int size) return null;
        if (entry.Type is not (1 or 3 or 4 or 16) || Bytes(entry, size) is not byte[] bytes) return null;
        long[] numbers = new long[entry.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            ReadOnlySpan<byte> at = bytes.AsSpan(i * size);
            ulong number = entry.Type switch
            {
                1 => at[0],
                3 => UInt16(at, IsBigEndian),
                4 => UInt32(at, IsBigEndian),
                _ => UInt64(at, IsBigEndian),
            };
            if (number > long.MaxValue) return null;
            numbers[i] = (long)number;
        }
        return numbers;
    }

    /// <summary>Numbers of double precision; null where the tag is missing, or something else.</summary>
    internal double[]? Doubles(ushort tag)
    {
        if (Find(tag) is not Entry { Type: 12 } entry) return null;
        if (Bytes(entry, sizeof(double)) is not byte[] bytes) return null;
        double[] numbers = new double[entry.Count];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = BitConverter.UInt64BitsToDouble(UInt64(bytes.AsSpan(i * sizeof(double)), IsBigEndian));
        return numbers;
    }

    /// <summary>Text without its closing zeros; null where the tag is missing, or something else.</summary>
    internal string? Text(ushort tag)
    {
        if (Find(tag) is not Entry { Type: 2 } entry) return null;
        return Bytes(entry, 1) is byte[] bytes ? Encoding.Latin1.GetString(bytes).TrimEnd('\0') : null;
    }

    private Entry? Find(ushort tag)
    {
        foreach (Entry? entry in entries)
            if (entry?.Tag == tag) return entry;
        return null;
    }

    private bool ReadEntries(ulong start)
    {
        int countSize = isBig ? 8 : 2, entrySize = isBig ? 20 : 12, inline = isBig ? 8 : 4;
        if (start > (ulong)length || (long)start + countSize > length) return false;
        Span<byte> head = stackalloc byte[8];
        if (!Fill(head[..countSize], (long)start)) return false;
        ulong count = isBig ? UInt64(head, IsBigEndian) : UInt16(head, IsBigEndian);
        if (count is 0 or > EntriesMax) return false;
        byte[] table = new byte[(int)count * entrySize];
        long first = (long)start + countSize;
        if (!Fill(table, first)) return false;
        entries = new Entry[(int)count];
        for (int i = 0, known = 0; i < (int)count; i++)
        {
            ReadOnlySpan<byte> entry = table.AsSpan(i * entrySize, entrySize);
            ushort tag = UInt16(entry, IsBigEndian), type = UInt16(entry[2..], IsBigEndian);
            ulong values = isBig ? UInt64(entry[4..], IsBigEndian) : UInt32(entry[4..], IsBigEndian);
            ReadOnlySpan<byte> place = entry[(entrySize - inline)..];
            if (SizeOf(type) is not int size || values > ValuesMax) continue;
            ulong at = (long)values * size <= inline ? (ulong)(first + ((i + 1) * entrySize) - inline)
                : isBig ? UInt64(place, IsBigEndian) : UInt32(place, IsBigEndian);
            // Where a tag stands twice the libraries differ on which counts: such a file is not read here.
            if (at > (ulong)length || (long)at + ((long)values * size) > length) return false;
            if (Has(tag)) return false;
            entries[known++] = new Entry(tag, type, (long)values, (long)at);
        }
        return true;
    }

    private byte[]? Bytes(Entry entry, int size)
    {
        byte[] bytes = new byte[entry.Count * size];
        return Fill(bytes, entry.At) ? bytes : null;
    }

    private bool Fill(Span<byte> target, long at)
    {
        while (!target.IsEmpty)
        {
            int read = RandomAccess.Read(file, target, at);
            if (read == 0) return false;
            target = target[read..];
            at += read;
        }
        return true;
    }

    // TIFF 6.0 section 2 and BigTIFF: bytes of one value of each type.
    private static int? SizeOf(ushort type) => type switch
    {
        1 or 2 or 6 or 7 => 1,
        3 or 8 => 2,
        4 or 9 or 11 or 13 => 4,
        5 or 10 or 12 or 16 or 17 or 18 => 8,
        _ => null,
    };

    private static ushort UInt16(ReadOnlySpan<byte> at, bool bigEndian) => bigEndian
        ? BinaryPrimitives.ReadUInt16BigEndian(at) : BinaryPrimitives.ReadUInt16LittleEndian(at);

    private static uint UInt32(ReadOnlySpan<byte> at, bool bigEndian) => bigEndian
        ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);

    private static ulong UInt64(ReadOnlySpan<byte> at, bool bigEndian) => bigEndian
        ? BinaryPrimitives.ReadUInt64BigEndian(at) : BinaryPrimitives.ReadUInt64LittleEndian(at);
}
