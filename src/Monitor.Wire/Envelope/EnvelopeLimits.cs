using System.Buffers;
using Monitor.Domain.Readings;

namespace Monitor.Wire.Envelope;

/// <summary>
/// What may stand in an envelope: one list of bounds that the writer checks before and the reader after, and that
/// <c>envelope.schema.json</c> states for others.
/// </summary>
public static class EnvelopeLimits
{
    /// <summary>The one version of the format.</summary>
    public const int Version = 1;

    /// <summary>Deepest nesting of the JSON; the format itself needs 3, the rest is for fields to come.</summary>
    public const int DepthMax = 8;

    /// <summary>Longest unit, in UTF-16 characters.</summary>
    public const int UnitCharactersMax = 32;

    /// <summary>Longest signature text, in characters.</summary>
    public const int SignatureCharactersMax = 128;

    /// <summary>Hex digits of a SHA-256.</summary>
    public const int HashCharacters = 64;

    /// <summary>First moment that a time may be: 1900-01-01T00:00:00Z, as in <see cref="Period"/>.</summary>
    public static readonly Instant TimeMin = Instant.From(new DateTimeOffset(1900, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>
    /// Last moment that a time may be, inclusive: the end of the year 9998, as in <see cref="Period"/>.
    /// </summary>
    public static readonly Instant TimeMax =
        new(Instant.From(new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero)).UnixMilliseconds - 1);

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    internal static bool IsTime(long unixMilliseconds) =>
        TimeMin.UnixMilliseconds <= unixMilliseconds && unixMilliseconds <= TimeMax.UnixMilliseconds;

    /// <summary>
    /// Whether the text can be a unit: at most 32 letters, digits, marks, symbols, punctuation (no quote, no backslash)
    /// or plain spaces of the first Unicode plane. May be empty, where the device names none.
    /// </summary>
    public static bool IsUnit(ReadOnlySpan<char> unit)
    {
        if (unit.Length > UnitCharactersMax) return false;
        foreach (char c in unit)
        {
            // What would need an escape is no part of a unit: so every unit has one encoding.
            bool plain = char.IsLetterOrDigit(c) || char.IsNumber(c) || char.IsSymbol(c) || char.IsPunctuation(c)
                || c == ' ' || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark;
            if (!plain || c is '"' or '\\') return false;
        }
        return true;
    }

    internal static bool IsHash(ReadOnlySpan<char> hash) =>
        hash.Length == HashCharacters && !hash.ContainsAnyExcept(HexDigits);

    internal static bool IsSignature(ReadOnlySpan<char> signature)
    {
        if (signature.Length is < 1 or > SignatureCharactersMax) return false;
        foreach (char c in signature)
        {
            // Base64, base64url, and a prefix that names the kind of key.
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '/' or '=' or '_' or '-' or ':')) return false;
        }
        return true;
    }
}
