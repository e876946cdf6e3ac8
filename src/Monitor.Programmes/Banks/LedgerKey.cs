using System.Security.Cryptography;
using System.Text;

namespace Monitor.Programmes.Banks;

/// <summary>Turns what people call a contract into a part of a ledger key, which is printable ASCII.</summary>
internal static class LedgerKey
{
    /// <summary>The hash of the text's UTF-8 bytes: as short as a key must be, and the same for the same text only.</summary>
    internal static string Of(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
