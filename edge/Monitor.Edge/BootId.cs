namespace Monitor.Edge;

/// <summary>Names of outbox generations: a ULID, 26 characters, 48 bits of time and 80 of chance.</summary>
internal static class BootId
{
    /// <summary>Random bytes that one id takes.</summary>
    internal const int RandomBytes = 10;

    // Crockford's base 32: no I, L, O, U. Every character is allowed in an Identifier.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>An id of the given moment and chance.</summary>
    internal static string From(DateTimeOffset moment, ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(random.Length, RandomBytes);
        UInt128 bits = (UInt128)(ulong)moment.ToUnixTimeMilliseconds();
        foreach (byte chance in random) bits = (bits << 8) | chance;
        Span<char> id = stackalloc char[26];
        for (int i = id.Length - 1; i >= 0; i--)
        {
            id[i] = Alphabet[(int)(uint)(bits & 31)];
            bits >>= 5;
        }
        return new string(id);
    }
}
