using System.Security.Cryptography;
using Monitor.Domain;

namespace Monitor.Programmes.Banks;

/// <summary>A document as a filing names it; its bytes lie in the evidence folder.</summary>
/// <param name="Name">Its name, for people.</param>
/// <param name="Sha256">Its hash.</param>
/// <param name="Bytes">Its length.</param>
public sealed record FiledDocument(string Name, string Sha256, int Bytes)
{
    /// <summary>Most bytes of a document.</summary>
    public const int BytesMax = 64 * 1024 * 1024;

    private const int NameLengthMax = 200;

    /// <summary>A document that is to be kept.</summary>
    /// <exception cref="InputException">It is empty or too large, or its name cannot be printed.</exception>
    public static FiledDocument Of(string name, ReadOnlySpan<byte> document)
    {
        if (document.IsEmpty) throw new InputException(
            "The document is empty.", "Name the file that shows it.", name, field: "--document");
        if (document.Length > BytesMax) throw new InputException(
            $"The document has {document.Length} bytes.", $"At most {BytesMax} are kept.", name, field: "--document");
        if (name.Length is 0 or > NameLengthMax || name.Any(char.IsControl)) throw new InputException(
            "The document's name is empty, too long, or holds control characters.", "Rename it.", field: "--document");
        return new FiledDocument(name, Convert.ToHexStringLower(SHA256.HashData(document)), document.Length);
    }
}
