using Monitor.Domain;

namespace Monitor.Programmes.Evidence;

/// <summary>The lines of a file of lines: each ends with a line feed, the last too.</summary>
internal static class TextLines
{
    /// <summary>The lines, without their ends.</summary>
    /// <exception cref="InputException">The last line does not end.</exception>
    internal static IEnumerable<ReadOnlyMemory<byte>> Of(ReadOnlyMemory<byte> bytes, string name)
    {
        int line = 0;
        while (bytes.Length > 0)
        {
            line++;
            int length = bytes.Span.IndexOf((byte)'\n');
            if (length < 0) throw new InputException("the line does not end.", "The file is cut off.", name, line);
            yield return bytes[..length];
            bytes = bytes[(length + 1)..];
        }
    }
}
