namespace Monitor.Wire.Hj212;

/// <summary>What stands at the front of a window of bytes.</summary>
/// <param name="Skipped">Bytes that belong to no packet.</param>
/// <param name="Taken">Bytes of the packet, behind those.</param>
/// <param name="Frame">The packet; null where there is none.</param>
/// <param name="NeedsMore">Whether it cannot be told before more has come.</param>
internal readonly record struct FrameLook(int Skipped, int Taken, Hj212Frame? Frame, bool NeedsMore)
{
    private const int HeaderLength = 6;

    /// <summary>
    /// Looks. A packet ends where its length says, if a check sum stands there. If none does, the length is wrong: the
    /// packet ends at the first thing that looks like an end, unless another packet begins before it.
    /// </summary>
    internal static FrameLook At(ReadOnlySpan<byte> window, bool isLast)
    {
        int start = HeaderIn(window);
        if (start < 0)
        {
            int kept = isLast ? 0 : BegunHeader(window);
            return new FrameLook(window.Length - kept, 0, null, true);
        }
        if (start > 0) return new FrameLook(start, 0, null, false);
        int declared = Number(window[2..HeaderLength]);
        int end = HeaderLength + declared;
        bool isReached = window.Length >= end + Hj212Crc.Characters;
        int closing = ClosingIn(window, isLast);
        if (isReached && EndsWell(window, end, isLast) && (closing < 0 || closing >= end || CrcHolds(window, end)))
        {
            return Whole(window, declared, end);
        }
        int next = HeaderIn(window[HeaderLength..]);
        if (next >= 0) next += HeaderLength;
        if (closing >= 0 && (next < 0 || closing < next)) return Whole(window, declared, closing);
        // A header inside of a text is no packet; but this one's own end must have been missed before that is known.
        if (next >= 0 && (isReached || closing >= 0 || isLast)) return Cut(window, declared, next);
        if (next < 0 && isLast) return Cut(window, declared, window.Length);
        return window.Length >= FrameScanner.WindowMax
            ? new FrameLook(HeaderLength, 0, null, false)
            : new FrameLook(0, 0, null, true);
    }

    private static FrameLook Whole(ReadOnlySpan<byte> window, int declared, int end)
    {
        byte[] bytes = window[HeaderLength..(end + Hj212Crc.Characters)].ToArray();
        int length = end - HeaderLength;
        return new FrameLook(0, HeaderLength + bytes.Length, new Hj212Frame(
            bytes.AsMemory(0, length), declared, length == declared, bytes.AsMemory(length)), false);
    }

    // What has a header and no end: a packet cut off where it begins like one, else garbage.
    private static FrameLook Cut(ReadOnlySpan<byte> window, int declared, int end)
    {
        ReadOnlySpan<byte> rest = window[HeaderLength..end].TrimEnd("\r\n"u8);
        if (!BeginsLikeASegment(rest)) return new FrameLook(end, 0, null, false);
        // The segment may be whole, and only its check sum be none.
        bool holds = declared <= rest.Length && rest.Length - declared <= Hj212Crc.Characters
            && rest[..declared].EndsWith("&&"u8);
        byte[] bytes = rest.ToArray();
        int length = holds ? declared : bytes.Length;
        return new FrameLook(0, end, new Hj212Frame(
            bytes.AsMemory(0, length), declared, holds, bytes.AsMemory(length)), false);
    }

    private static bool CrcHolds(ReadOnlySpan<byte> window, int end) => Hj212Crc.KindOf(
        window[HeaderLength..end], window.Slice(end, Hj212Crc.Characters)) != CrcKind.Wrong;

    // The check sum's four digits; and before them the data's closing marks, or behind them the line's end.
    private static bool EndsWell(ReadOnlySpan<byte> window, int end, bool isLast) =>
        IsHex(window.Slice(end, Hj212Crc.Characters))
        && (window[..end].EndsWith("&&"u8) || IsFollowed(window, end + Hj212Crc.Characters, isLast));

    // Where the check sum begins behind the first "&&" that looks like the closing one; -1 for none.
    private static int ClosingIn(ReadOnlySpan<byte> window, bool isLast)
    {
        for (int at = HeaderLength; ;)
        {
            int found = at < window.Length ? window[at..].IndexOf("&&"u8) : -1;
            if (found < 0) return -1;
            int crc = at + found + 2;
            int behind = crc + Hj212Crc.Characters;
            if (behind <= window.Length && IsHex(window[crc..behind]) && IsFollowed(window, behind, isLast)) return crc;
            at += found + 1;
        }
    }

    private static bool IsFollowed(ReadOnlySpan<byte> window, int at, bool isLast) =>
        at < window.Length ? window[at] is (byte)'\r' or (byte)'\n' or (byte)'#' : isLast && at == window.Length;

    private static bool IsHex(ReadOnlySpan<byte> text)
    {
        foreach (byte b in text)
        {
            if (!char.IsAsciiHexDigit((char)b)) return false;
        }
        return true;
    }

    private static bool BeginsLikeASegment(ReadOnlySpan<byte> text) =>
        text.StartsWith("QN="u8) || text.StartsWith("ST="u8) || text.StartsWith("CN="u8)
        || text.StartsWith("MN="u8) || text.StartsWith("PW="u8);

    private static int Number(ReadOnlySpan<byte> digits)
    {
        int number = 0;
        foreach (byte digit in digits) number = (number * 10) + (digit - '0');
        return number;
    }

    // "##" and four digits; -1 for none.
    private static int HeaderIn(ReadOnlySpan<byte> window)
    {
        for (int at = 0; at + HeaderLength <= window.Length;)
        {
            int found = window[at..].IndexOf("##"u8);
            if (found < 0 || at + found + HeaderLength > window.Length) return -1;
            at += found;
            if (!window.Slice(at + 2, 4).ContainsAnyExceptInRange((byte)'0', (byte)'9')) return at;
            at++;
        }
        return -1;
    }

    // How many bytes at the end may be the beginning of a header.
    private static int BegunHeader(ReadOnlySpan<byte> window)
    {
        for (int length = Math.Min(HeaderLength - 1, window.Length); length > 0; length--)
        {
            ReadOnlySpan<byte> tail = window[^length..];
            if (length == 1 ? tail[0] == '#' : tail.StartsWith("##"u8)
                && !tail[2..].ContainsAnyExceptInRange((byte)'0', (byte)'9')) return length;
        }
        return 0;
    }
}
