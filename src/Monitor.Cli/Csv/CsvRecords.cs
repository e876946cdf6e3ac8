using Monitor.Domain;

namespace Monitor.Cli.Csv;

/// <summary>Splits a stream into records of raw fields; works on bytes, so that a fault has its exact line.</summary>
internal sealed class CsvRecords : IDisposable
{
    /// <summary>Most bytes of one record.</summary>
    public const int RecordBytesMax = 1024 * 1024;

    private const int End = -1;
    private readonly Stream stream;
    private readonly string file;
    private readonly byte[] block = new byte[64 * 1024];
    private readonly List<int> ends = [];
    private byte[] record = new byte[1024];
    private int length;
    private int blockLength;
    private int next;
    private int nextLine = 1;

    public CsvRecords(Stream stream, string file)
    {
        (this.stream, this.file) = (stream, file);
        if (Peek() != 0xEF) return;
        // A byte order mark is allowed, once, at the very beginning.
        Fill();
        if (blockLength >= 3 && block[1] == 0xBB && block[2] == 0xBF) next = 3;
    }

    /// <summary>Line on which the record begins, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Fields of the record.</summary>
    public int Count => ends.Count;

    /// <summary>Whether the record is an empty line.</summary>
    public bool IsBlank => ends.Count == 1 && length == 0;

    /// <summary>Bytes of a field, its quotes taken off.</summary>
    public ReadOnlySpan<byte> Field(int index)
    {
        int start = index == 0 ? 0 : ends[index - 1];
        return record.AsSpan(start, ends[index] - start);
    }

    /// <summary>Reads the next record; false at the end.</summary>
    /// <exception cref="InputException">Quotes that are not paired, a lone CR, or a record over 1 MiB.</exception>
    public bool Read()
    {
        ends.Clear();
        length = 0;
        Line = nextLine;
        if (Peek() == End) return false;
        while (true)
        {
            int after = Peek() == '"' ? ReadQuoted() : ReadPlain();
            ends.Add(length);
            if (after != ',') return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    // Both leave the separator taken: ',' or '\n' or the end.
    private int ReadPlain()
    {
        while (true)
        {
            int b = Take();
            switch (b)
            {
                case ',' or End: return b;
                case '\n': return EndLine();
                case '\r': return TakeLineFeed();
                case '"': throw Fault("A quote stands inside a field that does not begin with one.");
                default: Append((byte)b); break;
            }
        }
    }

    private int ReadQuoted()
    {
        Take();
        while (true)
        {
            int b = Take();
            if (b == End) throw Fault("A quoted field does not end.");
            if (b == '\n') nextLine++;
            if (b != '"')
            {
                Append((byte)b);
                continue;
            }
            b = Take();
            switch (b)
            {
                case '"': Append((byte)b); break;
                case ',' or End: return b;
                case '\n': return EndLine();
                case '\r': return TakeLineFeed();
                default: throw Fault("Text follows the closing quote of a field.");
            }
        }
    }

    private int EndLine()
    {
        nextLine++;
        return '\n';
    }

    private int TakeLineFeed() => Take() == '\n' ? EndLine() : throw Fault("A carriage return stands alone.");

    private InputException Fault(string fault) => new(
        fault, "Quote the field and double the quotes in it; end lines with LF or CRLF.",
        file, Line, $"column {Count + 1}");

    private void Append(byte b)
    {
        if (length == RecordBytesMax)
        {
            throw new InputException("The row is longer than 1 MiB.", "Look for a missing closing quote.", file, Line);
        }
        if (length == record.Length) Array.Resize(ref record, record.Length * 2);
        record[length++] = b;
    }

    private int Peek()
    {
        if (next < blockLength) return block[next];
        (next, blockLength) = (0, stream.Read(block));
        return blockLength == 0 ? End : block[0];
    }

    private int Take()
    {
        int b = Peek();
        if (b != End) next++;
        return b;
    }

    // A pipe may give its first bytes one by one.
    private void Fill()
    {
        while (blockLength < 3)
        {
            int more = stream.Read(block.AsSpan(blockLength));
            if (more == 0) return;
            blockLength += more;
        }
    }
}
