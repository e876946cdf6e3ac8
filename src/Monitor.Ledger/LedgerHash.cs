using System.Buffers;
using System.Security.Cryptography;

namespace Monitor.Ledger;

/// <summary>SHA-256 as the ledger writes it: 64 lower-case hexadecimal digits.</summary>
public static class LedgerHash
{
    /// <summary>Digits of a hash.</summary>
    public const int Length = 64;

    /// <summary>What the first entry names as the hash before it: 64 zeros.</summary>
    public const string Zero = "0000000000000000000000000000000000000000000000000000000000000000";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>The hash of exactly these bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return Convert.ToHexStringLower(digest);
    }

    /// <summary>Whether the text is 64 lower-case hexadecimal digits.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) =>
        text.Length == Length && !text.ContainsAnyExcept(Digits);
}
