namespace Monitor.Imagery.Tiff;

/// <summary>
/// LZW as TIFF 6.0 section 13 has it: codes of 9 to 12 bits, high bits first, one code earlier than elsewhere.
/// </summary>
internal sealed class LzwDecoder
{
    private const int Clear = 256, End = 257, First = 258, WidthMin = 9, WidthMax = 12, Codes = 1 << WidthMax;

    // A string is the former one and one byte more, and these already stand together in the output.
    private readonly int[] start = new int[Codes], length = new int[Codes];

    /// <summary>Whether the block begins as the writers of before 1990 did, low bits first; GDAL reads these.</summary>
    internal static bool IsOldStyle(ReadOnlySpan<byte> packed) => packed is [0, var second, ..] && (second & 1) != 0;

    /// <summary>Unpacks until the target is full; false when the codes end before, or mean nothing.</summary>
    internal bool TryUnpack(ReadOnlySpan<byte> packed, Span<byte> target)
    {
        int width = WidthMin, next = First, written = 0, before = -1, beforeLength = 0, bits = 0, at = 0;
        uint held = 0;
        while (written < target.Length)
        {
            while (bits < width)
            {
                if (at == packed.Length) return false;
                held = (held << 8) | packed[at++];
                bits += 8;
            }
            bits -= width;
            int code = (int)(held >> bits) & ((1 << width) - 1);
            if (code == End) return false;
            if (code == Clear)
            {
                (width, next, before) = (WidthMin, First, -1);
                continue;
            }
            if (before < 0 && code > Clear) return false;
            if (code > next || (code == next && before < 0)) return false;
            if (before >= 0 && next < Codes)
            {
                // Its last byte is the first that is written below.
                (start[next], length[next]) = (before, beforeLength + 1);
                next++;
            }
            int from = written;
            if (code < Clear)
            {
                target[written++] = (byte)code;
                beforeLength = 1;
            }
            else
            {
                if (code >= next) return false;
                int size = Math.Min(length[code], target.Length - written);
                Copy(target, start[code], written, size);
                written += size;
                beforeLength = length[code];
            }
            before = from;
            // The first change comes one code early: when 510 is given away, and not 511.
            if (next == (1 << width) - 1 && width < WidthMax) width++;
        }
        return true;
    }

    // A string may reach into its own copy, byte by byte.
    private static void Copy(Span<byte> target, int from, int to, int size)
    {
        if (from + size <= to)
        {
            target.Slice(from, size).CopyTo(target[to..]);
            return;
        }
        for (int i = 0; i < size; i++) target[to + i] = target[from + i];
    }
}
