using Monitor.Domain;

namespace Monitor.Server.Jobs;

/// <summary>What a filed document must be like, whatever it shows.</summary>
internal static class FiledDocument
{
    private const int NameLengthMax = 200;

    /// <exception cref="InputException">It is empty or too large, or its name cannot be printed.</exception>
    internal static void Require(string name, ReadOnlySpan<byte> document)
    {
        if (document.IsEmpty) throw new InputException(
            "The document is empty.", "Name the file that shows the milestone.", name, field: "--document");
        if (document.Length > BankDesk.DocumentBytesMax) throw new InputException(
            $"The document has {document.Length} bytes.", $"At most {BankDesk.DocumentBytesMax} are kept.", name,
            field: "--document");
        if (name.Length is 0 or > NameLengthMax || name.Any(char.IsControl)) throw new InputException(
            "The document's name is empty, too long, or holds control characters.", "Rename it.", field: "--document");
    }
}
